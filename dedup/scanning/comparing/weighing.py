"""Whether two sheets are one story: the verdict of `compare`, in a twentieth of its time.

`weigh` is held to `judge(gather(a, b))` by a property test: the label and every figure it gives
are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedup.article import Span
from dedup.detect.thresholds import Thresholds
from dedup.detect.tiling import Windows, longest_run, passages, windows
from dedup.detect.verdict import SAME_STORY_LABELS, Evidence, Label, Run, judge
from dedup.scanning.outlining.sheets import Sheet, Table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Where a run lies is not asked for here.
_NOWHERE = Span(0, 0)


class Weighed(NamedTuple):
    """What a pair shares, as in `Evidence`, and the label that follows."""

    label: Label
    jaccard: float
    containment: float
    coverage_unquoted: float
    longest_run_unquoted: int


def weigh(a: Sheet, b: Sheet, limits: Thresholds) -> Weighed:
    """Return what `compare` would find of a pair, as far as a scan needs it.

    What cannot matter to the label is not measured: passages where the shared windows cannot
    cover enough of both, topics where a passage was copied. O(n log n) in the tokens of both.
    """
    import numpy as np

    size = limits.shingle_words
    identical = len(a.tokens) > 0 and np.array_equal(a.tokens, b.tokens)
    pair = _Pair(a, b)
    one, two, held, _ = pair.meet(size, False)
    if len(one.hashes) and len(two.hashes):
        common = int(np.count_nonzero(held))
        jaccard = common / (len(one.hashes) + len(two.hashes) - common)
        containment = common / min(len(one.hashes), len(two.hashes))
    else:
        jaccard = containment = float(identical)
    coverage = _coverage(pair, size)
    run = _longest(pair, True)
    covered = 0 if identical else _passages(pair, limits)
    few = min(a.own_words, b.own_words) < limits.own_words
    evidence = Evidence(
        minhash_jaccard=jaccard,  # no rule asks for the estimate
        jaccard=jaccard,
        containment=containment,
        containment_unquoted=0.0,  # nor for this
        coverage_unquoted=coverage,
        longest_run=Run(_longest(pair, False), _NOWHERE, _NOWHERE) if few else None,
        longest_run_unquoted=Run(run, _NOWHERE, _NOWHERE),
        passages=0,
        coverage_a=_ratio(covered, len(a.tokens)),
        coverage_b=_ratio(covered, len(b.tokens)),
        identical=identical,
        words_a=len(a.tokens),
        words_b=len(b.tokens),
        unquoted_a=a.own_words,
        unquoted_b=b.own_words,
        topic=0.0 if run >= limits.shared_passages_run else likeness(a, b),
        same_page=len(a.page) > 0 and np.array_equal(a.page, b.page),
    )
    label = judge(evidence, limits).label
    return Weighed(label, jaccard, containment, coverage, run)


def weigh_bare(a: Sheet, b: Sheet, limits: Thresholds) -> tuple[Weighed, Label]:
    """Return what a pair shares, and the label that it has without the furniture of its corpus.

    Furniture that both have may look like a common passage; the label without it says so.
    Furniture that one of them has makes a version look like an article of its own with passages
    of the other in it: where the rest is one story, the figures are those of the rest.
    """
    found = weigh(a, b, limits)
    passages = found.label is Label.SHARED_PASSAGES and len(a.furniture) + len(b.furniture) > 0
    if not (passages or _touched(a, b, limits, found.label)):
        return found, found.label
    bare = weigh(a.stripped, b.stripped, limits)
    if passages and bare.label in SAME_STORY_LABELS:
        found = bare
    return found, bare.label


def _touched(a: Sheet, b: Sheet, limits: Thresholds, label: Label) -> bool:
    """Say whether what the two have in common reaches into furniture."""
    import numpy as np

    if label is Label.UNRELATED or not (len(a.furniture) and len(b.furniture)):
        return False
    size = limits.shingle_words
    one, two = a.table(size, False), b.table(size, False)
    starts = one.places[_meet(one, two)[0][one.which]]
    inside = np.zeros(len(a.tokens), dtype=np.bool_)
    inside[a.furniture] = True
    return bool(inside[starts].any() or inside[starts + size - 1].any())


class _Pair:
    """Two sheets, and which of their windows are in both: each size is asked for several times."""

    __slots__ = ("_met", "a", "b")

    def __init__(self, a: Sheet, b: Sheet) -> None:
        self.a, self.b = a, b
        self._met: dict[tuple[int, bool], _Met] = {}

    def meet(self, size: int, own: bool) -> _Met:
        key = size, own
        if key not in self._met:
            one, two = self.a.table(size, own), self.b.table(size, own)
            self._met[key] = _Met(one, two, *_meet(one, two))
        return self._met[key]


class _Met(NamedTuple):
    """Two tables, which windows of the one are in the other too, and where there."""

    one: Table
    two: Table
    held: NDArray[np.bool_]
    at: NDArray[np.int64]


def _meet(a: Table, b: Table) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Return which windows of `a` are in `b` too, and where there."""
    import numpy as np

    if not len(b.hashes):
        return np.zeros(len(a.hashes), dtype=np.bool_), np.zeros(len(a.hashes), dtype=np.int64)
    at = np.searchsorted(b.hashes, a.hashes)
    at[at == len(b.hashes)] = 0
    return b.hashes[at] == a.hashes, at


