"""Flags as they are read: in which order, and beside what."""

from __future__ import annotations

from hand_made import FLAGS, Raised, comparison
from hypothesis import given
from hypothesis import strategies as st

from dedup.conditions import parse_allowances
from dedup.diff.flags import FlagKind
from dedup.policy import Policy, check
from dedup.report.build import build
from dedup.report.flagged import flags_of, gravest_first, marks, tally, units_of
from dedup.report.flagwords import FLAGS as WORDS
from dedup.report.flagwords import title
from dedup.report.sequence import Row, sequence

MADE = comparison(flags=FLAGS)
REPORT = build(MADE)


def test_every_kind_has_a_name_of_its_own_and_a_meaning() -> None:
    assert set(WORDS) == set(FlagKind)
    assert len({name for name, _ in WORDS.values()}) == len(FlagKind)
    for kind, (name, meaning) in WORDS.items():
        assert len(name) <= len("paraphrase put in quotes"), "or a line has no room for words"
        assert meaning.endswith(".")
        assert title(kind)[0].isupper()


def test_the_gravest_comes_first_and_what_is_let_pass_last() -> None:
    assert [flag.kind for flag in gravest_first(REPORT.flags)] == [
        "attribution_dropped",
        "hedge_added",
        "headline_changed",
        "raised",
    ]
    policy = Policy(allow=parse_allowances(["attribution_dropped"], ""))
    allowed = build(MADE, check(MADE, policy))
    assert gravest_first(allowed.flags)[-1].kind == "attribution_dropped"


def test_the_counts() -> None:
    assert tally(REPORT) == "!!! 1 high, !! 1 medium, ! 2 low"
    assert tally(build(comparison())) == ""


def ids(number: int) -> tuple[list[str], ...]:
    return tuple([unit.id for unit in side] for side in units_of(REPORT.flags[number], REPORT))


def test_a_flag_stands_where_its_words_stand() -> None:
    assert ids(0) == (["a1"], ["b1"])


def test_on_a_side_without_words_a_flag_stands_at_its_link() -> None:
    assert ids(1) == (["a5"], ["b4"])
    assert ids(2) == (["a8"], ["b2"])


def test_a_flag_without_words_or_link_stands_nowhere_on_that_side() -> None:
    made = comparison(flags=[Raised(FlagKind.CORRECTION_ADDED, None, "", "Shop owners")])
    assert [len(side) for side in units_of(build(made).flags[0], build(made))] == [0, 1]


def test_every_flag_is_marked_at_a_row() -> None:
    marked = marks(REPORT)
    rows = [row for row in sequence(REPORT) if isinstance(row, Row)]
    found = {flag.kind for row in rows for flag in flags_of(row, marked)}
    assert found == {raised.kind for raised in FLAGS}
    (moved,) = (row for row in rows if row.link and row.link.moved)
    assert [flag.kind for flag in flags_of(moved, marked)] == ["hedge_added", "raised"]


@given(st.lists(st.sampled_from(FLAGS), max_size=8))
def test_no_flag_is_lost_by_sorting(raised: list[Raised]) -> None:
    flags = build(comparison(flags=raised)).flags
    assert sorted(flag.kind for flag in gravest_first(flags)) == sorted(f.kind for f in flags)
