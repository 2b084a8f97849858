"""What is set aside is read as it was written, or an error says that it is not there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import numpy as np
import pytest

from dedup.scanning.spool import Places, Reader, SpoolError, spool_file, writing

PIECES = [[b"The dam", b" holds."], [b"", b"The levee", b" does not."]]


def set_aside(folder: Path) -> Places:
    for number, pieces in enumerate(PIECES):
        with writing(str(folder), "texts", number) as file:
            file.writelines(pieces)
    sizes = [[len(piece) for piece in pieces] for pieces in PIECES]
    return Places(
        np.repeat(np.arange(2, dtype=np.int32), [len(size) for size in sizes]),
        np.concatenate([np.cumsum(size) - size for size in sizes]),
        np.concatenate(sizes),
    )


@pytest.mark.parametrize("at_once", [True, False], ids=["preadv", "without preadv"])
def test_pieces_are_read_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.delattr(os, "preadv", raising=False)
    places = set_aside(tmp_path)[np.array([4, 0, 2, 3, 1])]
    with Reader(str(tmp_path), "texts") as reader:
        together = bytearray(int(places.size.sum()))
        reader.fill(places, memoryview(together))
    assert bytes(together) == b"".join([b" does not.", b"The dam", b"", b"The levee", b" holds."])


def test_what_became_shorter_is_an_error(tmp_path: Path) -> None:
    places = set_aside(tmp_path)
    spool_file(str(tmp_path), "texts", 1).write_bytes(b"The")
    room = memoryview(bytearray(int(places.size.sum())))
    with (
        Reader(str(tmp_path), "texts") as reader,
        pytest.raises(SpoolError, match="shorter"),
    ):
        reader.fill(places, room)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "no space is left"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError("4096 requested and 12 written"), "not all could be written"),  # numpy's
    ],
)
def test_what_cannot_be_set_aside_is_an_error_with_its_mend(
    tmp_path: Path, error: OSError, problem: str
) -> None:
    with (
        pytest.raises(SpoolError, match=rf": {problem}; .* in TMPDIR"),
        writing(str(tmp_path), "sets", 0),
    ):
        raise error
