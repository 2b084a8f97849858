"""Few candidates are verified, and whatever they can join is joined."""

from collections.abc import Iterable
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.detect.buckets import pack_pairs, unpack_pairs
from dedup.detect.linking import (
    GOOD,
    MOST_FAILURES,
    MOST_HELD,
    NEAREST,
    Links,
    components,
    link,
    no_links,
)


def links_of(pairs: Iterable[tuple[int, int]], strength: float = 0.5) -> Links:
    a, b = np.array(sorted(set(pairs)), dtype=np.uint64).reshape(-1, 2).T
    packed = np.sort(pack_pairs(a, b))
    return Links(packed, np.full(len(packed), strength, dtype=np.float32))


def words_of(count: int) -> NDArray[np.int64]:
    return np.full(count, 500)


class Judge:
    """Links articles of one story, and keeps count of what it was asked."""

    def __init__(self, story: list[int]) -> None:
        self.story = np.array(story)
        self.asked: list[int] = []

    def __call__(self, pairs: NDArray[np.uint64]) -> NDArray[np.float32]:
        self.asked += pairs.tolist()
        a, b = unpack_pairs(pairs)
        return np.where(self.story[a] == self.story[b], 0.8, 0).astype(np.float32)


def plain_components(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    labels = list(range(count))
    for a, b in pairs:
        low, high = sorted((labels[a], labels[b]))
        labels = [low if label == high else label for label in labels]
    return labels


ROWS = st.integers(0, 19)
PAIRS = st.sets(st.tuples(ROWS, ROWS).filter(lambda pair: pair[0] < pair[1]), max_size=60)


@given(PAIRS)
def test_components_are_those_of_joining_pair_by_pair(pairs: set[tuple[int, int]]) -> None:
    assert components(20, links_of(pairs).pairs).tolist() == plain_components(20, pairs)


def test_a_long_chain_is_one_component() -> None:
    rows = np.random.default_rng(1).permutation(5000)
    assert not components(5000, pack_pairs(rows[:-1], rows[1:])).any()


@settings(max_examples=60)
@given(PAIRS, st.lists(st.integers(0, 3), min_size=20, max_size=20))
def test_what_all_candidates_would_join_is_joined(
    pairs: set[tuple[int, int]], story: list[int]
) -> None:
    judge = Judge(story)
    found = link(words_of(20), links_of(pairs), judge)
    wanted = [(a, b) for a, b in pairs if story[a] == story[b]]
    assert components(20, found.held.pairs).tolist() == plain_components(20, wanted)
    assert sorted(judge.asked) == found.pairs.tolist()  # each once
    assert set(found.pairs.tolist()) <= set(links_of(pairs).pairs.tolist())


def test_a_story_that_many_carry_takes_a_linear_number_of_verdicts() -> None:
    judge = Judge([0] * 300)
    found = link(words_of(300), links_of(combinations(range(300), 2)), judge)
    assert not components(300, found.held.pairs).any()
    assert len(judge.asked) <= 300 * (NEAREST + 1)


def test_two_stories_that_share_a_passage_take_a_linear_number_of_verdicts() -> None:
    judge = Judge([row % 2 for row in range(200)])
    within = links_of(pair for pair in combinations(range(200), 2) if sum(pair) % 2 == 0)
    between = links_of((pair for pair in combinations(range(200), 2) if sum(pair) % 2), 0.1)
    candidates = Links(
        np.concatenate([within.pairs, between.pairs]),
        np.concatenate([within.strength, between.strength]),
    )
    found = link(words_of(200), candidates, judge)
    assert components(200, found.held.pairs).tolist() == [0, 1] * 100
    assert len(judge.asked) <= 200 * (NEAREST + 1) + MOST_FAILURES


def test_the_most_alike_are_tried_first() -> None:
    candidates = Links(
        pack_pairs(np.array([0] * 9), np.arange(1, 10)), np.linspace(0.1, 0.9, 9, dtype=np.float32)
    )
    batches: list[list[int]] = []

    def refuse(pairs: NDArray[np.uint64]) -> NDArray[np.float32]:
        batches.append(unpack_pairs(pairs)[1].tolist())
        return np.zeros(len(pairs), dtype=np.float32)

    link(words_of(10), candidates, refuse)
    assert batches == [list(range(1, 10))]  # each is among the nearest of its other row

    candidates = Links(links_of(combinations(range(9), 2)).pairs, np.linspace(0.1, 0.9, 36))
    batches.clear()
    link(words_of(9), candidates, refuse)
    assert len(batches[0]) < 36


def plain_first(words: NDArray[np.int64], candidates: Links) -> set[int]:
    """Return what is verified of candidates whatever else joins their rows, row by row."""
    found = set[int]()
    listed = sorted(
        zip((-candidates.strength).tolist(), candidates.pairs.tolist(), strict=True)
    )  # the best first
    for row in range(len(words)):
        mine = [(-share, pair) for share, pair in listed if row in (pair >> 32, pair & 0xFFFFFFFF)]
        others = [(pair >> 32) + (pair & 0xFFFFFFFF) - row for _, pair in mine]
        held = [
            np.float32(share) * min(words[row], words[other]) / words[row]
            for (share, _), other in zip(mine, others, strict=True)
        ]
        few = max(held, default=0) >= MOST_HELD
        found.update(pair for _, pair in mine[: 1 if few else NEAREST])
        good = [
            (words[other], -place, mine[place][1])
            for place, other in enumerate(others)
            if mine[place][0] >= GOOD
        ]
        found.update(pair for *_, pair in sorted(good)[-1:])
    return found


@given(PAIRS, st.lists(st.integers(1, 9), min_size=20, max_size=20), st.integers(0, 1 << 32))
def test_of_an_article_that_one_holds_most_of_that_and_the_longest_are_verified(
    pairs: set[tuple[int, int]], words: list[int], seed: int
) -> None:
    shares = np.random.default_rng(seed).choice(np.linspace(0.1, 1, 10), len(pairs))
    candidates = Links(links_of(pairs).pairs, shares.astype(np.float32))
    batches: list[list[int]] = []

    def refuse(asked: NDArray[np.uint64]) -> NDArray[np.float32]:
        batches.append(asked.tolist())
        return np.zeros(len(asked), dtype=np.float32)

    link(np.array(words), candidates, refuse)
    wanted = plain_first(np.array(words), candidates)
    assert set(batches[0] if batches else []) == wanted


@given(PAIRS, st.integers(0, 99))
def test_the_order_of_the_candidates_does_not_matter(
    pairs: set[tuple[int, int]], seed: int
) -> None:
    story = [row % 3 for row in range(20)]
    candidates = links_of(pairs)
    shuffled = np.random.default_rng(seed).permutation(len(candidates))
    other = Links(candidates.pairs[shuffled], candidates.strength[shuffled])
    one, two = link(words_of(20), candidates, Judge(story)), link(words_of(20), other, Judge(story))
    assert one.pairs.tolist() == two.pairs.tolist()
    assert one.strength.tolist() == two.strength.tolist()


def test_what_is_known_is_not_asked_again() -> None:
    candidates = links_of([(0, 1), (1, 2)])
    known = link(words_of(3), candidates, Judge([0, 0, 1]))
    judge = Judge([0, 0, 1])
    again = link(words_of(3), candidates, judge, known)
    assert judge.asked == []
    assert again.pairs.tolist() == known.pairs.tolist()


def test_no_candidates() -> None:
    assert len(link(words_of(3), no_links(), Judge([0, 0, 0]))) == 0


def test_links_without_some_rows_and_pairs() -> None:
    links = links_of([(0, 1), (1, 2), (2, 3), (3, 4)])
    left = links.without(np.array([0]), links_of([(2, 3)]).pairs)
    assert left.pairs.tolist() == links_of([(1, 2), (3, 4)]).pairs.tolist()
