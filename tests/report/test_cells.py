"""A cell is safe in a spreadsheet, and says what was put in."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.report.cells import cell_of, text_of

#: What a spreadsheet takes for a formula or a command when a cell begins with it.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        ("", ""),
        ("Bridge shut", "Bridge shut"),
        ("=HYPERLINK(\"http://a.example\")", "'=HYPERLINK(\"http://a.example\")"),
        ("+1 for the ferry", "'+1 for the ferry"),
        ("- Bridge shut", "'- Bridge shut"),
        ("@halepost", "'@halepost"),
        ("'=1", "''=1"),
        ("'tis the season", "'tis the season"),
        ("–5 degrees", "–5 degrees"),
        (0, "0"),
        (0.25, "0.25"),
        (1e-7, "1e-07"),
        (True, "true"),
        (False, "false"),
        ((), ""),
        (("a b", 'c"'), '["a b", "c\\""]'),
    ],
)  # fmt: skip
def test_cells(value: object, cell: str) -> None:
    assert cell_of(value) == cell


@given(st.text(st.sampled_from("'=+-@\t\r\nab, \"é")) | st.text())
def test_a_text_comes_back_from_its_cell_and_never_runs(text: str) -> None:
    cell = cell_of(text)
    assert not cell.startswith(DANGEROUS)
    assert text_of(cell) == (text or None)


@given(st.lists(st.text(st.sampled_from("'=\r\n,\"é")), min_size=1))
def test_a_row_comes_back_through_a_csv_file(texts: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow(["first", *map(cell_of, texts)])
    file.seek(0)
    ((_, *cells),) = csv.reader(file, strict=True)
    assert [text_of(cell) for cell in cells] == [text or None for text in texts]
