"""Furniture is told from a story that many carry by what else its pages share."""

from collections.abc import Sequence
from importlib.util import find_spec
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect.batch import Shingles, distinct, offsets_of
from dedup.detect.engine import Engine, NumpyEngine
from dedup.detect.furniture import (
    FEW,
    HOT_ARTICLES,
    WITNESSES,
    Hot,
    find_furniture,
    find_hot,
    first_witnesses,
    is_furniture,
    size_by_few,
    whole_furniture,
    without,
)
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.marking import Furniture
from dedup.detect.postings import SAMPLE_BELOW

ENGINE = NumpyEngine()
ENGINES: list[Engine] = [ENGINE]
if find_spec("numba") is not None:
    ENGINES += [KernelEngine(), KernelEngine(threads=3)]
GENERATOR = np.random.default_rng(11)
POLICY = list(range(7, 5_000_000_000 // 2, 60_000_000))[:40]  # some of them in the sample
STORY = GENERATOR.integers(0, 1 << 32, 300).tolist()


def shingles_of(rows: Sequence[list[int]]) -> Shingles:
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    hashes = np.array(list(chain.from_iterable(rows)), dtype=np.uint32)
    return Shingles(hashes, offsets_of(sizes), sizes)


def own_text(count: int = 300) -> list[int]:
    return GENERATOR.integers(0, 1 << 32, count).tolist()


def furniture_of(rows: list[list[int]], few: bool | int | None = None) -> Hot:
    """Return the furniture of a corpus; `few` says whether all groups are of a few sites, or that
    those of as many rows, the first, are."""
    sample = distinct(shingles_of(rows), SAMPLE_BELOW)
    hot = [part.hot for part in ENGINE.parts(sample, SAMPLE_BELOW)]
    most = len(rows) * few if isinstance(few, bool) else few or 0
    of_few = None if few is None else lambda groups: (groups < most).all(axis=1)
    return find_furniture(hot, sample, ENGINE, of_few)


def sampled(hashes: list[int]) -> list[int]:
    return sorted(value for value in hashes if value < SAMPLE_BELOW)


def test_what_pages_share_and_nothing_else_is_furniture() -> None:
    rows = [POLICY + own_text() for _ in range(HOT_ARTICLES + 1)]
    found = furniture_of(rows)
    assert found.hashes.tolist() == sampled(POLICY)
    assert whole_furniture(found, distinct(shingles_of(rows)), ENGINE).tolist() == sorted(POLICY)


def test_a_story_that_many_carry_is_none() -> None:
    rows = [STORY[:200] + own_text(60) for _ in range(200)]
    assert furniture_of(rows).hashes.tolist() == []


@pytest.mark.parametrize("few", [None, False, True])
def test_what_makes_up_less_than_half_of_all_its_articles_is_furniture(few: bool | None) -> None:
    block = STORY[:200]
    rows = [block + own_text(300) for _ in range(60)]
    assert furniture_of(rows, few).hashes.tolist() == sampled(block)


def test_what_makes_up_most_of_its_articles_is_furniture_on_the_pages_of_few_sites() -> None:
    rows = [STORY + own_text(120) for _ in range(60)]
    assert furniture_of(rows, few=True).hashes.tolist() == sampled(STORY)
    assert furniture_of(rows, few=False).hashes.tolist() == []
    assert furniture_of(rows).hashes.tolist() == []


def test_copies_and_what_each_cuts_in_its_own_way_are_no_furniture_of_few_sites() -> None:
    copies = [STORY + own_text(8) for _ in range(60)]
    assert furniture_of(copies, few=True).hashes.tolist() == []
    cut = [
        GENERATOR.choice(STORY, GENERATOR.integers(60, 250), replace=False).tolist() + own_text(120)
        for _ in range(60)
    ]
    assert furniture_of(cut, few=True).hashes.tolist() == []


def test_what_a_few_sites_add_to_a_story_does_not_make_it_furniture() -> None:
    rows = [STORY + POLICY * (number < 40) + own_text(120) for number in range(200)]
    assert furniture_of(rows, few=40).hashes.tolist() == []


def test_furniture_on_the_pages_of_a_story_is_still_found() -> None:
    rows = [POLICY + STORY for _ in range(60)] + [POLICY + own_text(900) for _ in range(120)]
    found = furniture_of(rows)
    assert found.hashes.tolist() == sampled(POLICY)
    assert whole_furniture(found, distinct(shingles_of(rows)), ENGINE).tolist() == sorted(POLICY)


def test_what_few_pages_share_is_not_asked_about() -> None:
    assert furniture_of([POLICY + own_text() for _ in range(HOT_ARTICLES)]).hashes.tolist() == []


@pytest.mark.parametrize("holders", [HOT_ARTICLES + 1, 1000])
def test_witnesses_are_different_articles_that_hold_the_shingle(holders: int) -> None:
    rows = np.arange(5, 5 + holders, dtype=np.uint64)
    found = find_hot(np.concatenate([[np.uint64(2)], rows | np.uint64(9 << 32)]))
    assert found.hashes.tolist() == [9]
    (witnesses,) = found.witnesses.tolist()
    assert len(set(witnesses)) == WITNESSES
    assert set(witnesses) <= set(rows.tolist())
    assert max(witnesses) > holders * 0.8  # from all over the corpus


def test_every_shingle_of_the_furniture_is_marked_and_can_be_left_out() -> None:
    pieces = shingles_of([[5, 1, 2, 6], [], [2]])
    furniture = np.array([1, 2], dtype=np.uint32)
    assert is_furniture(pieces, furniture).tolist() == [False, True, True, False, True]
    left = without(pieces, furniture)
    assert [left[row].tolist() for row in range(3)] == [[5, 6], [], []]


#: Some that end alike, or begin alike, or both but for a bit.
NEARBY = st.builds(
    lambda upper, lower: upper << 16 | lower,
    st.sampled_from([0, 1, 0x1FFF, 0x8000, 0xFFFE, 0xFFFF]),
    st.sampled_from([0, 1, 2, 0x7FFF, 0xFFFF]),
)


@settings(deadline=None)
@given(st.lists(st.lists(NEARBY, max_size=40), max_size=30), st.sets(NEARBY))
def test_every_engine_leaves_out_the_same(rows: list[list[int]], known: set[int]) -> None:
    pieces = shingles_of(rows)
    furniture = Furniture(np.array(sorted(known), dtype=np.uint32))
    wanted = [[value for value in row if value not in known] for row in rows]
    left = without(pieces, furniture.shingles)
    assert [left[row].tolist() for row in range(len(rows))] == wanted
    assert left.tokens.tolist() == pieces.tokens.tolist()
    for engine in ENGINES:
        assert engine.count(pieces, furniture).tolist() == list(map(len, wanted))


@settings(deadline=None)
@given(
    st.lists(st.sets(st.integers(0, 6)), min_size=4, max_size=8),
    st.lists(st.permutations(range(4)), max_size=100),
    st.integers(1, 4),
)
def test_every_engine_says_the_same_of_what_groups_have_in_common(
    held: list[set[int]], groups: list[list[int]], least: int
) -> None:
    sets = shingles_of([list(one) for one in held])
    rows = np.array(groups, dtype=np.int64).reshape(-1, 4)
    wanted = [
        [value for value in range(7) if sum(value in held[row] for row in group) >= least]
        for group in groups
    ]
    for engine in ENGINES:
        found = engine.common(sets, rows, least)
        assert [sorted(found[group].tolist()) for group in range(len(groups))] == wanted


def test_a_few_witnesses_tell_how_much_there_is_of_a_piece() -> None:
    rows = [POLICY + own_text() for _ in range(HOT_ARTICLES + 1)]
    found = furniture_of(rows)
    few = first_witnesses(found)
    assert few.shape == (len(found.hashes), FEW)
    assert set(few[0].tolist()) <= set(found.witnesses[0].tolist())
    assert set(size_by_few(few, distinct(shingles_of(rows)), ENGINE).tolist()) == {len(POLICY)}


def test_no_furniture_leaves_all() -> None:
    pieces = shingles_of([[5, 1], [2]])
    nothing = np.empty(0, dtype=np.uint32)
    assert without(pieces, nothing).hashes.tolist() == [5, 1, 2]
    assert furniture_of([]).hashes.tolist() == []
    assert whole_furniture(furniture_of([]), pieces, ENGINE).tolist() == []
