"""Words before and after: cut to the room there is, with what differs in sight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.contrast import contrast

LONG = "The council of Port Hale will not gamble with the lives of its people, the mayor said"

LIFE = LONG.replace("lives", "life")
SAYS = LONG.replace("said", "says")

CASES = [
    ("13", "31", 20, "13", "31"),
    (None, "some", 20, "(none)", "some"),
    ("two\n  lines", "", 30, "two lines", "(none)"),
    (LONG, LIFE, 80, "… with the lives of its …", "… with the life of its …"),
    (LONG, SAYS, 60, "… the mayor said", "… the mayor says"),
    (LONG, SAYS, 26, "… mayor said", "… mayor says"),
    (LONG, SAYS, 16, "… said", "… says"),
    (LONG, "No", 30, "The council of Port Hale wi…", "No"),
    (LONG, "A ferry ran aground off Upper Hale", 30, "The council of…", "A ferry ran ag…"),
]


@pytest.mark.parametrize(("before", "after", "room", "left", "right"), CASES)
def test_contrast(before: str | None, after: str | None, room: int, left: str, right: str) -> None:
    assert contrast(before, after, room) == (left, right)


words = st.lists(st.sampled_from(["the", "mayor", "said", "“no”", "13"]), max_size=30).map(" ".join)


@given(words, words, st.integers(16, 120))
def test_it_fits_and_tells_what_differs_apart_where_there_is_room(
    before: str, after: str, room: int
) -> None:
    left, right = contrast(before, after, room)
    assert len(left) + len(right) <= room
    assert left
    assert right
    if len(before or "(none)") + len(after or "(none)") <= room:
        assert (left, right) == (before or "(none)", after or "(none)")
