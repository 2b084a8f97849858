"""CSV and TSV as spreadsheets and scripts write them, with what goes wrong in them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.reading.corpus import find_pieces, read_piece
from dedup.reading.piece import BadRecord, Record


def read(tmp_path: Path, data: bytes, name: str = "a.csv") -> list[Record | BadRecord]:
    (tmp_path / name).write_bytes(data)
    return [entry for piece in find_pieces([tmp_path / name]) for entry in read_piece(piece)]


def texts(entries: list[Record | BadRecord]) -> list[str]:
    return [e.text if isinstance(e, Record) else f"{e.place}: {e.reason}" for e in entries]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", 'id,text\n1,"Dam, holds"\n2,Pier\n'),
        ("a.csv", 'id;text\r\n1;"Dam, holds"\r\n2;Pier\r\n'),
        ("a.csv", "id\ttext\n1\tDam, holds\n2\tPier"),
        ("a.csv", "id|text\n1|Dam, holds\n2|Pier"),
        ("a.tsv", "id\ttext\n1\tDam, holds\n\n2\tPier\n"),
        ("a.csv", '"id","text"\r1,"Dam, holds"\r2,"Pier"\r'),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_line_ends_and_marks(
    name: str, data: str, encoding: str, tmp_path: Path
) -> None:
    entries = read(tmp_path, data.encode(encoding), name)
    assert texts(entries) == ["Dam, holds", "Pier"]
    assert [(entry.id, entry.place) for entry in entries] == [("1", 1), ("2", 2)]


def test_a_field_may_be_long_and_run_over_lines(tmp_path: Path) -> None:
    text = "Dam holds.\r\n\n" + "Pier opens, they said. " * 20_000
    assert texts(read(tmp_path, f'text,id\n"{text}",1\n'.encode())) == [text]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1,Dam, holds", "has 3 fields, the header 2"),
        (b'1,"Dam" holds', "is not valid CSV"),
        (b"1,caf\xe9", "is not UTF-8"),
        (b"1", 'has no field "text"'),
        (b"1,", 'the field "text" is empty'),
        (b"1,Da\0m", "NUL"),
    ],
)
def test_a_bad_row_is_skipped_and_says_why(row: bytes, reason: str, tmp_path: Path) -> None:
    first, bad, last = read(tmp_path, b"id,text\n0,Dam\n" + row + b"\n2,Pier\n")
    assert isinstance(first, Record) and isinstance(last, Record)
    assert isinstance(bad, BadRecord) and bad.place == 2
    assert reason in bad.reason


def test_a_quotation_mark_that_is_never_closed_is_reported(tmp_path: Path) -> None:
    *good, bad = read(tmp_path, b'id,text\n1,Dam\n2,"Pier\n3,Ferry\n')
    assert [entry.id for entry in good] == ["1"]
    assert isinstance(bad, BadRecord) and "unexpected end of data" in bad.reason


def test_broken_utf_16_is_reported(tmp_path: Path) -> None:
    data = "id,text\n1,Dam\n".encode("utf-16") + b"\x00\xd8" + "2,Pier\n".encode("utf-16-le")
    assert "broken UTF-16" in texts(read(tmp_path, data))[-1]


def test_an_empty_table_has_no_records(tmp_path: Path) -> None:
    assert read(tmp_path, b"") == read(tmp_path, b"id,text\n") == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=6))
def test_what_the_standard_library_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, written: list[str]
) -> None:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["text", "id"])
    writer.writerows([f"Dam {text}", number] for number, text in enumerate(written))
    entries = read(tmp_path_factory.mktemp("csv"), table.getvalue().encode())
    for text, entry in zip(written, entries, strict=True):
        assert (isinstance(entry, Record) and entry.text == f"Dam {text}") or "\0" in text


def test_five_thousand_rows(tmp_path: Path) -> None:
    rows = "".join(f'{number},"Article {number}\nholds"\n' for number in range(5_000))
    entries = read(tmp_path, f"id,text\n{rows}".encode())
    assert [entry.id for entry in entries] == [str(number) for number in range(5_000)]
