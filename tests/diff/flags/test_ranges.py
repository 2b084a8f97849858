"""Both ends of a range that changed are one change."""

from __future__ import annotations

import pytest
from flagging import flagged

from dedup.diff.flags import FlagKind

BOTH = (FlagKind.NUMBER_CHANGED, FlagKind.DATE_CHANGED)


@pytest.mark.parametrize(
    ("a", "b", "changes"),
    [
        pytest.param(
            "She faces between five and seven years in prison over the leak.",
            "She faces between six and eight years in prison over the leak.",
            [("five and seven years", "six and eight years")],
            id="numbers",
        ),
        pytest.param(
            "The clinic worked from 2011 to 2014 without a licence from the county.",
            "The clinic worked from 2012 to 2015 without a licence from the county.",
            [("2011 to 2014", "2012 to 2015")],
            id="years",
        ),
        pytest.param(
            "She faces between five and seven years in prison over the leak.",
            "She faces between five and eight years in prison over the leak.",
            [("seven years", "eight years")],
            id="one end alone",
        ),
        pytest.param(
            "The blast killed four soldiers and wounded nine civilians near the gate.",
            "The blast killed six soldiers and wounded eight civilians near the gate.",
            [("four soldiers", "six soldiers"), ("nine civilians", "eight civilians")],
            id="two figures, no range",
        ),
    ],
)
def test_a_range_is_one_change(a: str, b: str, changes: list[tuple[str, str]]) -> None:
    assert [(before, after) for _, before, after in flagged(a, b, *BOTH)] == changes


def test_a_time_of_day_is_a_date() -> None:
    a = "The truce begins at 6 a.m. on the border, mediators said."
    b = "The truce begins at 9 a.m. on the border, mediators said."
    assert flagged(a, b, *BOTH) == [(FlagKind.DATE_CHANGED, "6 a.m.", "9 a.m.")]
