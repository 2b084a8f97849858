"""Rows written are rows read, in every format, and other tools see the types that they have."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.errors import InputError, MissingExtraError, OutputError
from dedup.report import tables
from dedup.report.stored import read_rows
from dedup.report.tables import ENDINGS, ending_of, require_extra, write_rows


class Edition(StrEnum):
    MORNING = "morning"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    edition: Edition
    pages: int
    price: float | None
    sold: int | None
    late: bool
    editor: str | None
    sections: tuple[str, ...]


PAPERS = [
    Paper("Hale Post", Edition.MORNING, 24, 1.5, 1200, False, "=Ines Calder", ("world", "sport")),
    Paper("null", Edition.EVENING, 8, None, None, True, None, ()),
    Paper(
        "Nördlicher „Bote“, 東\nBeilage", Edition.MORNING, 0, 0.1, 0, True, "+x\r", ("-a", "b,c")
    ),
]

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))

ROWS = st.lists(
    st.builds(
        Paper,
        name=TEXTS.filter(bool),
        edition=st.sampled_from(Edition),
        pages=st.integers(0, 1 << 40),
        price=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        sold=st.none() | st.integers(0, 9),
        late=st.booleans(),
        editor=st.none() | TEXTS.filter(bool),  # CSV has one cell for nothing and for no text
        sections=st.lists(TEXTS).map(tuple),
    ),
    max_size=6,
)


def written(rows: list[Paper], ending: str) -> bytes:
    if ending == ".parquet":
        pytest.importorskip("pyarrow")
    file = io.BytesIO()
    write_rows(rows, Paper, ending, file)
    assert not file.closed
    return file.getvalue()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("rows", [[], PAPERS])
def test_rows_come_back(rows: list[Paper], ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"papers{ending}"
    path.write_bytes(written(rows, ending))
    assert list(read_rows(path, Paper)) == rows


@pytest.mark.parametrize("ending", ENDINGS)
@given(rows=ROWS)
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_any_rows_come_back(rows: list[Paper], ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"papers{ending}"
    path.write_bytes(written(rows, ending))
    assert list(read_rows(path, Paper)) == rows


@pytest.mark.parametrize("ending", ENDINGS)
def test_batches_do_not_show(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BATCH", 2)
    path = tmp_path / f"papers{ending}"
    path.write_bytes(written(PAPERS * 3, ending))
    assert list(read_rows(path, Paper)) == PAPERS * 3


def test_json_lines_have_every_column_in_each_line() -> None:
    lines = written(PAPERS, ".jsonl").decode().splitlines()
    assert [json.loads(line) for line in lines] == [
        {**asdict(paper), "sections": list(paper.sections)} for paper in PAPERS
    ]


def test_csv_is_as_spreadsheets_and_readers_like_it() -> None:
    data = written(PAPERS, ".csv")
    assert data.startswith(b"name,edition,pages,price,sold,late,editor,sections\r\n")
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert [row["name"] for row in rows] == [paper.name for paper in PAPERS]
    assert [row["editor"] for row in rows] == ["'=Ines Calder", "", "'+x\r"]
    assert [row["late"] for row in rows] == ["false", "true", "true"]
    assert [row["sections"] for row in rows] == ['["world", "sport"]', "", '["-a", "b,c"]']


def test_parquet_has_the_types_of_the_fields() -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(written(PAPERS, ".parquet")))
    assert {field.name: (str(field.type), field.nullable) for field in table.schema} == {
        "name": ("string", False),
        "edition": ("string", False),
        "pages": ("int64", False),
        "price": ("double", True),
        "sold": ("int64", True),
        "late": ("bool", False),
        "editor": ("string", True),
        "sections": ("list<element: string>", False),
    }
    assert table.column("price").to_pylist() == [1.5, None, 0.1]
    assert pa.types.is_string(table.schema.field("edition").type)


@pytest.mark.parametrize("name", ["scan", "scan.txt", "scan.parquet.gz", ".csv", "scan."])
def test_an_unknown_ending_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(OutputError, match=r"unknown ending; use \.jsonl, \.csv or \.parquet$"):
        ending_of(name, "--output")


def test_parquet_without_its_library_is_told_before_the_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow.parquet", None)
    require_extra("scan.csv")
    with pytest.raises(MissingExtraError, match=r"pip install 'dedup\[parquet\]'"):
        require_extra("scan.parquet")


DAMAGED = [
    ("a.jsonl", b'{"name": "Hale Post"}\n', "not what dedup scan writes"),
    ("a.jsonl", b"PORT HALE (AP)", "not what dedup scan writes"),
    ("a.jsonl", b"\xff\xfe", "not what dedup scan writes"),
    ("a.csv", b"id,text\n1,abc\n", "not what dedup scan writes"),
    ("a.csv", b"name,edition,pages,price,sold,late,editor,sections\nPost\n", "not what dedup"),
    ("a.csv", b'name\n"Hale', "not what dedup scan writes"),
    ("a.csv", b"\xff", "not what dedup scan writes"),
    ("a.parquet", b"PAR1", "not what dedup scan writes"),
    ("a.txt", b"", "unknown ending"),
    ("missing.csv", None, "no such file"),
]


@pytest.mark.parametrize(("name", "data", "problem"), DAMAGED)
def test_what_is_no_table_of_ours_is_an_error_of_the_input(
    name: str, data: bytes | None, problem: str, tmp_path: Path
) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=problem):
        list(read_rows(tmp_path / name, Paper))


def test_columns_of_a_later_version_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(written(PAPERS[:1], ".jsonl").replace(b'{"name"', b'{"mood": "fine", "name"'))
    assert list(read_rows(path, Paper)) == PAPERS[:1]
