"""The compiled index gives the pairs of the plain one, whatever is shared and however it is cut."""

import importlib.util
from collections import Counter
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect import indexing, meetings
from dedup.detect.batch import Shingles, distinct, offsets_of
from dedup.detect.buckets import SMALL, pack_pairs
from dedup.detect.engine import Engine, NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.meetings import Part, ranges
from dedup.detect.postings import SAMPLE_BELOW

HAS_NUMBA = importlib.util.find_spec("numba") is not None
ENGINES: list[Engine] = [NumpyEngine()]
if HAS_NUMBA:
    ENGINES += [KernelEngine(), KernelEngine(threads=3)]

#: Few of the values are often drawn, so that buckets get large; the last is on a part's edge.
VALUES = st.one_of(
    st.integers(0, 5).map(lambda number: number * (SAMPLE_BELOW // 7)),
    st.integers(0, SAMPLE_BELOW - 1),
    st.just(SAMPLE_BELOW - 1),
)
ROWS = st.lists(st.lists(VALUES, max_size=8), max_size=60)


def sample_of(rows: list[list[int]]) -> Shingles:
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    hashes = np.array(list(chain.from_iterable(rows)), dtype=np.uint32)
    return distinct(Shingles(hashes, offsets_of(sizes), sizes), SAMPLE_BELOW)


def met(found: list[Part], articles: int) -> list[Counter[int]]:
    """Return how often each pair of each range of rows occurs, whichever part it is in."""
    return [
        Counter(
            pair
            for some in meetings.slices(found, number)
            for pair in pack_pairs(*meetings.unpack_range(some, number, articles)).tolist()
        )
        for number in range(len(found[0].edges) - 1)
    ]


def crowded(found: list[Part]) -> list[int]:
    return sorted(chain.from_iterable(part.crowded.tolist() for part in found))


def hot(found: list[Part]) -> dict[int, list[int]]:
    rows = chain.from_iterable(
        zip(part.hot.hashes.tolist(), part.hot.witnesses.tolist(), strict=True) for part in found
    )
    return dict(rows)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(1, 40), st.integers(1, 3))
def test_every_engine_finds_the_same_pairs_and_hot_shingles(
    rows: list[list[int]], entries: int, range_bits: int
) -> None:
    sample = sample_of(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meetings, "RANGE_BITS", range_bits)
        for module in (meetings, indexing):
            patch.setattr(module, "PART_ENTRIES", entries)
        patch.setattr(indexing, "BIN_ENTRIES", entries)
        patch.setattr(indexing, "MARK_BITS", 6)
        plain = NumpyEngine().parts(sample, SAMPLE_BELOW)
        for engine in ENGINES[1:]:
            found = engine.parts(sample, SAMPLE_BELOW)
            assert met(found, len(rows)) == met(plain, len(rows))
            assert crowded(found) == crowded(plain)
            assert hot(found) == hot(plain)


NUMBERS = st.lists(st.integers(1, 4), min_size=60, max_size=60)


@settings(max_examples=60, deadline=None)
@given(ROWS, NUMBERS, NUMBERS | st.integers(1, 3))
def test_frequent_pairs_are_those_that_meet_often_and_may_share_enough(
    rows: list[list[int]], wanted: list[int], meetings_wanted: list[int] | int
) -> None:
    sample = sample_of(rows)
    each = [meetings_wanted] * 60 if isinstance(meetings_wanted, int) else meetings_wanted
    held = Counter(sample.hashes.tolist())
    crowds = [sum(held[value] > SMALL for value in sample[row]) for row in range(len(rows))]
    parts = NumpyEngine().parts(sample, SAMPLE_BELOW)
    kept = []
    for pair, times in sorted(sum(met(parts, len(rows)), Counter()).items()):
        a, b = pair >> 32, pair & 0xFFFFFFFF
        enough = min(wanted[a], wanted[b])
        often = times >= min(enough, each[a], each[b])
        if often and times + min(crowds[a], crowds[b]) >= enough:
            kept.append(pair)
    least = np.array(wanted[: len(rows)], dtype=np.int64)
    asked = meetings_wanted if isinstance(meetings_wanted, int) else np.array(each[: len(rows)])
    for engine in ENGINES:
        found = engine.parts(sample, SAMPLE_BELOW)
        assert engine.frequent(found, least, asked).tolist() == kept
        assert engine.frequent(found, least.astype(np.float64), asked).tolist() == kept


@settings(max_examples=60, deadline=None)
@given(ROWS, NUMBERS)
def test_no_pair_is_lost_that_meets_once_and_shares_enough(
    rows: list[list[int]], wanted: list[int]
) -> None:
    sample = sample_of(rows)
    sets = [set(sample[row].tolist()) for row in range(len(rows))]
    least = np.array(wanted[: len(rows)], dtype=np.int64)
    for engine in ENGINES:
        parts = engine.parts(sample, SAMPLE_BELOW)
        found = set(engine.frequent(parts, least, 1).tolist())
        for pair in sum(met(parts, len(rows)), Counter()):
            a, b = pair >> 32, pair & 0xFFFFFFFF
            assert pair in found or len(sets[a] & sets[b]) < min(wanted[a], wanted[b])


@pytest.mark.parametrize(
    ("articles", "bits"), [(0, 11), (2, 11), (1 << 21, 11), (1 << 22, 10), (1 << 31, 1)]
)
def test_a_pair_of_a_range_fits_in_32_bits(articles: int, bits: int) -> None:
    assert meetings.range_bits(articles) == bits
    assert meetings.row_bits(articles) + bits <= 32
    assert ranges(articles) << bits >= articles
    if articles:
        first, last = (ranges(articles) - 1) << bits, articles - 1
        packed = (last - first) << meetings.row_bits(articles) | last
        pairs = np.array([packed], dtype=np.uint32)
        a, b = meetings.unpack_range(pairs, ranges(articles) - 1, articles)
        assert (a.tolist(), b.tolist()) == ([last], [last])


@pytest.mark.parametrize("articles", [0, 1, 2047, 2048, 2049, 5000])
def test_pairs_lie_in_the_range_of_their_lower_row(articles: int) -> None:
    rows = [[row // 2 * 100] for row in range(articles)]
    for engine in ENGINES:
        found = engine.parts(sample_of(rows), SAMPLE_BELOW)
        assert len(found[0].edges) == ranges(articles) + 1
        for number, pairs in enumerate(met(found, articles)):
            assert {pair >> 32 >> meetings.RANGE_BITS for pair in pairs} <= {number}
        assert sum(map(len, met(found, articles))) == articles // 2
