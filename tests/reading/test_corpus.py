"""A corpus is read whole, in one order, whatever the files and whatever is wrong with them."""

from __future__ import annotations

import gzip
import io
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.errors import InputError
from dedup.reading import read_article
from dedup.reading.corpus import find_pieces, raw_records, read_piece
from dedup.reading.formats import FORMATS
from dedup.reading.piece import BadRecord, Fields, Record

TEXT = "PORT HALE (AP) - The harbour bridge was shut to traffic on Monday."


def zstd() -> ModuleType:
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    pytest.skip("no library for Zstandard")


def read(
    *paths: Path | str, fields: Fields | None = None, format: str | None = None
) -> list[Record | BadRecord]:
    pieces = find_pieces(paths, fields=fields, format=format)
    return [entry for piece in pieces for entry in read_piece(piece)]


def texts(entries: Iterable[Record | BadRecord]) -> dict[str, str]:
    """The texts by id; a bad record fails the test."""
    return {entry.id: entry.text for entry in entries if isinstance(entry, Record)} | {
        entry.path: f"BAD {entry.reason}" for entry in entries if isinstance(entry, BadRecord)
    }


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def test_a_folder_is_read_to_any_depth_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b" / "deep").mkdir(parents=True)
    (tmp_path / "b" / "deep" / "x.txt").write_text("Ferry runs again.")
    (tmp_path / "a.md").write_text("Dam holds.")
    (tmp_path / "c.jsonl").write_bytes(lines({"text": "Pier opens."}))
    (tmp_path / ".hidden.txt").write_text("Nobody sees this.")
    entries = read(tmp_path)
    assert texts(entries) == {
        "a.md": "Dam holds.",
        "b/deep/x.txt": "Ferry runs again.",
        "c.jsonl:1": "Pier opens.",
    }
    assert [entry.path for entry in entries] == [
        str(tmp_path / name) for name in ("a.md", "b/deep/x.txt", "c.jsonl")
    ]


def test_an_article_of_a_folder_reads_as_it_does_alone(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps({"title": "Bridge shut", "text": TEXT, "source": "Hale Post", "date": "2026"})
    )
    (entry,) = read(tmp_path)
    alone = read_article(tmp_path / "a.json")
    assert isinstance(entry, Record)
    assert (entry.text, entry.title, entry.outlet, entry.date) == (
        alone.text, alone.title, alone.outlet, alone.date,
    )  # fmt: skip
    assert entry.place == 0


def test_a_record_reads_as_the_same_record_in_a_file_of_its_own(tmp_path: Path) -> None:
    record = {"headline": "Bridge shut", "body": f"<p>{TEXT}</p><p>It is old.</p>", "lang": "en-GB"}
    (tmp_path / "alone.json").write_text(json.dumps(record))
    (tmp_path / "all.jsonl").write_bytes(lines(record))
    alone, among = read(tmp_path)
    assert isinstance(alone, Record) and isinstance(among, Record)
    assert (alone.text, alone.title, alone.language) == (among.text, among.title, among.language)


def test_ids_do_not_depend_on_how_a_corpus_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a/x.txt", "b/x.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(f"Text of {name}.")
    monkeypatch.chdir(tmp_path)
    ids = ["a/x.txt", "b/x.txt"]
    for paths in (["b", "a"], ["./a", "b/x.txt"], [tmp_path], ["*/x.txt"], ["**/*.txt", "a"]):
        assert [entry.id for entry in read(*paths)] == ids, paths


