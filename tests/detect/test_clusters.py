"""Stories: clusters that do not chain, whatever the order of the input."""

from __future__ import annotations

import importlib.util
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.detect.batch import join, pack, take
from dedup.detect.buckets import pack_pairs, unpack_pairs
from dedup.detect.clusters import (
    Choice,
    Stories,
    chain,
    clusters,
    find_stories,
    representatives,
)
from dedup.detect.digests import Digest, find_passages, find_ties
from dedup.detect.engine import Engine, NumpyEngine
from dedup.detect.exact import measure
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.linking import Links, link
from dedup.detect.postings import SAMPLE_BELOW, story_candidates

if TYPE_CHECKING:
    from dedup.detect.digests import Kin, Share
    from dedup.detect.linking import Verify

ENGINES: list[Engine] = [NumpyEngine()]
if importlib.util.find_spec("numba") is not None:
    ENGINES.append(KernelEngine(threads=2))


def no_passages(pairs: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Say of pairs that neither holds a passage of the other."""
    return np.zeros((2, len(pairs)))


def stories_of(held: list[set[int]]) -> Stories:
    """Find the stories of articles of which each holds passages of the given stories."""

    def share(pairs: NDArray[np.uint64]) -> NDArray[np.float32]:
        a, b = (side.tolist() for side in unpack_pairs(pairs))
        return np.array(
            [len(held[x] & held[y]) / 4 for x, y in zip(a, b, strict=True)], dtype=np.float32
        )

    a, b = np.array(list(combinations(range(len(held)), 2))).T
    pairs = pack_pairs(a, b)
    candidates = Links(pairs, share(pairs)).held
    words = np.full(len(held), 500)
    return find_stories(words, candidates, share, lambda pairs: share(pairs) > 0, no_passages)


def test_a_digest_joins_no_cluster_and_names_its_stories() -> None:
    found = stories_of([{1}, {1}, {1, 2}, {2}, {2}, {3}])
    assert found.cluster.tolist() == [0, 0, -1, 3, 3, -1]
    assert [(digest.row, digest.holds) for digest in found.digests] == [(2, (0, 3))]


def test_what_a_digest_held_together_is_linked_again() -> None:
    held = [{1}] * 6 + [{1, 2}] * 3 + [{2}] * 6
    found = stories_of(held)
    assert found.cluster.tolist() == [0] * 6 + [-1] * 3 + [9] * 6
    assert [digest.row for digest in found.digests] == [6, 7, 8]


def test_no_articles_and_no_candidates() -> None:
    nothing = Links(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.float32))
    words = np.full(3, 500)
    found = find_stories(words, nothing, lambda pairs: pairs, lambda pairs: pairs, no_passages)
    assert found.cluster.tolist() == [-1, -1, -1]
    assert found.digests == ()


def story_of_four() -> Stories:
    pairs = pack_pairs(np.array([1, 2, 2]), np.array([2, 3, 4]))
    links = Links(np.sort(pairs), np.array([0.5, 0.5, 0.9], dtype=np.float32))
    return Stories(np.array([-1, 1, 1, 1, 1, -1]), (), links, links)


@pytest.mark.parametrize(
    ("choice", "wanted"), [(Choice.LONGEST, 3), (Choice.EARLIEST, 4), (Choice.CENTRAL, 2)]
)
def test_a_representative_stands_for_each_story(choice: Choice, wanted: int) -> None:
    words = np.array([999, 300, 200, 400, 100, 999])
    dates = ["2001-01-01", None, "2024-05-02", "2024-05-02", "2024-05-01", None]
    found = representatives(story_of_four(), choice, words, dates)
    assert found.tolist() == [-1, wanted, wanted, wanted, wanted, -1]


def test_equal_articles_are_represented_by_the_longest_then_the_first() -> None:
    equal = story_of_four()
    dates = [None] * 6
    for choice in (Choice.LONGEST, Choice.EARLIEST):
        assert representatives(equal, choice, np.full(6, 300), dates)[1] == 1
    words = np.array([1, 1, 1, 1, 5, 1])
    assert representatives(equal, Choice.EARLIEST, words, dates)[1] == 4


def test_a_chain_of_links_says_why_two_articles_are_together() -> None:
    links = story_of_four().links
    assert chain(links, 1, 4) == (1, 2, 4)
    assert chain(links, 4, 4) == (4,)
    assert chain(links, 1, 5) == ()


#: Five passages that share no word.
PASSAGES = [" ".join(f"{name}{place}" for place in range(60)) for name in "abcde"]


def outcome(texts: dict[str, str], order: list[str], engine: Engine, batch: int) -> object:
    """Find the stories of texts that come in the given order, some at a time."""
    parts = [
        engine.shingles(pack(texts[name] for name in order[first : first + batch]), 3)
        for first in range(0, len(order), batch)
    ]
    pieces = take(join(parts), np.argsort(order))  # rows are numbered in the order of the ids
    sets = engine.distinct(pieces)

    def verify(pairs: NDArray[np.uint64]) -> NDArray[np.float32]:
        contained = measure(sets, pairs, engine).containment
        return np.where(contained > 0.2, contained, 0).astype(np.float32)

    sample = engine.distinct(pieces, SAMPLE_BELOW)
    found = find_stories(
        pieces.tokens,
        story_candidates(sample, engine)[0],
        verify,
        lambda pairs: measure(sets, pairs, engine).shared > 0,
        no_passages,
    )
    words, dates = pieces.tokens, [None] * len(texts)
    return (
        found.cluster.tolist(),
        found.digests,
        found.links.pairs.tolist(),
        found.links.strength.tolist(),
        found.verified.pairs.tolist(),
        [representatives(found, choice, words, dates).tolist() for choice in Choice],
    )


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 4), max_size=3), min_size=1, max_size=12),
    st.randoms(use_true_random=False),
    st.integers(1, 5),
)
def test_order_of_input_engine_and_batches_change_nothing(
    articles: list[set[int]], random: Random, batch: int
) -> None:
    texts = {
        f"id-{number:02}": " ".join(PASSAGES[passage] for passage in sorted(held))
        for number, held in enumerate(articles)
    }
    wanted = outcome(texts, list(texts), NumpyEngine(), len(texts))
    for engine in ENGINES:
        order = list(texts)
        random.shuffle(order)
        assert outcome(texts, order, engine, batch) == wanted


def plain_stories(
    words: NDArray[np.int64], candidates: Links, verify: Verify, kin: Kin, share: Share
) -> Stories:
    """Do what `find_stories` does, looking for ties among all links in every round."""
    links = link(words, candidates, verify)
    left, found = candidates, dict[int, Digest]()
    while True:
        ties = find_ties(links.held, kin, find_passages(links, share))
        if not ties.digests and not len(ties.bridges):
            digests = tuple(found[row] for row in sorted(found))
            return Stories(clusters(len(words), links.held.pairs), digests, links.held, links)
        found.update((digest.row, digest) for digest in ties.digests)
        rows = np.array([digest.row for digest in ties.digests], dtype=np.int64)
        left = left.without(rows, ties.bridges)
        links = link(words, left, verify, links.without(rows, ties.bridges))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 9), max_size=3), min_size=12, max_size=40),
    st.integers(0, 1 << 32),
)
def test_looking_again_where_something_changed_misses_nothing(
    held: list[set[int]], seed: int
) -> None:
    """Articles hold passages of some stories, and what is linked, kin or shared is drawn."""
    rng = np.random.default_rng(seed)
    count = len(held)
    common = np.array([[len(one & two) for two in held] for one in held])
    chance = rng.random((3, count, count))
    strength = np.where(common * chance[0] > 0.3, common * chance[0] / 3, 0).astype(np.float32)
    near = (common > 0) | (chance[1] > 0.8)
    shares = np.where(common > 0, chance[2] * 0.7, 0)
    a, b = np.triu_indices(count, 1)
    kept = (common[a, b] > 0) & (chance[0].T[a, b] > 0.2)
    candidates = Links(pack_pairs(a[kept], b[kept]), chance[1][a, b][kept].astype(np.float32))
    given = (
        rng.integers(1, 900, count),
        candidates,
        lambda pairs: strength[unpack_pairs(pairs)],
        lambda pairs: near[unpack_pairs(pairs)],
        lambda pairs: np.stack([shares[unpack_pairs(pairs)], shares.T[unpack_pairs(pairs)]]),
    )
    found, plain = find_stories(*given), plain_stories(*given)
    assert found.cluster.tolist() == plain.cluster.tolist()
    assert found.digests == plain.digests
    assert found.links.pairs.tolist() == plain.links.pairs.tolist()