def _coverage(pair: _Pair, size: int) -> float:
    """Return `Evidence.coverage_unquoted`."""
    import numpy as np

    a, b = pair.a, pair.b
    one, two, in_one, at = pair.meet(size, True)
    if not in_one.any():
        return 0.0
    in_two = np.zeros(len(two.hashes), dtype=np.bool_)
    in_two[at[in_one]] = True
    fewest = min(a.own_words, b.own_words)
    return max(
        _ratio(_covered(table.places[held[table.which]], size), fewest)
        for sheet, table, held in ((a, one, in_one), (b, two, in_two))
        if sheet.own_words == fewest
    )


def _covered(starts: NDArray[np.int64], size: int) -> int:
    """Return how many tokens lie in windows that begin at the given places, which ascend."""
    import numpy as np

    if not len(starts):
        return 0
    return int(np.minimum(starts[1:] - starts[:-1], size).sum()) + size


class _Runs(NamedTuple):
    """Maximal common runs: where they begin in either text, and their lengths in tokens."""

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    lengths: NDArray[np.int64]


def _runs(pair: _Pair, size: int, own: bool) -> _Runs | None:
    """Return all common runs of `size` tokens and more; None where a window is ambiguous.

    A shared window that stands once in each text pairs two places; consecutive pairs are a run.
    """
    import numpy as np

    one, two, held, at = pair.meet(size, own)
    at = at[held]
    if one.repeated[held].any() or two.repeated[at].any():
        return None
    order = np.argsort(one.first[held])
    a, b = one.first[held][order], two.first[at][order]
    inside = np.arange(size)  # of other words may come the same 32 bits
    equal = pair.a.tokens[a[:, None] + inside] == pair.b.tokens[b[:, None] + inside]
    a, b = a[equal.all(axis=1)], b[equal.all(axis=1)]
    opens = np.ones(len(a), dtype=np.bool_)
    opens[1:] = (a[1:] - a[:-1] != 1) | (b[1:] - b[:-1] != 1)
    firsts = np.flatnonzero(opens)
    return _Runs(a[firsts], b[firsts], np.append(firsts[1:], len(a)) - firsts + size - 1)


#: Windows from which runs are made: those that coverage needs anyway, then long ones, of which
#: hardly any stands twice in a text.
_SHORT, _LONG = 5, 16


def _longest(pair: _Pair, own: bool) -> int:
    """Return the length of the longest common run, in all of the texts or outside quotations."""
    runs = _runs(pair, _SHORT, own)
    if runs is None:
        runs = _runs(pair, _LONG, own)
    if runs is not None and len(runs.lengths):
        return int(runs.lengths.max())
    found = longest_run(*_windows(pair.a, pair.b, own))
    return found.length if found else 0


def _passages(pair: _Pair, limits: Thresholds) -> int:
    """Return how many tokens lie in passages, or 0 where they are too few for `near_identical`."""
    import numpy as np

    size, enough = limits.passage_words, limits.near_identical_coverage
    a, b = pair.a, pair.b
    one, two, held, at = pair.meet(size, False)
    in_two = np.zeros(len(two.hashes), dtype=np.bool_)
    in_two[at[held]] = True
    most = min(
        _ratio(_covered(table.places[inside[table.which]], size), len(sheet.tokens))
        for sheet, table, inside in ((a, one, held), (b, two, in_two))
    )
    if most < enough:
        return 0
    runs = _runs(pair, size, False)
    if runs is not None and _apart(runs.a, runs.lengths) and _apart(runs.b, runs.lengths):
        return int(runs.lengths.sum())
    long = max(size, _LONG)
    runs = _runs(pair, long, False)
    if runs is not None and _apart(runs.a, runs.lengths) and _apart(runs.b, runs.lengths):
        # Greedy tiling takes each of these before any shorter one: it covers no less.
        covered = int(runs.lengths.sum())
        if covered >= enough * max(len(a.tokens), len(b.tokens)):
            return covered
    return sum(tile.length for tile in passages(*_windows(a, b, False), size))


def _apart(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> bool:
    """Say whether no two runs overlap in a text: greedy tiling takes every one of them then."""
    import numpy as np

    order = np.argsort(starts)
    starts, ends = starts[order], starts[order] + lengths[order]
    return bool((starts[1:] >= ends[:-1]).all())


def _windows(a: Sheet, b: Sheet, own: bool) -> tuple[Windows, NDArray[np.int64]]:
    """Return the windows that both share, by name, and the room of each token: for `tiling`."""
    import numpy as np

    room = np.concatenate([a.own_room, b.own_room] if own else [a.room, b.room])
    # Hashes of 64 bits stand for the words: what is equal is equal.
    one, two = (list(map(str, sheet.tokens.tolist())) for sheet in (a, b))
    return windows(one, two, room), room


def likeness(a: Sheet, b: Sheet) -> float:
    """Return `topic.likeness` of two sheets."""
    import numpy as np

    (words_a, weights_a), (words_b, weights_b) = a.topic, b.topic
    _, in_a, in_b = np.intersect1d(words_a, words_b, assume_unique=True, return_indices=True)
    return min(1.0, float(weights_a[in_a] @ weights_b[in_b]))


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