def test_what_is_named_twice_is_read_once(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Dam holds.")
    (tmp_path / "0.txt").symlink_to(file)
    assert list(texts(read(tmp_path, file, f"{tmp_path}/*.txt"))) == ["0.txt"]
    assert list(texts(read(tmp_path))) == ["a.txt"], "what is no link comes first"


def test_a_folder_with_links_to_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("Dam holds.")
    (tmp_path / "sub" / "self").symlink_to(tmp_path / "sub")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nothing.txt")
    good, bad = texts(read(tmp_path)).items()
    assert good == ("sub/a.txt", "Dam holds.")
    assert bad[0].endswith("lost.txt") and "leads nowhere" in bad[1]


def test_a_link_to_another_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.txt").write_text("Dam holds.")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "more").symlink_to(tmp_path / "other")
    assert list(texts(read(tmp_path / "corpus"))) == ["more/a.txt"]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("nothing.jsonl", "no such file"),
        ("*.jsonl", "no file matches this pattern"),
        ("", "cannot be empty"),
        ("a\0b", "NUL"),
    ],
)
def test_a_path_that_leads_to_nothing_is_an_error(
    path: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=problem):
        find_pieces([path])


def test_no_path_and_no_format_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file is named"):
        find_pieces([])
    with pytest.raises(InputError, match="use one of jsonl, json"):
        find_pieces([tmp_path], format="xml")


