"""Sampled shingles find pairs that share little, and what is furniture does not make candidates."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect import meetings
from dedup.detect.batch import Shingles, distinct, offsets_of
from dedup.detect.buckets import unpack_pairs
from dedup.detect.engine import NumpyEngine
from dedup.detect.furniture import HOT_ARTICLES
from dedup.detect.postings import SAMPLE_BELOW, SAMPLE_RATE, story_candidates


def shingles_of(rows: list[list[int]]) -> Shingles:
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    return Shingles(
        np.array(list(chain.from_iterable(rows)), dtype=np.uint32), offsets_of(sizes), sizes
    )


def fresh(count: int, generator: np.random.Generator) -> list[int]:
    return generator.integers(0, 1 << 32, count).tolist()


def found_in(rows: list[list[int]]) -> dict[tuple[int, int], float]:
    sample = distinct(shingles_of(rows), SAMPLE_BELOW)
    found, _ = story_candidates(sample, NumpyEngine())
    a, b = unpack_pairs(found.pairs)
    pairs = zip(a.tolist(), b.tolist(), strict=True)
    return dict(zip(pairs, found.strength.tolist(), strict=True))


@pytest.mark.parametrize(("jaccard", "recall"), [(0.3, 0.99), (0.15, 0.98), (0.08, 0.95)])
def test_pairs_that_share_little_are_found(jaccard: float, recall: float) -> None:
    generator = np.random.default_rng(3)
    common = round(500 * 2 * jaccard / (1 + jaccard))
    rows: list[list[int]] = []
    for _ in range(300):
        told = fresh(common, generator)
        rows += [told + fresh(500 - common, generator), told + fresh(500 - common, generator)]
    found = found_in(rows)
    assert sum((row, row + 1) in found for row in range(0, 600, 2)) >= 300 * recall
    assert len(found) <= 300


def test_a_brief_inside_a_long_article_is_found() -> None:
    generator = np.random.default_rng(4)
    long = fresh(2000, generator)
    assert (0, 1) in found_in([long, long[:70] + fresh(30, generator)])


def test_the_shared_part_of_the_samples_estimates_containment() -> None:
    generator = np.random.default_rng(5)
    long = fresh(8000, generator)
    found = found_in([long, long[:2000] + fresh(2000, generator)])
    assert found[0, 1] == pytest.approx(0.5, abs=0.1)


def test_a_chance_encounter_of_long_articles_is_cut() -> None:
    generator = np.random.default_rng(6)
    one, two = fresh(2000, generator), fresh(2000, generator)
    assert found_in([[*one, 5], [*two, 5]]) == {}  # 5 is below every bound: it is sampled


def test_furniture_on_many_pages_makes_no_candidates() -> None:
    generator = np.random.default_rng(7)
    policy = list(range(8))
    rows = [policy + fresh(500, generator) for _ in range(HOT_ARTICLES * 3)]
    assert found_in(rows) == {}
    assert len(found_in(rows[: HOT_ARTICLES // 8])) > 0  # the same on a few pages is worth a look


def test_a_story_that_many_carry_gives_a_linear_number_of_pairs_and_ties_all() -> None:
    generator = np.random.default_rng(8)
    told = np.array(fresh(600, generator))
    rows = [told[generator.random(600) < 0.6].tolist() for _ in range(300)]
    found = found_in(rows)
    assert len(found) < 300 * 40
    group = list(range(300))
    for a, b in found:
        group = [group[a] if mark == group[b] else mark for mark in group]
    assert len(set(group)) == 1


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=12),
    st.integers(1, 10),
)
def test_the_parts_of_the_hash_space_together_find_what_one_finds(
    rows: list[list[int]], entries: int
) -> None:
    spread = [[value * (SAMPLE_BELOW // 31) for value in row] for row in rows]
    whole = found_in(spread)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meetings, "PART_ENTRIES", entries)
        assert found_in(spread) == whole
    shared = {
        (a, b)
        for b in range(len(rows))
        for a in range(b)
        if len(set(rows[a]) & set(rows[b])) >= 0.25 * min(len(set(rows[a])), len(set(rows[b])), 99)
        and set(rows[a]) & set(rows[b])
    }
    assert shared <= set(whole)


def test_one_in_eight_is_sampled() -> None:
    sample = distinct(shingles_of([fresh(80_000, np.random.default_rng(9))]), SAMPLE_BELOW)
    assert sample.sizes[0] == pytest.approx(80_000 / SAMPLE_RATE, rel=0.05)


def test_no_articles_and_empty_articles() -> None:
    assert found_in([]) == {}
    assert found_in([[], [1], [], [1], []]) == {(1, 3): 1.0}
