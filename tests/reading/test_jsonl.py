"""JSONL: what is read does not depend on the pieces, nor on which of two ways read it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.errors import InputError
from dedup.reading import jsonl
from dedup.reading.corpus import find_pieces, raw_records, read_piece
from dedup.reading.jsonl import find_jsonl, numbered, plain_entry, read_jsonl
from dedup.reading.piece import BadRecord, Columns, Fields, Piece, Record, Source

Entry = Record | BadRecord

NAMES = ("text", "content", "id", "title", "outlet", "date", "url", "language", "other")

#: Values of any JSON type; no fractions, which the two ways may write differently.
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["name", "x"]), inner)
    ),
    max_leaves=4,
)
RECORDS = st.dictionaries(st.sampled_from(NAMES), VALUES)


def source_of(path: Path) -> Source:
    return Source(str(path), path.name, "jsonl", None, path.stat().st_size)


def read(path: Path, piece_bytes: int = 1 << 20, fields: Fields | None = None) -> list[Entry]:
    pieces = list(numbered(find_jsonl(source_of(path), fields or Fields(), piece_bytes)))
    return [entry for piece in pieces for entry in read_jsonl(piece)]


def written(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_bytes(data)
    return path


LINES = st.lists(
    st.one_of(
        RECORDS.map(lambda record: json.dumps(record).encode()),
        RECORDS.map(
            lambda record: json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
        ),
        st.binary(max_size=40),
        st.sampled_from([b"", b" ", b"{", b"[1]", b'{"text": "caf\xe9"}', b'{"text": "\\ud83d"}']),
    ),
    max_size=12,
)


@settings(max_examples=120, deadline=None)
@given(LINES, st.sampled_from([b"\n", b"\r\n"]), st.booleans(), st.integers(1, 200))
def test_any_pieces_hold_the_same_records(
    tmp_path_factory: pytest.TempPathFactory,
    content: list[bytes],
    end: bytes,
    last_end: bool,
    piece_bytes: int,
) -> None:
    data = end.join([b'{"text": "Dam holds."}', *content]) + end * last_end
    path = written(tmp_path_factory.mktemp("pieces"), data)
    whole = read(path)
    assert read(path, piece_bytes) == whole
    pieces = list(numbered(find_jsonl(source_of(path), Fields(), piece_bytes)))
    assert [piece.start for piece in pieces[1:]] == [piece.end for piece in pieces[:-1]]
    assert (pieces[0].start, pieces[-1].end) == (0, len(data))
    raw = [line for piece in pieces for line in jsonl.raw_jsonl(piece, lambda _: True)]
    assert b"".join(raw) in (data, data + b"\n")
    by_place = dict(enumerate(raw, start=1))
    assert all(not by_place[entry.place or 0].isspace() for entry in whole)


@settings(max_examples=300, deadline=None)
@given(record=RECORDS, ascii_only=st.booleans())
def test_the_fast_way_reads_what_the_plain_way_reads(
    record: dict[str, object], ascii_only: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    line = json.dumps(record, ensure_ascii=ascii_only).encode("utf-8", "replace")
    path = written(tmp_path_factory.mktemp("line"), b'{"text": "Dam holds."}\n' + line)
    columns = Columns(*((name,) for name in NAMES[0:1] + NAMES[2:8]))
    piece = Piece((source_of(path),), columns=columns, end=path.stat().st_size)
    _, fast = read_jsonl(piece)
    assert fast == plain_entry(line, piece, 2)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "Dam', "is not valid JSON"),
        (b'"Dam holds."', "is no JSON object"),
        (b'{"id": "x", "titel": "Dam"}', 'has no text (fields: "id", "titel")'),
        (b'{"id": "x", "text": null}', 'has no field "text"'),
        (b'{"id": "x", "text": 12}', 'the field "text" is not a string but a number'),
        (b'{"id": "x", "text": true}', "but true or false"),
        (b'{"id": "x", "text": ["Dam", "holds."]}', "but a list"),
        (b'{"id": "x", "text": {"de": "Damm"}}', "but an object"),
        (b'{"id": "x", "text": ""}', "is empty"),
        (b'{"id": "x", "text": " \\n* * *"}', "has no words in it"),
        (b'{"id": "x", "text": "Dam\\u0000holds"}', "NUL"),
        (b'{"text": "caf\xe9"}', "is not UTF-8 (byte 14 of the line)"),
        (b'{"text": "Dam", "x": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "nested too deeply"),
        (b'{"text": ' + b"9" * 5_000 + b"}", "too many digits"),
    ],
)
def test_a_bad_line_is_skipped_and_says_why(line: bytes, reason: str, tmp_path: Path) -> None:
    good = b'{"id": 1, "text": "Dam holds."}'
    first, bad, last = read(written(tmp_path, b"\n".join([good, line, good])))
    assert isinstance(first, Record) and isinstance(last, Record)
    assert isinstance(bad, BadRecord)
    assert reason in bad.reason
    assert bad.place == 2
    assert bad.id == ("x" if b'"id"' in line else None)


def test_blank_lines_line_ends_and_a_byte_order_mark_are_no_records(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"text": "Dam holds."}\r\n\r\n  \n{"text": "Pier opens."}'
    entries = read(written(tmp_path, data))
    assert [entry.id for entry in entries] == ["a.jsonl:1", "a.jsonl:4"]


def test_ids_are_strings_and_the_best_there_is(tmp_path: Path) -> None:
    records = [
        {"text": "Dam", "id": 7},
        {"text": "Dam", "id": "", "url": "https://hale.example/dam"},
        {"text": "Dam", "id": 12345678901234567890123},
        {"text": "Dam", "id": ["x"]},
    ]
    data = "\n".join(map(json.dumps, records)).encode()
    assert [entry.id for entry in read(written(tmp_path, data))] == [
        "7", "https://hale.example/dam", "12345678901234567890123", "a.jsonl:4",
    ]  # fmt: skip


def test_fields_are_those_named_or_else_the_usual(tmp_path: Path) -> None:
    record = {
        "uuid": "u", "Body": "Dam holds.", "story": "Pier opens.", "source": {"name": "Hale Post"},
        "published_at": "2026-01-02", "url": "https://hale.example", "headline": "Dam",
        "kopf": "Pier", "lang": "en-GB",
    }  # fmt: skip
    path = written(tmp_path, json.dumps(record).encode())
    (guessed,) = read(path)
    assert guessed == Record(
        "u", "Dam\nDam holds.", "Dam", "Hale Post", "2026-01-02", "https://hale.example", "en",
        str(path), 1,
    )  # fmt: skip
    (named,) = read(path, fields=Fields(text="story", id="url", title="kopf"))
    assert isinstance(named, Record)
    assert (named.id, named.text) == ("https://hale.example", "Pier\nPier opens.")


def test_records_of_two_crawlers_in_one_file_are_both_read(tmp_path: Path) -> None:
    data = b'{"text": "Dam holds.", "id": "1"}\n' * 200 + b'{"maintext": "Pier.", "uuid": "2"}'
    last = read(written(tmp_path, data))[-1]
    assert isinstance(last, Record) and (last.id, last.text) == ("2", "Pier.")


def test_a_field_that_comes_late_is_found(tmp_path: Path) -> None:
    data = b'{"text": "Dam holds."}\n' * 300 + b'{"text": "Dam holds.", "kopf": "Dam"}'
    path = written(tmp_path, data)
    assert len(read(path, fields=Fields(title="kopf"))) == 301
    with pytest.raises(InputError, match='has no field "fuss"'):
        find_pieces([path], fields=Fields(date="fuss"))


def test_a_long_line_is_read_and_one_over_the_limit_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = json.dumps({"text": "dam " * 5_000_000}).encode()
    short = b'{"text": "Pier opens."}'
    path = written(tmp_path, long + b"\n" + short)
    first, second = read(path)
    assert isinstance(first, Record) and len(first.text) == 20_000_000
    monkeypatch.setattr(jsonl, "MAX_BYTES", 1_000_000)
    bad, second = read(path, piece_bytes=10)
    assert isinstance(bad, BadRecord) and "over 1,000,000 bytes" in bad.reason
    assert isinstance(second, Record) and second.place == 2


def test_a_file_that_shrinks_or_grows_while_it_is_read(tmp_path: Path) -> None:
    line = b'{"text": "Dam holds."}\n'
    path = written(tmp_path, line * 100)
    pieces = list(numbered(find_jsonl(source_of(path), Fields(), 500)))
    with path.open("ab") as file:
        file.write(line)
    assert sum(1 for piece in pieces for _ in read_piece(piece)) == 100
    path.write_bytes(line * 50)
    entries = [entry for piece in pieces for entry in read_piece(piece)]
    good = [entry for entry in entries if isinstance(entry, Record)]
    bad = [entry for entry in entries if isinstance(entry, BadRecord)]
    assert len(good) == 50
    assert {entry.reason for entry in bad} == {
        "became shorter while it was read; what followed is lost"
    }
    assert bad[0].place == 51


def test_five_thousand_records_in_pieces(tmp_path: Path) -> None:
    data = b"".join(
        json.dumps({"id": number, "text": f"Article {number}. " * 40}).encode() + b"\n"
        for number in range(5_000)
    )
    path = written(tmp_path, data)
    pieces = list(numbered(find_jsonl(source_of(path), Fields(), 100_000)))
    assert len(pieces) == 29
    entries = [entry for piece in pieces for entry in read_jsonl(piece)]
    assert [entry.id for entry in entries] == [str(number) for number in range(5_000)]
    assert [entry.place for entry in entries] == list(range(1, 5_001))
    raw = b"".join(
        line for piece in pieces for line in raw_records(piece, lambda place: place > 10)
    )
    assert raw == data.split(b"\n", 10)[10]


def test_pieces_grow_with_the_file_so_that_workers_have_as_much_to_do(tmp_path: Path) -> None:
    line = b'{"text": "' + b"Dam holds. " * 10_000 + b'"}\n'
    sizes = []
    for lines in (1, 30, 600):
        path = written(tmp_path, line * lines)
        sizes.append(len(find_jsonl(source_of(path), Fields())))
    assert sizes[0] == 1  # less than the least piece
    assert sizes[1] == 3
    assert sizes[2] in range(28, 33)


def plain_edges(data: bytes, piece_bytes: int) -> list[tuple[int, int]]:
    """Return where pieces begin, and the numbers of their first lines, line by line."""
    edges, position, place = [(0, 1)], 0, 1
    for line in data.splitlines(keepends=True):
        position += len(line)
        if line.endswith(b"\n"):
            place += 1
            if position >= edges[-1][0] + piece_bytes:
                edges.append((position, place))
    return edges if edges[-1][0] == len(data) else [*edges, (len(data), place)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(0, 12).map(lambda size: b"x" * size + b"\n"), max_size=20),
    st.sampled_from([b"", b"x", b"xxxxx"]),
    st.integers(1, 30),
    st.integers(1, 40),
)
def test_pieces_end_where_lines_do_whatever_is_read_at_a_time(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[bytes],
    rest: bytes,
    piece_bytes: int,
    block: int,
) -> None:
    data = b"".join(lines) + rest
    path = written(tmp_path_factory.getbasetemp(), data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "_COUNTED", block)
        source = source_of(path)
        edges = plain_edges(data, piece_bytes)
        assert jsonl._edges(source, piece_bytes) == [position for position, _ in edges]
        pieces = (
            Piece((source,), start=start, end=end, first=jsonl.UNCOUNTED if start else 1)
            for (start, _), (end, _) in pairwise(edges)
        )
        assert [(piece.start, piece.first) for piece in numbered(pieces)] == edges[:-1]
