"""The main job on the two seed articles, against an alignment made by hand.

The seeds are an example: nothing is tuned to them, and this test says whether what a reader would
link is linked.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup import Comparison, compare, read_article
from dedup.text import Document

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))

#: How a reader links the two texts: first words of A's units, of B's units, the kinds that a reader
#: can give the link, and whether it is out of the common order.
BY_HAND: list[tuple[list[str], list[str], set[str], bool]] = [
    (
        ["Chinese President Xi Jinping plans", "News of Xi’s visit"],
        ["Chinese President Xi Jinping plans"],
        {"reworded", "partial"},
        False,
    ),
    (["China has sought to project"], ["China has refused to condemn"], {"reworded"}, False),
    (["Beijing has denounced"], ["China’s refusal to condemn"], {"reworded", "partial"}, False),
    (["In statements on Ukraine"], ["During the war in Ukraine"], {"reworded"}, False),
    (["It remains unclear"], ["However, it remains unclear"], {"reworded", "partial"}, False),
    (["Kremlin spokesman Dmitry"], ["Kremlin spokesman Dmitry"], {"reworded"}, True),
    (["Broader talks involving"], ["Broader talks involving"], {"identical"}, True),
    (["On Thursday, Chinese"], ["On Thursday, Chinese"], {"reworded"}, False),
    (["China has “always upheld"], ["China has “always upheld"], {"identical"}, False),
    (["Kuleba later tweeted"], ["Kuleba later tweeted"], {"identical"}, False),
    (
        ["Ukraine has listed", "China has its own territorial issues"],
        ["Ukraine has listed"],
        {"reworded"},
        False,
    ),
    (["“I underscored the importance"], ["“I underscored the importance"], {"reworded"}, False),
    (["China last month called"], ["China last month called"], {"reworded"}, True),
    (["Zelensky cautiously"], ["Zelenskyy cautiously"], {"house_style"}, True),
    (["Beijing’s deeper dive"], ["Beijing’s apparent deeper"], {"reworded"}, False),
    (["Those two Middle Eastern"], ["Those two countries"], {"reworded"}, False),
    (["The agreement cast China"], ["The agreement cast China"], {"reworded"}, False),
    (["On the back of that"], ["On the back of that"], {"identical"}, False),
    (["Washington has marshaled"], ["Washington has marshaled"], {"partial"}, False),
    (["Tensions between the U.S."], ["The destruction of a U.S."], {"reworded"}, False),
    (["Putin invited Xi"], ["Putin invited Xi"], {"reworded"}, False),
    (["The visit, Putin said"], ["The visit, Putin said"], {"identical"}, False),
    (["Chinese Ministry of Foreign"], ["Chinese Ministry of Foreign"], {"partial"}, False),
    (["“Currently, the world"], ["“Currently, the world"], {"reworded"}, False),
    (["“As permanent members"], ["As permanent members"], {"reworded", "identical"}, False),
]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    a, b = SEEDS
    return compare(read_article(a), read_article(b))


def units_named(document: Document, starts: list[str]) -> tuple[int, ...]:
    """Return the indexes of the compared units that begin with the given words, one each."""
    indexes = []
    for words in starts:
        found = [
            index
            for index, unit in enumerate(document.units)
            if unit.kind.compared and document.text_of(unit).startswith(words)
        ]
        assert len(found) == 1, words
        indexes += found
    return tuple(indexes)


@pytest.fixture(scope="module")
def by_hand(comparison: Comparison) -> dict[tuple[tuple[int, ...], tuple[int, ...]], int]:
    return {
        (units_named(comparison.a, a), units_named(comparison.b, b)): row
        for row, (a, b, _, _) in enumerate(BY_HAND)
    }


def test_the_seeds_are_one_story(comparison):
    assert comparison.verdict.label == "same_story"
    assert comparison.verdict.same_story


def test_units_are_linked_as_a_reader_links_them(comparison, by_hand, floors):
    def pairs(links):
        return {(i, j) for a, b in links for i in a for j in b}

    truth = pairs(by_hand)
    found = pairs((link.a, link.b) for link in comparison.diff.links)
    right = len(truth & found)
    assert 2 * right / (len(truth) + len(found)) >= floors["seeds"]["link_f1"]


def test_moved_links_are_exactly_those_a_reader_sees(comparison, by_hand):
    moved = {(link.a, link.b) for link in comparison.diff.links if link.moved}
    assert moved == {sides for sides, row in by_hand.items() if BY_HAND[row][3]}


def test_kinds_are_those_a_reader_gives(comparison, by_hand, floors):
    found = {(link.a, link.b): link.kind.value for link in comparison.diff.links}
    right = [sides for sides, row in by_hand.items() if found.get(sides) in BY_HAND[row][2]]
    assert len(right) / len(by_hand) >= floors["seeds"]["kinds_right"]


def test_what_is_no_text_is_skipped(comparison):
    skipped = [comparison.a.text_of(unit) for unit in comparison.a.units if not unit.kind.compared]
    assert skipped.count("Advertisement") == 8
    assert "Share via" in skipped
    assert "(Alexandr Demyanchuk / Associated Press)" in skipped
    assert len(skipped) <= 12 + 6  # three lines of the caption, and the pointers to other stories
    assert [
        comparison.b.text_of(unit) for unit in comparison.b.units if not unit.kind.compared
    ] == ["Please read our comment policy before commenting."]
