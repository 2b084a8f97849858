"""The scores of a scan: exact similarities and counts of pairs, held to the plainest reference."""

from __future__ import annotations

import doctest
import json
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from corpus import read_clusters, show, write
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import kept, scoring
from newsroom.days import Corpus
from newsroom.kept import shared
from newsroom.resemblance import grams, jaccard
from newsroom.scoring import adjusted_rand, components, score
from newsroom.truth import Truth, alike, jaccard_matrix, read_truth

from dedup.text.tokens import tokenize

elements = st.sets(st.integers(0, 30), max_size=12)
collections = st.lists(elements, min_size=1, max_size=8)
labelings = st.lists(st.integers(0, 4), min_size=1, max_size=14)


def arrays(sets: list[set[int]]) -> list[np.ndarray]:
    return [np.array(sorted(found), dtype=np.uint32) for found in sets]


def plain_jaccard(a: set[int], b: set[int]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0


@given(collections)
@settings(max_examples=60)
def test_the_matrix_is_the_definition(sets: list[set[int]]) -> None:
    matrix = jaccard_matrix(arrays(sets))
    for i, j in combinations(range(len(sets)), 2):
        assert matrix[i, j] == matrix[j, i] == pytest.approx(plain_jaccard(sets[i], sets[j]))


def test_the_matrix_has_more_columns_than_a_slice() -> None:
    sets = [set(range(0, 40_000, step)) for step in (1, 2, 3)]
    matrix = jaccard_matrix(arrays(sets))
    for i, j in combinations(range(3), 2):
        assert matrix[i, j] == pytest.approx(plain_jaccard(sets[i], sets[j]))


@given(collections, st.sampled_from([0.3, 0.5, 0.7, 0.8, 1.0]))
@settings(max_examples=80)
def test_no_pair_as_alike_as_asked_escapes(sets: list[set[int]], threshold: float) -> None:
    expected = {
        (i, j)
        for i, j in combinations(range(len(sets)), 2)
        if plain_jaccard(sets[i], sets[j]) >= threshold
    }
    assert {(i, j) for i, j, _ in alike(arrays(sets), threshold)} == expected


@given(labelings, st.data())
@settings(max_examples=60)
def test_the_rand_index_is_that_of_counted_pairs(ours: list[int], data: st.DataObject) -> None:
    theirs = data.draw(st.lists(st.integers(0, 4), min_size=len(ours), max_size=len(ours)))
    pairs = list(combinations(range(len(ours)), 2))
    a = [ours[i] == ours[j] for i, j in pairs]
    b = [theirs[i] == theirs[j] for i, j in pairs]
    found = adjusted_rand(sum(map(min, a, b)), sum(a), sum(b), len(ours))
    # Hubert and Arabie's form over the four counts of agreement.
    n11, n00 = sum(map(min, a, b)), sum(not (x or y) for x, y in zip(a, b, strict=True))
    n10, n01 = sum(a) - n11, sum(b) - n11
    below = (n00 + n01) * (n01 + n11) + (n00 + n10) * (n10 + n11)
    assert found == pytest.approx(2 * (n00 * n11 - n01 * n10) / below if below else 1.0)


def test_components_follow_chains() -> None:
    labels = components(6, np.array([[0, 1], [1, 2], [4, 5]]))
    assert len(set(labels[:3])) == 1
    assert len({labels[0], labels[3], labels[4]}) == 3
    assert len(set(components(3, np.empty((0, 2), dtype=np.int64)))) == 3


#: Two versions and a third of one story, a single, and a digest that is near the single.
SMALL = Truth(
    names=("a", "b", "c", "d", "e"),
    stories=np.array([0, 0, 0, 1, 2]),
    apart=np.array([False, False, False, False, True]),
    pairs=np.array([[0, 1], [0, 2], [1, 2], [3, 4]]),
    jaccard=np.array([0.9, 0.1, 0.2, 0.75]),
    shared=np.array([1.0, 0.5, 0.6, 0.0]),
)

CASES = {
    "nothing found": ({}, 0.0, 1.0, (0, 0, 0, 0, 0), (0, 0, 0, 0, 0)),
    "all found": ({"a": 1, "b": 1, "c": 1}, 1.0, 1.0, (0, 1, 1, 0, 1), (0, 1, 1, 0, 1)),
    "one pair": ({"a": 1, "b": 1}, 1 / 3, 1.0, (0, 0, 0, 0, 1), (0, 0, 0, 0, 1)),
    "a digest joined": (
        {"a": 1, "b": 1, "d": 2, "e": 2},
        *(1 / 3, 0.5, (0, 0, 0, 0, 1), (0, 0, 0, 0, 2)),
    ),
    "strangers joined": (
        {"a": 1, "b": 1, "d": 1},
        *(1 / 3, 1 / 3, (0, 0, 0, 0, 1), (0, 0, 0, 0, 1)),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_stories(case: str) -> None:
    clusters, recall, precision, found, joined = CASES[case]
    result = score(SMALL, clusters)
    assert result.recall == pytest.approx(recall)
    assert result.precision == pytest.approx(precision)
    assert tuple(part.found for part in result.bins) == found
    assert tuple(part.joined for part in result.bins) == joined
    assert tuple(part.true for part in result.bins) == (0, 1, 1, 0, 1)


def test_classic_asks_for_alike_pairs_whatever_was_planted() -> None:
    result = score(SMALL, {"a": 1, "b": 1}, "classic", 0.7)
    assert (result.recall, result.precision) == (0.5, 1.0)
    result = score(SMALL, {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}, "classic", 0.7)
    assert (result.recall, result.precision) == (1.0, 0.5)


def test_classic_counts_a_chain_as_right() -> None:
    chain = Truth(
        ("a", "b", "c"),
        np.array([0, 0, 0]),
        np.zeros(3, dtype=bool),
        np.array([[0, 1], [1, 2], [0, 2]]),
        np.array([0.8, 0.8, 0.6]),
        np.ones(3),
    )
    result = score(chain, {"a": 1, "b": 1, "c": 1}, "classic", 0.7)
    assert (result.recall, result.precision, result.rand) == (1.0, 1.0, 1.0)


def test_snapshots_of_a_live_page_are_nobodys_question() -> None:
    live = Truth(
        ("a", "b"),
        np.array([0, 0]),
        np.ones(2, dtype=bool),
        np.array([[0, 1]]),
        np.array([0.9]),
        np.zeros(1),
    )
    for clusters in ({}, {"a": 1, "b": 1}):
        result = score(live, clusters)
        assert result.precision == 1.0
        assert sum(part.true + part.joined for part in result.bins) == 0
    assert score(live, {}, "classic", 0.7).recall == 0.0


#: Two versions, a third that shares little with the second, and an excerpt of the wire's copy.
MIXED = Truth(
    names=("a", "b", "c", "x"),
    stories=np.array([0, 0, 0, 1]),
    apart=np.zeros(4, dtype=bool),
    pairs=np.array([[0, 1], [0, 2], [1, 2], [0, 3], [1, 3]]),
    jaccard=np.array([0.4, 0.4, 0.1, 0.2, 0.2]),
    shared=np.array([0.9, 0.5, 0.49, 0.2, 0.4]),
)


def test_what_hangs_together_through_a_third_is_counted_apart() -> None:
    result = score(MIXED, {"a": 1, "b": 1, "c": 1})
    assert (result.recall, result.precision) == (1.0, 1.0)
    assert (result.through.true, result.through.found) == (1, 1)
    assert sum(part.true for part in result.bins) == 2
    assert "through a third" in show(result)
    result = score(MIXED, {"b": 1, "c": 1})
    assert (result.recall, result.precision, result.through.found) == (0.0, 1.0, 1)


def test_an_excerpt_is_no_version_and_may_be_nobodys_question() -> None:
    result = score(MIXED, {"a": 1, "x": 1})
    assert (result.precision, result.bins[2].joined) == (0.0, 1)
    result = score(MIXED, {"b": 1, "x": 1})  # it shares more than a third with a short version
    assert (result.precision, result.bins[2].joined) == (1.0, 0)


def test_recall_from_a_bin_on() -> None:
    result = score(SMALL, {"a": 1, "b": 1})
    assert result.recall_from(0.15) == 0.5
    assert result.recall_from(0.7) == 1.0


copies = st.lists(st.sets(st.integers(0, 20), max_size=12), min_size=1, max_size=6)


@given(copies)
@settings(max_examples=60)
def test_what_two_share_is_what_both_keep(sets: list[set[int]]) -> None:
    own = [len(found) + 1 for found in sets]
    found = shared(own, [[(place, place + 1) for place in sorted(one)] for one in sets])
    for i, j in combinations(range(len(sets)), 2):
        expected = len(sets[i] & sets[j]) / min(own[i], own[j])
        assert found[i, j] == found[j, i] == pytest.approx(expected)


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small corpus."""
    path = tmp_path_factory.mktemp("truth") / "news.jsonl"
    write(Corpus(11, 260, day=130), path, processes=1)
    return path


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_pairs_are_all_of_one_event_with_their_exact_jaccard(news: Path) -> None:
    truth = read_truth(news)
    records, planted = lines(news), lines(news.with_suffix(".truth.jsonl"))
    sets = [grams(tokenize(record["text"]).words, 3) for record in records]
    expected = {
        (i, j): jaccard(sets[i], sets[j])
        for i, j in combinations(range(len(records)), 2)
        if planted[i]["event"] == planted[j]["event"]
    }
    found = {
        (min(a, b), max(a, b)): value
        for (a, b), value in zip(truth.pairs.tolist(), truth.jaccard.tolist(), strict=True)
    }
    assert found == pytest.approx(expected)
    assert list(truth.names) == [record["id"] for record in records]


def test_pairs_of_different_events_are_found_on_demand(news: Path) -> None:
    few, all_alike = read_truth(news), read_truth(news, complete=0.2)
    records = lines(news)
    sets = [grams(tokenize(record["text"]).words, 3) for record in records]
    extra = {(min(p), max(p)) for p in all_alike.pairs[len(few.pairs) :].tolist()}
    known = {(min(p), max(p)) for p in few.pairs.tolist()}
    expected = {
        (i, j)
        for i, j in combinations(range(len(sets)), 2)
        if (i, j) not in known and jaccard(sets[i], sets[j]) >= 0.2
    }
    assert expected  # short pages under one comment policy
    assert extra == expected


def test_the_planted_stories_score_perfectly(news: Path, tmp_path: Path) -> None:
    truth = read_truth(news)
    clusters = [
        json.dumps({"id": name, "cluster": None if apart else str(story)})
        for name, story, apart in zip(
            truth.names, truth.stories.tolist(), truth.apart.tolist(), strict=True
        )
    ]
    (tmp_path / "clusters.jsonl").write_text("\n".join(clusters))
    result = score(truth, read_clusters(tmp_path / "clusters.jsonl"))
    assert (result.recall, result.precision) == (1.0, 1.0)
    assert "precision 1.0000" in show(result)


def test_the_examples_hold() -> None:
    for module in (kept, scoring):
        tried = doctest.testmod(module)
        assert tried.attempted
        assert tried.failed == 0
