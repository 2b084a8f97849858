"""Many pairs of sheets at a time on the compiled engine: a fiftieth of what `weigh` takes.

Held to `weigh_bare` by a property test: the label and every figure are the same.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.detect.batch import offsets_of
from dedup.detect.machine import Compiled
from dedup.detect.room import own_room, places_for
from dedup.detect.thresholds import Thresholds
from dedup.detect.verdict import SAME_STORY_LABELS, Facts, Label, judge_many
from dedup.scanning.batchtopics import LIKEN, Topics, likeness_of, open_topics
from dedup.scanning.columns import LABELS
from dedup.scanning.flatsheets import Flat, lay_sheets
from dedup.scanning.packing import pack_sheet
from dedup.scanning.sheets import Sheet
from dedup.scanning.weighing import weigh_bare

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGH_PAIRS = Compiled("dedup.scanning.weighkernel", "weigh_pairs")
#: As in the modules of these: columns of what is found of a pair, and of what is counted of a
#: sheet; runs of a pair; windows of a round; an array of a sheet; and the words of a sheet that
#: was not looked at.
IDENTICAL, SHARED, TAKEN, OWN_RUN, ANY_RUN, COVERED, TOUCHED, UNSURE = range(8)
WORDS, OWN_WORDS, BARE_WORDS, BARE_OWN_WORDS, WINDOWS, BARE_WINDOWS, REPEATS = range(7)
MOST_RUNS, ROUND, TOKENS, NONE = 1024, 64, 0, -1
#: What is counted of sheets as they are, and without furniture: words, those outside quotations,
#: different windows.
_WHOLE, _REST = [WORDS, OWN_WORDS, WINDOWS], [BARE_WORDS, BARE_OWN_WORDS, BARE_WINDOWS]
#: Seconds that the compiled engine saves on a pair, of articles of 500 words.
SAVED_SECONDS = 300e-6
#: Seconds to load it, and to compile it where that was never done.
LOAD_SECONDS, COMPILE_SECONDS = 0.1, 8.0
SHARED_PASSAGES = LABELS.index(Label.SHARED_PASSAGES)
UNRELATED = LABELS.index(Label.UNRELATED)
SAME = tuple(place for place, label in enumerate(LABELS) if label in SAME_STORY_LABELS)


class Batch(NamedTuple):
    """What is found of many pairs, as columns.

    Attributes:
        label: An index into `LABELS`; int64.
        jaccard: As in `weighing.Weighed`, and so the next three; float64.
        containment: float64.
        coverage: float64.
        run: int64.
        bare: What the label is without the furniture of the corpus (`weighing.weigh_bare`).
    """

    label: NDArray[np.int64]
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    coverage: NDArray[np.float64]
    run: NDArray[np.int64]
    bare: NDArray[np.int64]


def choose(engine: str, limits: Thresholds, pairs: int, processes: int = 1) -> bool:
    """Say whether the compiled engine weighs pairs, by what either was measured to cost.

    Args:
        engine: `numpy`, `numba`, or `auto` for the one that finishes sooner.
        limits: What labels turn on. The compiled engine makes one table of a sheet, and wants
            shingles and passages of one size; of two words at least, so that a window shows
            whether something is left out between words.
        pairs: About how many there are to weigh.
        processes: That would share them without it, as threads do with it.

    >>> choose("auto", Thresholds(), 100)
    False
    """
    if engine == "numpy" or find_spec("numba") is None:
        return False
    if limits.shingle_words != limits.passage_words or limits.shingle_words < 2:
        return False
    start = LOAD_SECONDS if is_compiled() else COMPILE_SECONDS
    return engine == "numba" or start < pairs * SAVED_SECONDS / processes


def is_compiled() -> bool:
    """Say whether the machine code lies on disk, so that a caller can announce a wait."""
    return all(function.is_there for function in (WEIGH_PAIRS, LIKEN))


def warm_up() -> None:
    """Load the compiled functions; compile them, if they never were."""
    import numpy as np

    nothing, none = np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32)
    few = np.arange(2, dtype=np.uint64)
    sheets = [
        Sheet(few + shift, few.astype(np.uint16), none, none.reshape(0, 2), none, none, nothing)
        for shift in np.array([1, 3], dtype=np.uint64)
    ]
    # Two that share nothing: their topics are compared as well.
    opened = open_sheets(lay_sheets(list(map(pack_sheet, sheets))), Thresholds())
    weigh_batch(opened, np.array([[0, 1]]))


class Opened(NamedTuple):
    """Sheets at hand, with room for what is made of each once a pair asks for it.

    Attributes:
        flat: The sheets.
        limits: As `choose` bears them.
        counts: Of each sheet, as `windowkernel` counts; those that no pair asked for have `NONE`
            words.
        offsets: Where the windows of each sheet begin; int64.
        windows: Of all sheets, as `weighkernel` takes them.
        least: The fewest tokens of 0, 1, 2 … that are one story, and that are nearly identical.
        topics: Of the sheets.
    """

    flat: Flat
    limits: Thresholds
    counts: NDArray[np.int64]
    offsets: NDArray[np.int64]
    windows: tuple[NDArray[Any], ...]
    least: tuple[NDArray[np.int64], NDArray[np.int64]]
    topics: Topics


def open_sheets(flat: Flat, limits: Thresholds) -> Opened:
    """Return sheets to be weighed; good until this thread opens others."""
    import numpy as np

    room, sizes = own_room(), flat.lengths[:, TOKENS]
    offsets = offsets_of(-(-sizes // ROUND) * ROUND)
    tokens = int(offsets[-1]) + ROUND + limits.shingle_words
    counts = room.take("counts", np.int64, len(flat.begin), REPEATS + 1)
    counts[:, WORDS] = NONE
    hashes = room.take("hashes", np.uint32, tokens)
    longest = int(sizes.max(initial=1))
    shares = limits.same_story_coverage, limits.near_identical_coverage
    same, near = (_least(longest, share) for share in shares)
    bits, chains = room.take("bits", np.uint8, 3, tokens), room.take("chains", np.int32, 2, tokens)
    windows = hashes, *bits, *chains
    return Opened(flat, limits, counts, offsets, windows, (same, near), open_topics(flat))


def weigh_batch(opened: Opened, pairs: NDArray[np.int64]) -> Batch:
    """Return what `weigh_bare` finds of each pair.

    Args:
        opened: The sheets of some articles.
        pairs: Two rows of them each; shape `(n, 2)`.

    O(tokens of the sheets that no pair asked for before), and of the pairs: of 430 words each, 5 µs
    a pair with what is opened for it (2026-11, a core of a busy machine).
    """
    import numpy as np

    flat, limits, counts = opened.flat, opened.limits, opened.counts
    whole, rest = _compare(opened, pairs)
    a, b = counts[pairs[:, 0]], counts[pairs[:, 1]]
    found = _found(opened, pairs, whole, _Side(a[:, _WHOLE], b[:, _WHOLE], False))
    bare = found.label.copy()
    in_a, in_b = (of[:, BARE_WORDS] < of[:, WORDS] for of in (a, b))
    passages = (found.label == SHARED_PASSAGES) & (in_a | in_b)
    touched = (whole[:, TOUCHED] > 0) & in_a & in_b & (found.label != UNRELATED)
    again = np.flatnonzero(passages | touched)
    if len(again):
        side = _Side(a[again][:, _REST], b[again][:, _REST], True)
        left = _found(opened, pairs[again], rest[again], side)
        bare[again] = left.label
        same = passages[again] & np.isin(left.label, SAME)
        for column, without in zip(found, left, strict=True):
            column[again[same]] = without[same]
        # A run shorter than a window is looked for in whole sheets alone.
        whole[again[same & (left.run < limits.shingle_words)], UNSURE] = 1
    found = found._replace(bare=bare)
    for number in np.flatnonzero(whole[:, UNSURE]).tolist():
        one, two = pairs[number].tolist()
        (label, *figures), plain = weigh_bare(flat.sheet(one), flat.sheet(two), limits)
        row = LABELS.index(label), *figures, LABELS.index(plain)
        for column, figure in zip(found, row, strict=True):
            column[number] = figure
    return found


class _Side(NamedTuple):
    """The sheets of pairs as they are, or without furniture.

    Attributes:
        a: Words, own words and windows of the first of each pair; shape `(n, 3)`.
        b: Of the second.
        bare: Whether it is without.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    bare: bool


