"""Bands find nearly every pair at the threshold, and few others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect.bands import (
    LOWEST,
    MISSED,
    MOST_PERMUTATIONS,
    PASSED_OVER,
    Layout,
    agreeing,
    band_keys,
    choose_layout,
    pairs_of_band,
    sketches,
)
from dedup.detect.batch import Shingles, offsets_of
from dedup.detect.buckets import merged, pack_pairs, unpack_pairs
from dedup.detect.vectors import signatures
from dedup.errors import ConfigError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def band_pairs(keys: NDArray[np.uint32], rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the candidate pairs of all bands."""
    return merged([pairs_of_band(keys, rows, band) for band in range(keys.shape[1])])


@given(st.floats(0.26, 1.0))
def test_a_layout_keeps_its_promise_of_recall(threshold: float) -> None:
    layout = choose_layout(threshold)
    assert layout.permutations <= MOST_PERMUTATIONS
    assert layout.candidate(threshold) >= 1 - MISSED


def test_a_layout_lets_few_strangers_in() -> None:
    for threshold in (0.6, 0.7, 0.8, 0.9, 1.0):
        assert choose_layout(threshold).candidate(0.006) <= 1e-5


@pytest.mark.parametrize("threshold", [0.0, -0.1, 1.1, float("nan")])
def test_a_threshold_without_meaning_is_refused(threshold: float) -> None:
    with pytest.raises(ConfigError, match="threshold"):
        choose_layout(threshold)


def test_a_threshold_too_low_for_bands_is_refused() -> None:
    assert choose_layout(LOWEST).permutations <= MOST_PERMUTATIONS
    for threshold in (0.01, 0.1, LOWEST - 0.01):
        with pytest.raises(ConfigError, match=f"{threshold}: .* from {LOWEST} on; leave it out"):
            choose_layout(threshold)


def sets_of(jaccard: float, count: int, generator: np.random.Generator) -> Shingles:
    """Return pairs of articles of 300 shingles that are so alike, one pair after another."""
    common = round(300 * 2 * jaccard / (1 + jaccard))
    rows = []
    for _ in range(count):
        hashes = generator.integers(0, 1 << 32, 600 - common, dtype=np.uint32)
        rows += [hashes[:300], np.concatenate([hashes[:common], hashes[300:]])]
    sizes = np.full(len(rows), 300)
    return Shingles(np.concatenate(rows), offsets_of(sizes), sizes)


def candidates(pieces: Shingles, layout: Layout) -> set[tuple[int, int]]:
    keys = band_keys(signatures(pieces, layout.permutations), layout)
    a, b = unpack_pairs(band_pairs(keys, np.arange(len(pieces))))
    return set(zip(a.tolist(), b.tolist(), strict=True))


def test_pairs_at_the_threshold_are_found() -> None:
    layout = choose_layout(0.7)
    pieces = sets_of(0.72, 500, np.random.default_rng(7))
    found = candidates(pieces, layout)
    assert sum((row, row + 1) in found for row in range(0, 1000, 2)) >= 498
    assert len(found) <= 501  # and hardly a pair of strangers


@pytest.mark.parametrize("threshold", [0.9, 0.95, 0.98, 1.0])
def test_pairs_are_found_among_hundreds_of_versions_that_are_less_alike(threshold: float) -> None:
    generator = np.random.default_rng(5)
    story = generator.integers(0, 1 << 32, 400, dtype=np.uint32)
    versions = [generator.permutation(story)[:380] for _ in range(200)]
    own = generator.integers(0, 1 << 32, (200, 30), dtype=np.uint32)
    rows = [np.concatenate([*one]) for one in zip(versions, own, strict=True)]  # J 0.79
    sizes = np.full(400, 410)
    layout = choose_layout(threshold)
    found = candidates(Shingles(np.concatenate(rows * 2), offsets_of(sizes), sizes), layout)
    assert {(row, row + 200) for row in range(200)} <= found


def test_hardly_a_pair_at_the_threshold_is_passed_over_for_its_sketch() -> None:
    layout = choose_layout(0.7)
    generator = np.random.default_rng(9)
    for alike, jaccard in ((True, 0.72), (False, 0.2)):
        known = sketches(signatures(sets_of(jaccard, 400, generator), 51), layout)
        pairs = pack_pairs(np.arange(0, 800, 2), np.arange(1, 800, 2))
        enough = agreeing(known, pairs) >= layout.agreeing
        assert enough.mean() > 0.99 if alike else enough.mean() < 0.01


@given(st.floats(0.26, 1.0))
def test_so_many_values_agree_of_nearly_all_pairs_at_the_threshold(threshold: float) -> None:
    layout = choose_layout(threshold)
    counts = np.random.default_rng(3).binomial(layout.permutations, threshold, 20_000)
    assert (counts < layout.agreeing).mean() <= 10 * PASSED_OVER
    assert layout.agreeing > 0


def test_pairs_far_below_the_threshold_are_mostly_left_out() -> None:
    pieces = sets_of(0.1, 300, np.random.default_rng(8))
    assert len(candidates(pieces, choose_layout(0.7))) <= 10


def test_articles_that_are_all_the_same_give_a_linear_number_of_pairs() -> None:
    layout = choose_layout(0.7)
    keys = band_keys(np.ones((5000, layout.permutations), dtype=np.uint32), layout)
    assert len(band_pairs(keys, np.arange(5000))) < 3 * 5000


def test_only_the_given_rows_take_part() -> None:
    layout = Layout(2, 2)
    keys = band_keys(np.ones((3, 4), dtype=np.uint32), layout)
    a, b = unpack_pairs(band_pairs(keys, np.array([4, 9, 2**31])))
    assert list(zip(a.tolist(), b.tolist(), strict=True)) == [(4, 9), (4, 2**31), (9, 2**31)]


@settings(max_examples=40)
@given(
    st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), max_size=14),
)
def test_small_buckets_find_what_comparing_every_pair_finds(values: list[list[int]]) -> None:
    layout = Layout(3, 2)
    signed = np.array(values, dtype=np.uint32).reshape(-1, 6)
    a, b = unpack_pairs(band_pairs(band_keys(signed, layout), np.arange(len(values))))
    wanted = {
        (one, two)
        for two in range(len(values))
        for one in range(two)
        if any(values[one][band : band + 2] == values[two][band : band + 2] for band in (0, 2, 4))
    }
    assert set(zip(a.tolist(), b.tolist(), strict=True)) == wanted


def test_bands_come_one_by_one() -> None:
    keys = band_keys(np.array([[1, 1, 5, 5], [1, 1, 6, 6]], dtype=np.uint32), Layout(2, 2))
    assert [len(pairs_of_band(keys, np.arange(2), band)) for band in range(2)] == [1, 0]