def test_a_file_that_is_no_article_is_reported_and_not_left_out(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p { margin: 0 }")
    (tmp_path / "a.txt").write_text("  \n")
    (tmp_path / "20461").write_text("A file without a suffix.")
    entries = texts(read(tmp_path))
    assert entries["20461"] == "A file without a suffix."
    assert "no suffix of an article" in entries[str(tmp_path / "style.css")]
    assert entries[str(tmp_path / "a.txt")].startswith("BAD holds white space only")
    assert texts(read(tmp_path / "style.css")) == {"style.css": "p { margin: 0 }"}


def test_a_pipe_inside_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    (entry,) = read(tmp_path)
    assert isinstance(entry, BadRecord) and "device or pipe" in entry.reason


def test_a_folder_without_permission_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dam holds.")
    shut = tmp_path / "shut"
    shut.mkdir(mode=0)
    if os.access(shut, os.R_OK):
        pytest.skip("nothing is unreadable to root")
    assert "permission denied" in texts(read(tmp_path))[str(shut)]


def test_a_file_that_went_missing_is_a_bad_record(tmp_path: Path) -> None:
    for name, data in (("a.txt", "Dam"), ("b.jsonl", '{"text": "Dam"}'), ("c.csv", "text\nDam")):
        (tmp_path / name).write_text(data)
    pieces = find_pieces([tmp_path])
    for path in tmp_path.iterdir():
        path.unlink()
    entries = [entry for piece in pieces for entry in read_piece(piece)]
    reasons = [entry.reason for entry in entries if isinstance(entry, BadRecord)]
    assert len(entries) == 3
    assert ["no such file" in reason for reason in reasons] == [True] * 3


@pytest.mark.parametrize("format", ["jsonl", "csv", "json", "text"])
def test_standard_input_is_read_by_its_looks_or_as_told(
    format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {
        "jsonl": lines({"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}),
        "csv": f'id,text\n1,"{TEXT}"\n2,"{TEXT}"\n'.encode(),
        "json": json.dumps([{"id": 1, "text": TEXT}, {"id": 2, "text": TEXT}]).encode(),
        "text": TEXT.encode(),
    }[format]
    stdin = io.TextIOWrapper(io.BytesIO(data))
    monkeypatch.setattr(sys, "stdin", stdin)
    entries = read("-", format="csv" if format == "csv" else None)
    expected = {"stdin": TEXT} if format == "text" else {"1": TEXT, "2": TEXT}
    assert texts(entries) == expected
    assert {entry.path for entry in entries} == {"-"}


@pytest.mark.parametrize("suffix", ["gz", "zst"])
@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "list.json"]
)
def test_every_text_format_is_read_packed(name: str, suffix: str, tmp_path: Path) -> None:
    pack = gzip.compress if suffix == "gz" else zstd().compress
    record = {"id": "a", "text": TEXT}
    page = f"<html><body><article><h1>Bridge shut</h1><p>{TEXT}</p></article></body></html>"
    data = {
        "a.txt": TEXT.encode(),
        "a.html": page.encode(),
        "a.json": json.dumps(record).encode(),
        "a.jsonl": lines(record),
        "a.csv": f'id,text\na,"{TEXT}"\n'.encode(),
        "a.tsv": f"id\ttext\na\t{TEXT}\n".encode(),
        "list.json": json.dumps([record]).encode(),
    }[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / f"{name}.{suffix}").write_bytes(pack(data))
    plain, packed = read(tmp_path)
    assert isinstance(plain, Record) and isinstance(packed, Record)
    assert packed.text == plain.text and TEXT in packed.text


@pytest.mark.parametrize("suffix", ["gz", "zst"])
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.json"])
def test_packed_data_that_break_off_are_reported(name: str, suffix: str, tmp_path: Path) -> None:
    pack = gzip.compress if suffix == "gz" else zstd().compress
    noise = os.urandom(200_000).hex()
    data = lines({"text": TEXT}, {"text": noise}) if name != "a.csv" else b"text\n" + noise.encode()
    packed = pack(data)
    (tmp_path / f"{name}.{suffix}").write_bytes(packed[: len(packed) // 2])
    *good, bad = read(tmp_path)
    assert isinstance(bad, BadRecord) and "break off" in bad.reason
    if name in ("a.jsonl", "a.json"):
        assert [entry.text for entry in good if isinstance(entry, Record)] == [TEXT]
        assert bad.place == 2


def test_packed_data_that_are_damaged_are_reported(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(lines({"text": TEXT})))
    packed[-6] ^= 0xFF
    (tmp_path / "a.jsonl.gz").write_bytes(packed)
    (tmp_path / "b.jsonl.zst").write_bytes(b"\x28\xb5\x2f\xfd" + b"no frame" * 9)
    *_, first, second = read(tmp_path)
    assert isinstance(first, BadRecord) and "damaged" in first.reason
    assert isinstance(second, BadRecord) and "damaged" in second.reason


def test_gzip_members_and_zstd_frames_end_to_end_are_one_file(tmp_path: Path) -> None:
    halves = lines({"text": "Dam holds."}), lines({"text": "Pier opens."})
    for suffix, pack in (("gz", gzip.compress), ("zst", zstd().compress)):
        (tmp_path / f"a.jsonl.{suffix}").write_bytes(b"".join(map(pack, halves)))
    assert [type(entry) for entry in read(tmp_path)] == [Record] * 4


def test_a_wide_zstd_window_is_unpacked(tmp_path: Path) -> None:
    module = zstd()
    wide = {module.CompressionParameter.window_log: 28}
    (tmp_path / "a.jsonl.zst").write_bytes(module.compress(lines({"text": TEXT}), options=wide))
    assert list(texts(read(tmp_path)).values()) == [TEXT]


def test_a_json_file_may_hold_an_article_a_list_or_lines(tmp_path: Path) -> None:
    one, two = {"id": "1", "text": "Dam holds."}, {"id": "2", "text": "Pier opens."}
    (tmp_path / "article.json").write_text(json.dumps(one, indent=1))
    (tmp_path / "lines.json").write_bytes(lines(one, two))
    (tmp_path / "list.json").write_text(json.dumps([one, two]))
    assert [(entry.id, entry.place) for entry in read(tmp_path) if isinstance(entry, Record)] == [
        ("article.json", 0), ("1", 1), ("2", 2), ("1", 1), ("2", 2),
    ]  # fmt: skip


def test_a_file_without_text_is_an_error_that_lists_its_fields(tmp_path: Path) -> None:
    record = {"id": 1, "story": TEXT}
    files = {
        "a.jsonl": lines(record),
        "a.json": json.dumps([record]).encode(),
        "a.csv": f'id,story\n1,"{TEXT}"\n'.encode(),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InputError, match=r'a\.\w+: has no field .*"id", "story".*--text-field'):
            find_pieces([tmp_path / name])
        with pytest.raises(InputError, match='has no field "kopf"'):
            find_pieces([tmp_path / name], fields=Fields(text="story", title="kopf"))
        assert texts(read(tmp_path / name, fields=Fields(text="story"))) == {"1": TEXT}
    assert [type(entry) for entry in read(tmp_path)] == [BadRecord] * 3


def test_small_files_share_a_piece_and_pieces_go_to_workers(tmp_path: Path) -> None:
    for number in range(600):
        (tmp_path / f"{number:03}.txt").write_text(f"Article number {number}.")
    pieces = find_pieces([tmp_path])
    assert len(pieces) == 3
    copies = pickle.loads(pickle.dumps(pieces))
    ids = [entry.id for piece in copies for entry in read_piece(piece)]
    assert ids == [f"{number:03}.txt" for number in range(600)]


def test_names_that_are_no_text_are_read_and_can_be_reported(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")).write_text("Dam holds.")
    (entry,) = read(tmp_path)
    assert isinstance(entry, Record)
    assert entry.id == "a\ufffd.txt" and entry.path.endswith("a\ufffd.txt")


@pytest.mark.parametrize("format", ["jsonl", "json", "csv"])
def test_kept_records_stand_as_they_stood(format: str, tmp_path: Path) -> None:
    data = {
        "jsonl": b'{"text":"one",  "x":1}\r\n\n{"text": ""}\n{"text":"\xc3\xa9"}',
        "json": b'[ {"text":"one",  "x":1} ,\n {"text": ""},{"text":"\xc3\xa9"}]',
        "csv": b'\xef\xbb\xbftext,x\r\n"one, ""two""",1\r\n\r\n"",\n"\xc3\xa9\nnew line",3',
    }[format]
    (tmp_path / f"a.{format}").write_bytes(data)
    pieces = find_pieces([tmp_path])
    good = {e.place for p in pieces for e in read_piece(p) if isinstance(e, Record)}
    assert [raw for piece in pieces for raw in raw_records(piece, good.__contains__)] == {
        "jsonl": [b'{"text":"one",  "x":1}\r\n', b'{"text":"\xc3\xa9"}\n'],
        "json": [b'{"text":"one",  "x":1}', b'{"text":"\xc3\xa9"}'],
        "csv": [
            b"\xef\xbb\xbftext,x\r\n",
            b'"one, ""two""",1\r\n',
            b'"\xc3\xa9\nnew line",3\n',
        ],
    }[format]


#: What makes the formats recognise themselves in what follows.
BEGINNINGS = (
    b"", b'{"text": ', b'[{"text": "a"},', b"text,id\n", b"WARC/1.0\r\n", b"PAR1", b"<html><p>",
    b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd", b"\xff\xfet\0e\0x\0t\0\n\0",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=300), format=st.sampled_from([*FORMATS, None]), start=st.data())
def test_any_bytes_give_records_bad_records_or_an_input_error(
    data: bytes, format: str | None, start: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = start.draw(st.sampled_from(BEGINNINGS)) + data
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.gz", "b"):
        (folder / name).write_bytes(data)
    for paths in ([folder], [folder / "a.gz"], [folder / "b"]):
        try:
            pieces = find_pieces(paths, format=format)
        except InputError as error:
            assert "\n" not in str(error)
            continue
        for piece in pieces:
            for entry in read_piece(piece):
                assert isinstance(entry, (Record, BadRecord))
                assert isinstance(entry, Record) or (entry.reason and "\n" not in entry.reason)
            for raw in raw_records(piece, lambda _: True):
                assert isinstance(raw, bytes)


def test_nothing_heavy_is_imported_before_it_is_needed() -> None:
    code = "import sys, dedup.reading.corpus; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"msgspec", "numpy", "pyarrow", "trafilatura", "charset_normalizer", "backports.zstd"}
    assert heavy.isdisjoint(run.stdout.split())
