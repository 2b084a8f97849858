"""Sketch: signatures as datasketch makes them, and the figures that sets of shingles give."""

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect.sketch import containment, estimate, jaccard, signature

hashes = st.lists(st.integers(0, 2**32 - 1), max_size=40)


def array(values: set[int] | list[int]) -> np.ndarray:
    return np.array(sorted(values), dtype=np.uint32)


@settings(max_examples=40)
@given(hashes, st.sampled_from([1, 16, 128]))
def test_a_signature_is_that_of_datasketch_fed_one_by_one(values: list[int], count: int) -> None:
    sketch = MinHash(num_perm=count, scheme="affine32", hashfunc=lambda value: value)
    for value in values:
        sketch.update(value)
    found = signature(np.array(values, dtype=np.uint32), count)
    assert found.dtype == np.uint32
    assert found.tolist() == sketch.hashvalues.tolist()


@pytest.mark.parametrize("common", [0, 10, 100, 400, 900, 1000])
def test_the_estimate_lies_within_four_standard_errors_of_the_exact_figure(common: int) -> None:
    drawn = np.random.default_rng(common).choice(2**32, 2000 - common, replace=False)
    values = drawn.astype(np.uint32)
    a, b = np.unique(values[:1000]), np.unique(values[1000 - common :])
    exact = jaccard(a, b)
    assert exact == common / (2000 - common)
    error = np.sqrt(exact * (1 - exact) / 128)
    assert abs(estimate(signature(a), signature(b)) - exact) <= 4 * error


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_set_figures_are_those_of_python_sets(a: set[int], b: set[int]) -> None:
    one, two = array(a), array(b)
    assert jaccard(one, two) == (len(a & b) / len(a | b) if a | b else 0)
    assert containment(one, two) == (len(a & b) / min(len(a), len(b)) if a and b else 0)
    assert jaccard(one, two) == jaccard(two, one)
    assert jaccard(one, two) <= containment(one, two) or not (a and b)


def test_what_is_empty_is_like_nothing_not_even_itself() -> None:
    assert jaccard(array([]), array([])) == 0
    assert containment(array([]), array([1])) == 0