def _compare(opened: Opened, pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what is found of each pair, with furniture and without it."""
    import numpy as np

    room, flat, limits = own_room(), opened.flat, opened.limits
    same, near = opened.least
    longest = len(same) - 1
    most = longest + ROUND + 2 * limits.shingle_words
    out = room.take("out", np.int64, 2, len(pairs), UNSURE + 1)
    WEIGH_PAIRS(
        np.ascontiguousarray(pairs),
        limits.shingle_words,
        limits.own_words,
        limits.shared_passages_run,
        same,
        near,
        flat.wide,
        flat.inner,
        flat.starts,
        flat.lengths,
        opened.offsets,
        opened.windows,
        tuple(room.take("tables", np.uint32, 2, places_for(longest))),
        (
            *room.take("met", np.uint8, 2, most),
            room.take("stretches", np.int64, MOST_RUNS, 3),
            room.take("runs", np.int64, MOST_RUNS, 3),
            room.take("sums", np.int64, 2, 4),
            (
                room.take("kept", np.int64, 2),
                room.take("brief table", np.uint32, places_for(longest)),
                (
                    tuple(room.take("brief hashes", np.uint32, 2, most)),
                    tuple(room.take("brief flags", np.uint8, 2, most)),
                    room.take("brief joint", np.uint8, most),
                    *room.take("brief chains", np.int32, 2, longest),
                    room.take("brief counts", np.int64, REPEATS + 1),
                ),
            ),
        ),
        opened.counts,
        out,
    )
    return out


def _least(longest: int, share: float) -> NDArray[np.int64]:
    """Return the fewest of 0, 1, 2 … tokens that are such a share of them."""
    import numpy as np

    whole = np.arange(1, longest + 1)
    least = np.ceil(whole * share).astype(np.int64)
    least -= (least - 1) / whole >= share  # what is rounded here is rounded there
    least += least / whole < share
    return np.concatenate([np.zeros(1, dtype=np.int64), least])


def _found(opened: Opened, pairs: NDArray[np.int64], out: NDArray[np.int64], side: _Side) -> Batch:
    """Return labels and ratios of what was found of each pair."""
    import numpy as np

    flat, limits = opened.flat, opened.limits
    (words, _, _), (_, own, fewest) = np.maximum(side.a, side.b).T, np.minimum(side.a, side.b).T
    page_a, page_b = flat.pages[pairs.T]
    identical, shared = out[:, IDENTICAL] > 0, out[:, SHARED]
    short = fewest == 0
    facts = Facts(
        identical=identical,
        coverage=out[:, COVERED] / np.maximum(1, words),
        own_coverage=out[:, TAKEN] / np.maximum(1, own),
        own_run=out[:, OWN_RUN],
        own_words=own,
        run=out[:, ANY_RUN],
        containment=np.where(short, identical, shared / np.maximum(1, fewest)),
        same_page=(page_a == page_b) & (page_a > 0),
        topic=np.zeros(len(pairs)),
    )
    label = judge_many(facts, limits)
    apart = np.flatnonzero(label == UNRELATED)
    if len(apart):
        topic = likeness_of(opened.topics, pairs[apart], side.bare)
        rest = Facts(*(np.asarray(figure)[apart] for figure in facts))
        label[apart] = judge_many(rest._replace(topic=topic), limits)
    union = np.maximum(1, side.a[:, -1] + side.b[:, -1] - shared)
    return Batch(
        label,
        np.where(short, identical, shared / union),
        np.asarray(facts.containment),
        np.asarray(facts.own_coverage),
        out[:, OWN_RUN].copy(),
        label,
    )
