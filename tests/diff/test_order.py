"""Which links keep the order, and which were moved."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from dedup.diff.order import heaviest_increasing

LISTS = st.permutations(range(7)).flatmap(
    lambda values: st.tuples(
        st.just(values), st.lists(st.integers(1, 9), min_size=len(values), max_size=len(values))
    )
)


@given(LISTS)
def test_no_increasing_subsequence_is_heavier(case: tuple[list[int], list[int]]) -> None:
    values, weights = case
    heaviest = max(
        sum(weights[n] for n in chosen)
        for size in range(1, len(values) + 1)
        for chosen in combinations(range(len(values)), size)
        if all(values[one] < values[other] for one, other in pairwise(chosen))
    )
    chain = heaviest_increasing(values, weights)
    assert sum(weights[n] for n in chain) == heaviest
    assert [values[n] for n in chain] == sorted(values[n] for n in chain)
    assert chain == sorted(chain)


def test_a_long_block_stays_and_the_sentence_that_jumped_over_it_moved() -> None:
    assert heaviest_increasing([1, 2, 3, 4, 0], [10, 10, 10, 10, 30]) == [0, 1, 2, 3]


def test_of_two_that_changed_places_the_longer_stays() -> None:
    assert heaviest_increasing([1, 0], [20, 18]) == [0]
    assert heaviest_increasing([1, 0], [18, 20]) == [1]


def test_of_equally_heavy_chains_the_one_that_ends_first_stays() -> None:
    assert heaviest_increasing([1, 0], [5, 5]) == [0]


def test_nothing_in_order_out_of_nothing() -> None:
    assert heaviest_increasing([], []) == []
