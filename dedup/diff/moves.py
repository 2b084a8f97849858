"""Find phrases that moved inside a sentence: cut in one place, and put in at another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from dedup.diff.surface import Word

#: Pairs of equal words that are looked at; texts that repeat one word have no phrases to move.
MOST_PAIRS = 50_000


class Gap(NamedTuple):
    """What stands between two matched words: `a[i:i_end]` against `b[j:j_end]`."""

    i: int
    i_end: int
    j: int
    j_end: int


class Moved(NamedTuple):
    """A run of words that stands at `a[i:i + size]` and at `b[j:j + size]`."""

    i: int
    j: int
    size: int


def moved_phrases(
    a: Sequence[Word], b: Sequence[Word], gaps: Sequence[Gap], is_light: Callable[[Word], bool]
) -> list[Moved]:
    """Return runs of words that left one gap and stand in another, longest first taken.

    A run begins and ends with a word, not a mark, and says something: two words at least, one of
    them no function word; or one word that fills its gap or is a name or a number.
    """
    runs = [run for run in _common_runs(a, b, gaps) if _says_something(a, b, run, gaps, is_light)]
    runs.sort(key=lambda run: (-run.size, run.j, run.i))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    chosen: list[Moved] = []
    for run in runs:
        mine, other = range(run.i, run.i + run.size), range(run.j, run.j + run.size)
        if taken_a.isdisjoint(mine) and taken_b.isdisjoint(other):
            taken_a.update(mine)
            taken_b.update(other)
            chosen.append(run)
    return sorted(chosen, key=lambda run: run.j)


def _common_runs(a: Sequence[Word], b: Sequence[Word], gaps: Sequence[Gap]) -> list[Moved]:
    """Return the maximal runs that a gap's A side shares with another gap's B side."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, gap in enumerate(gaps):
        for i in range(gap.i, gap.i_end):
            places[a[i].key].append((i, number))
    length: dict[tuple[int, int], int] = {}
    runs: list[Moved] = []
    looked_at = 0
    for number, gap in enumerate(gaps):
        for j in range(gap.j_end - 1, gap.j - 1, -1):
            for i, source in places.get(b[j].key, ()):
                looked_at += 1
                if looked_at > MOST_PAIRS:
                    return []
                inside = i + 1 < gaps[source].i_end and j + 1 < gap.j_end
                size = 1 + (length.get((i + 1, j + 1), 0) if inside else 0)
                length[i, j] = size
                starts = i == gaps[source].i or j == gap.j or a[i - 1].key != b[j - 1].key
                if source != number and starts:
                    runs.append(_without_marks(a, Moved(i, j, size)))
    return [run for run in runs if run.size]


def _without_marks(a: Sequence[Word], run: Moved) -> Moved:
    i, j, size = run
    while size and a[i].is_mark:
        i, j, size = i + 1, j + 1, size - 1
    while size and a[i + size - 1].is_mark:
        size -= 1
    return Moved(i, j, size)


def _says_something(
    a: Sequence[Word],
    b: Sequence[Word],
    run: Moved,
    gaps: Sequence[Gap],
    is_light: Callable[[Word], bool],
) -> bool:
    words = a[run.i : run.i + run.size]
    if all(is_light(word) or word.is_mark for word in words):
        return False
    if run.size > 1 or any(map(str.isdigit, words[0].text)):
        return True
    if words[0].is_capital and b[run.j].is_capital:
        return True
    return any(
        (gap.i, gap.i_end) == (run.i, run.i + 1) or (gap.j, gap.j_end) == (run.j, run.j + 1)
        for gap in gaps
    )
