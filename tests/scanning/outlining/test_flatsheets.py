"""Sheets are found again where they lie, without a copy."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.scanning.outlining.flatsheets import find_sheets, lay_sheets
from dedup.scanning.outlining.packing import ARRAYS, pack_sheet
from dedup.scanning.outlining.sheets import Sheet


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Arrays of any length, which is all that counts here; letters are as many as tokens."""

    def numbers(kind: type[np.generic], most: int = 6) -> np.ndarray:
        return np.array(draw(st.lists(st.integers(0, 60_000), max_size=most)), dtype=kind)

    tokens = numbers(np.uint64)
    most = draw(st.sampled_from([0, 0xFF, 0xFFFF]))
    return Sheet(
        tokens=tokens,
        letters=(tokens & np.uint64(most)).astype(np.uint16),
        breaks=numbers(np.int32),
        quotes=np.repeat(numbers(np.int32), 2).reshape(-1, 2),
        pairs=numbers(np.int32),
        furniture=numbers(np.int32),
        page=numbers(np.uint64, 1),
    )


@given(st.lists(sheets(), max_size=5))
def test_every_array_is_found(made: list[Sheet]) -> None:
    flat = lay_sheets([pack_sheet(sheet) for sheet in made])
    views = {8: flat.wide, 4: flat.inner, 1: flat.narrow}
    for row, sheet in enumerate(made):
        again = flat.sheet(row)
        for column, (name, kind) in enumerate(ARRAYS.items()):
            start, length = flat.starts[row, column], flat.lengths[row, column]
            found = views[np.dtype(kind).itemsize][start : start + length]
            numbers = getattr(sheet, name).reshape(-1)
            if name == "letters" and len(found) > len(numbers):
                numbers = np.concatenate([numbers & 0xFF, numbers >> 8])
            assert found.tolist() == numbers.tolist()
            assert getattr(again, name).tolist() == getattr(sheet, name).tolist()
    assert np.diff(flat.offsets).tolist() == [len(sheet.tokens) for sheet in made]
    assert flat.pages.tolist() == [int(sheet.page.sum()) for sheet in made]


@given(st.lists(sheets(), max_size=5))
def test_sheets_may_lie_in_any_order(made: list[Sheet]) -> None:
    flat = lay_sheets([pack_sheet(sheet) for sheet in made])
    turned = find_sheets(flat.data, flat.begin[::-1])
    found = [pack_sheet(turned.sheet(row)) for row in range(len(made))]
    assert found == [pack_sheet(sheet) for sheet in made[::-1]]
    assert turned.pages.tolist() == flat.pages.tolist()[::-1]
