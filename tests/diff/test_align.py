"""Which sentences tell the same thing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marking import document, linked

from dedup.diff import diff
from dedup.diff.align import LIMITS, Limits, align

FERRY = "The ferry ran aground off Merrow in thick fog on Tuesday."
RESCUE = "Rescuers in fishing boats brought every passenger ashore before dawn."
TIDE = "Two tugs will try to pull the hull free when the tide rises."
BOTH = (
    "The ferry ran aground off Merrow in thick fog on Tuesday, and rescuers in fishing boats "
    "brought every passenger ashore before dawn."
)
BEES = "Frost killed the blossoms, so the hives stayed empty all summer long."

CASES = {
    "the same text": ([FERRY, TIDE], [FERRY, TIDE], ["0→0", "1→1"]),
    "nothing in common": ([FERRY], [BEES], []),
    "a sentence cut": ([FERRY, RESCUE, TIDE], [FERRY, TIDE], ["0→0", "2→1"]),
    "a sentence added": ([FERRY, TIDE], [FERRY, BEES, TIDE], ["0→0", "1→2"]),
    "two sentences merged": ([FERRY, RESCUE, TIDE], [BOTH, TIDE], ["0,1→0 merge", "2→1"]),
    "a sentence split": ([BOTH, TIDE], [FERRY, RESCUE, TIDE], ["0→0,1 split", "1→2"]),
    "a split whose parts stand apart": (
        [BOTH, BEES],
        [FERRY, BEES, RESCUE],
        ["0→0,2 split", "1→1"],
    ),
    "a boundary that moved": (
        [
            "The ferry ran aground off Merrow and the captain called the coast guard for help.",
            "Rescuers in fishing boats brought every passenger ashore before dawn.",
        ],
        [
            "The ferry ran aground off Merrow.",
            "The captain called the coast guard for help, and rescuers in fishing boats brought "
            "every passenger ashore before dawn.",
        ],
        ["0,1→0,1 n:m"],
    ),
    "a sentence moved to the end": (
        [TIDE, FERRY, RESCUE, BEES],
        [FERRY, RESCUE, BEES, TIDE],
        ["0→3 moved", "1→0", "2→1", "3→2"],
    ),
    "a long block against a short one": (
        [FERRY, RESCUE, BEES, "Shops ran short of milk by noon."],
        ["Shops ran short of milk by noon.", FERRY, RESCUE, BEES],
        ["0→1", "1→2", "2→3", "3→0 moved"],
    ),
    "other words, the same event": (
        ["The ferry struck a sandbank off Merrow in dense fog on Tuesday, officials said."],
        ["Officials said the ferry hit a sandbank near Merrow on Tuesday in heavy fog."],
        ["0→0"],
    ),
    "only names in common": (
        ["Anna Berg met Tomas Holm in Dorn to talk about the harvest of apples."],
        ["In Dorn, a court fined the brother of Tomas Holm, whom Anna Berg had sued over a wall."],
        [],
    ),
    "only a stock phrase in common": (
        ["The president said on Monday that the harvest had failed."],
        ["The president said on Monday that his brother was ill."],
        [],
    ),
    "house style alone": (
        ["Five advisors travelled towards the center."],
        ["5 advisers traveled toward the centre."],
        ["0→0"],
    ),
    "a line said twice": (["Yes.", FERRY, "Yes."], ["Yes.", FERRY, "Yes."], ["0→0", "1→1", "2→2"]),
    "a repeated line finds its neighbour": (
        ["Yes.", FERRY, BEES, "Yes.", TIDE],
        [FERRY, BEES, "Yes.", TIDE],
        ["1→0", "2→1", "3→2", "4→3"],
    ),
    "a line said more often": (["No.", "No."], ["No.", "No.", "No."], ["0→0", "1→1"]),
    "marks alone": (["* * *", FERRY], ["* * *", FERRY], ["0→0", "1→1"]),
    "headlines find each other": (
        ["# Ferry runs aground off Merrow", FERRY],
        ["# Fog blamed as ferry runs aground", FERRY],
        ["0→0", "1→1"],
    ),
    "a headline that the other side has as a sentence": (
        ["# Ferry runs aground off Merrow", TIDE],
        ["Ferry runs aground off Merrow.", TIDE],
        ["0→0", "1→1"],
    ),
    "a headline does not take the lede's link": (
        ["# Ferry aground in fog off Merrow", FERRY],
        [FERRY],
        ["1→0"],
    ),
    "datelines find each other alone": (
        ["@ DORN, Valdera (AP) —", FERRY],
        ["@ DORN —", FERRY],
        ["0→0", "1→1"],
    ),
    "a dateline and a sentence of the same words": (["@ DORN —"], ["Dorn."], []),
    "datelines of two places": (["@ DORN —", FERRY], ["@ MERROW —", FERRY], ["1→1"]),
    "furniture is left out": (["! Advertisement", FERRY], ["! Advertisement", FERRY], ["1→1"]),
    "nothing to compare": (["! Advertisement"], [FERRY], []),
}


@pytest.mark.parametrize(("a", "b", "expected"), CASES.values(), ids=CASES.keys())
def test_links(a: list[str], b: list[str], expected: list[str]) -> None:
    assert linked(diff(document(*a), document(*b))) == expected


PHRASES = st.sampled_from(
    [FERRY, RESCUE, TIDE, BOTH, BEES, "Yes.", "No.", "# Ferry aground", "@ DORN —", "! Share", "—"]
)
TEXTS = st.lists(PHRASES, min_size=1, max_size=10)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_every_compared_unit_is_in_one_place(first: list[str], second: list[str]) -> None:
    a, b = document(*first), document(*second)
    found = diff(a, b)
    for side, document_, only in (("a", a, found.only_a), ("b", b, found.only_b)):
        listed = [n for link in found.links for n in getattr(link, side)] + list(only)
        assert sorted(listed) == [n for n, unit in enumerate(document_.units) if unit.kind.compared]
    assert [link.a[0] for link in found.links] == sorted(link.a[0] for link in found.links)
    assert all(0 <= link.similarity <= 1 for link in found.links)


@settings(max_examples=60)
@given(TEXTS)
def test_a_text_against_itself_is_identical_and_in_order(lines: list[str]) -> None:
    found = diff(document(*lines), document(*lines))
    assert not found.only_a
    assert not found.only_b
    for link in found.links:
        assert link.a == link.b
        assert (link.kind, link.moved, link.edits) == ("identical", False, ())


@settings(max_examples=60)
@given(st.permutations([FERRY, RESCUE, TIDE, BEES, "Shops ran short of milk by noon."]))
def test_order_does_not_change_what_is_linked(lines: list[str]) -> None:
    first = [FERRY, RESCUE, TIDE, BEES, "Shops ran short of milk by noon."]
    found = diff(document(*first), document(*lines))
    assert [(link.a[0], link.b[0]) for link in found.links] == [
        (n, lines.index(line)) for n, line in enumerate(first)
    ]


def test_limits_are_settings() -> None:
    a, b = document(FERRY), document("A ferry ran aground in the night and sank.")
    assert align(a, b, Limits(body=0.1))
    assert not align(a, b, Limits(body=0.9))
    assert LIMITS.body < 0.9


@pytest.mark.parametrize(
    ("a", "b", "links"),
    [
        (["The same line again."] * 3000, ["The same line again."] * 3000, 3000),
        (["The same line again."] * 500, ["Quite the same line once more."] * 500, None),
        (
            [f"Word{n} is rare." for n in range(2000)],
            [f"Term{n} was there." for n in range(2000)],
            0,
        ),
    ],
    ids=["all alike", "all nearly alike", "nothing in common"],
)
@pytest.mark.usefixtures("no_hang")
def test_odd_texts_take_near_linear_time(a: list[str], b: list[str], links: int | None) -> None:
    first, second = document(*a), document(*b)
    found = diff(first, second)
    assert links is None or len(found.links) == links
    assert all(len(link.a) == len(link.b) == 1 for link in found.links)
