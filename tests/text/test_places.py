"""Line and column of an offset, held to reading the text character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.places import Place, place_of


def plain(text: str, offset: int) -> Place:
    """Return the place of an offset by walking up to it."""
    line = column = 1
    for char in text[:offset]:
        line, column = (line + 1, 1) if char == "\n" else (line, column + 1)
    return Place(line, column)


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("Bridge shut", 0, "1:1"),
        ("Bridge shut", 11, "1:12"),
        ("Bridge\nshut", 6, "1:7"),
        ("Bridge\nshut", 7, "2:1"),
        ("Bridge\r\n\r\nshut", 10, "3:1"),
        ("one\rline\u2028only", 9, "1:10"),
        ("👩\u200d🚀 up", 4, "1:5"),
        ("", 0, "1:1"),
    ],
)
def test_places(text: str, offset: int, expected: str) -> None:
    assert str(place_of(text, offset)) == expected


@given(st.text(alphabet="ab\r\n\u2028"), st.integers(0, 30))
def test_a_place_is_where_a_reader_gets_to(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    assert place_of(text, offset) == plain(text, offset)
