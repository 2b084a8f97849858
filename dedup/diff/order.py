"""Tell the links that keep the common order from those that were moved."""

from __future__ import annotations

from collections.abc import Sequence


def heaviest_increasing(values: Sequence[int], weights: Sequence[float]) -> list[int]:
    """Return the positions of the heaviest strictly increasing subsequence, ascending.

    The heaviest chain stays and the rest was moved, so that a long block counts as the fixed part
    and what jumped over it as moved. Of equally heavy chains the one whose last element comes
    first is returned. O(n log n) with a Fenwick tree of prefix maxima (Fenwick, 1994).

    >>> heaviest_increasing([0, 3, 1, 2], [10, 10, 10, 10])
    [0, 2, 3]
    >>> heaviest_increasing([1, 0], [3, 5])
    [1]
    """
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)), start=1)}
    size = len(ranks)
    best: list[tuple[float, int]] = [(0.0, -1)] * (size + 1)
    before = [-1] * len(values)
    total, last = 0.0, -1
    for position, value in enumerate(values):
        weight, previous = 0.0, -1
        rank = ranks[value] - 1
        while rank > 0:
            if best[rank][0] > weight:
                weight, previous = best[rank]
            rank &= rank - 1
        before[position] = previous
        weight += weights[position]
        rank = ranks[value]
        while rank <= size:
            if weight > best[rank][0]:
                best[rank] = (weight, position)
            rank += rank & -rank
        if weight > total:
            total, last = weight, position
    chain: list[int] = []
    while last >= 0:
        chain.append(last)
        last = before[last]
    return chain[::-1]
