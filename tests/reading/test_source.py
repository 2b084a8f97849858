"""Bytes are fetched from anywhere, up to a limit, and every failure has a name and a mend."""

from __future__ import annotations

import errno
import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dedup.errors import InputError
from dedup.reading.source import as_written, fetch, place_of

LIMIT = 1000
posix = pytest.mark.skipif(os.name == "nt", reason="a thing of POSIX systems")


def refusal(source: object, limit: int = LIMIT) -> str:
    with pytest.raises(InputError) as caught:
        fetch(source, place_of(source), limit)  # type: ignore[arg-type]
    message = str(caught.value)
    assert "\n" not in message
    assert "; " in message, "a message says the mend"
    return message


def test_a_file_is_read_by_path_or_string(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"words\r\n")
    assert fetch(path, "a", LIMIT) == fetch(str(path), "a", LIMIT) == b"words\r\n"


@pytest.mark.parametrize("stream", [io.BytesIO("é\r\n".encode()), io.StringIO("é\r\n", newline="")])
def test_an_open_file_is_read_whether_binary_or_text(stream: io.IOBase) -> None:
    assert fetch(stream, "a", LIMIT) == "é\r\n".encode()  # type: ignore[arg-type]


def test_bytes_that_a_text_stream_smuggles_come_back() -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"caf\xe9"), "utf-8", errors="surrogateescape")
    assert fetch(stream, "a", LIMIT) == b"caf\xe9"


def test_standard_input_is_read_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a\r\n\xff")))
    assert fetch("-", "standard input", LIMIT) == b"a\r\n\xff"


def test_standard_input_may_be_replaced_by_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("words"))
    assert fetch("-", "standard input", LIMIT) == b"words"


def test_closed_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert refusal("-").startswith("standard input: is closed; pipe an article")
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    assert refusal("-").startswith("standard input: is closed; pipe an article")


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert refusal("-").startswith("standard input: is empty")


def test_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt").startswith(
        f"{tmp_path / 'none.txt'}: no such file; check"
    )


def test_file_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    assert "no such file" in refusal(tmp_path / "a.txt" / "b.txt")


@posix
def test_directory(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: is a folder; name one file in it"


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    assert "a.txt: is empty; name a file" in refusal(tmp_path / "a.txt")


@pytest.mark.parametrize(("name", "shown"), [("a\0b", "a\\x00b"), ("a\ud800", "a\\ud800")])
def test_name_that_no_file_can_have(name: str, shown: str) -> None:
    assert refusal(name) == f"{shown}: no file can be called that; check the name"


def test_no_name_at_all() -> None:
    assert refusal("") == "the name of the file is empty; name a file"


@posix
def test_name_too_long() -> None:
    message = refusal("word " * 2000)
    assert "the name is too long to be a file" in message
    assert len(message) < 400


def test_name_that_would_break_the_line(tmp_path: Path) -> None:
    assert "bad\\nname\\u202e.txt" in refusal(tmp_path / "bad\nname\u202e.txt")


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.EACCES, "is not readable (permission denied)"),
        (errno.EIO, "cannot be read"),
        (errno.ESTALE, "cannot be read"),
    ],
)
def test_a_file_that_the_system_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    assert f"a.txt: {reason}" in refusal(tmp_path / "a.txt")


@posix
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    path.chmod(0)
    assert "permission denied" in refusal(path)


@posix
def test_symbolic_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    assert "leads to itself" in refusal(tmp_path / "a.txt")


def test_a_file_up_to_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * LIMIT)
    assert len(fetch(tmp_path / "a.txt", "a", LIMIT)) == LIMIT


def test_a_file_over_the_limit_is_refused_with_size_limit_and_option(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 1234)
    assert refusal(tmp_path / "a.txt").endswith(
        "a.txt: is 1,234 bytes, over the limit of 1,000; raise the limit with --max-bytes 1234"
    )


def test_no_more_than_a_byte_over_the_limit_is_read() -> None:
    stream = io.BytesIO(b"x" * 10_000)
    assert "more than 1,000 bytes, over the limit" in refusal(stream)
    assert stream.tell() == LIMIT + 1


def test_the_limit_of_a_text_stream_counts_bytes() -> None:
    assert "more than 1,000 bytes" in refusal(io.StringIO("é" * 600))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no /dev/zero")
def test_endless_device() -> None:
    assert "more than 1,000 bytes" in refusal("/dev/zero")


@posix
def test_pipe_that_nobody_writes_to_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is a pipe that nobody writes to" in refusal(tmp_path / "pipe")


@posix
def test_pipe_of_a_slow_writer_is_read_to_its_end() -> None:
    reader, writer = os.pipe()
    slow = "import time; print('one', flush=True); time.sleep(0.2); print('two')"
    with subprocess.Popen([sys.executable, "-c", slow], stdout=writer):
        os.close(writer)
        try:
            assert fetch(f"/dev/fd/{reader}", "pipe", LIMIT) == b"one\ntwo\n"
        finally:
            os.close(reader)


@posix
def test_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's whole path must be short
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s")
        assert "is a socket or a device" in refusal("s")


def test_file_that_shrinks_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 500)
    fstat = os.fstat

    def cut(descriptor: int) -> os.stat_result:
        status = fstat(descriptor)
        os.truncate(path, 100)
        return status

    monkeypatch.setattr(os, "fstat", cut)
    assert "became shorter while it was read; try again" in refusal(path)


def test_closed_stream() -> None:
    stream = io.BytesIO(b"words")
    stream.close()
    assert refusal(stream) == "the stream: is closed; open it again before it is read"


def test_text_stream_in_the_wrong_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9 au lait")
    with path.open(encoding="utf-8") as stream:
        assert "open it in binary mode" in refusal(stream)


def test_a_stream_that_fails() -> None:
    class Failing(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError(errno.ECONNRESET, "Connection reset\nby peer")

    assert "cannot be read (Connection reset\\nby peer)" in refusal(Failing())


def test_what_is_no_source_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="not from bytes"):
        fetch(b"words", "a", LIMIT)  # type: ignore[arg-type]


def test_a_path_is_reported_as_it_was_written(tmp_path: Path) -> None:
    assert as_written("news/../a.txt") == "news/../a.txt"
    assert as_written(Path("a.txt")) == "a.txt"
    assert as_written(io.BytesIO()) is None
    assert as_written("caf\udce9.txt") == "caf?.txt"


def test_a_file_called_minus_is_not_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-").write_text("words")
    assert fetch(Path("-"), "-", LIMIT) == b"words"
