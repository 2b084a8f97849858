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
from dedup.detect.verdict import Facts, Label, judge_many
from dedup.scanning.columns import LABELS, SAME, UNRELATED
from dedup.scanning.comparing.batchtopics import LIKEN, Topics, likeness_of, open_topics
from dedup.scanning.comparing.figures import (
    ANY_RUN,
    COLUMNS,
    CONTAINMENT,
    COUNTS,
    COVERAGE,
    FEWEST_OWN,
    FURNISHED,
    IDENTICAL,
    NONE,
    OWN_COVERAGE,
    OWN_RUN,
    RATIOS,
    ROUND,
    TOKENS,
    TOUCHED,
    UNSURE,
    WORDS,
)
from dedup.scanning.comparing.weighing import weigh_bare
from dedup.scanning.outlining.flatsheets import Flat, lay_sheets
from dedup.scanning.outlining.packing import pack_sheet
from dedup.scanning.outlining.sheets import Sheet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGH_PAIRS = Compiled("dedup.scanning.comparing.weighkernel", "weigh_pairs")
#: Runs of a pair that there is room for.
MOST_RUNS = 1024
#: Seconds that the compiled engine saves on a pair, of articles of 500 words.
SAVED_SECONDS = 300e-6
#: Seconds to load it, and to compile it where that was never done.
LOAD_SECONDS, COMPILE_SECONDS = 0.1, 8.0
SHARED_PASSAGES = LABELS.index(Label.SHARED_PASSAGES)


class Batch(NamedTuple):
    """What is found of many pairs, as columns; good until this thread weighs others.

    Attributes:
        label: An index into `LABELS`; int8.
        jaccard: As in `weighing.Weighed`, and so the next three; float64.
        containment: float64.
        coverage: float64.
        run: int32.
        bare: What the label is without the furniture of the corpus (`weighing.weigh_bare`).
    """

    label: NDArray[np.int8]
    jaccard: NDArray[np.float64]
    containment: NDArray[np.float64]
    coverage: NDArray[np.float64]
    run: NDArray[np.int32]
    bare: NDArray[np.int8]


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
        counts: Of each sheet, as in `figures`; those that no pair asked for have `NONE`
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
    counts = room.take("counts", np.int64, len(flat.begin), COUNTS)
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

    flat, limits = opened.flat, opened.limits
    out, ratios = _compare(opened, pairs)
    whole: NDArray[np.int32] = out[0]
    found = _found(opened, pairs, whole, ratios[0], False)
    bare = found.label.copy()
    passages = (found.label == SHARED_PASSAGES) & (whole[FURNISHED] > 0)
    touched = (found.label != UNRELATED) & (whole[TOUCHED] > 0)
    again = np.flatnonzero(passages | touched)
    if len(again):
        left = _found(opened, pairs[again], out[1][:, again], ratios[1][:, again], True)
        bare[again] = left.label
        same = passages[again] & np.isin(left.label, SAME)
        for column, without in zip(_columns(found), _columns(left), strict=True):
            column[again[same]] = without[same]
        # A run shorter than a window is looked for in whole sheets alone.
        whole[UNSURE, again[same & (left.run < limits.shingle_words)]] = 1
    found = found._replace(bare=bare)
    for number in np.flatnonzero(whole[UNSURE]).tolist():
        one, two = pairs[number].tolist()
        (label, *figures), plain = weigh_bare(flat.sheet(one), flat.sheet(two), limits)
        row = LABELS.index(label), *figures, LABELS.index(plain)
        for column, figure in zip(_columns(found), row, strict=True):
            column[number] = figure
    return found


def _columns(batch: Batch) -> tuple[NDArray[Any], ...]:
    """Return what they are, whatever they hold."""
    return batch


def _compare(
    opened: Opened, pairs: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return what is found of each pair, with furniture and without it, and the ratios."""
    import numpy as np

    room, flat, limits = own_room(), opened.flat, opened.limits
    same, near = opened.least
    longest = len(same) - 1
    most = longest + ROUND + 2 * limits.shingle_words
    out = room.take("out", np.int32, 2, COLUMNS, len(pairs))
    ratios = room.take("ratios", np.float64, 2, RATIOS, len(pairs))
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
                    room.take("brief chains", np.uint32, longest),
                ),
            ),
        ),
        opened.counts,
        out,
        ratios,
    )
    return out, ratios


def _least(longest: int, share: float) -> NDArray[np.int64]:
    """Return the fewest of 0, 1, 2 … tokens that are such a share of them."""
    import numpy as np

    whole = np.arange(1, longest + 1)
    least = np.ceil(whole * share).astype(np.int64)
    least -= (least - 1) / whole >= share  # what is rounded here is rounded there
    least += least / whole < share
    return np.concatenate([np.zeros(1, dtype=np.int64), least])


def _found(
    opened: Opened,
    pairs: NDArray[np.int64],
    found: NDArray[np.int32],
    ratios: NDArray[np.float64],
    bare: bool,
) -> Batch:
    """Return labels of what was found of each pair, as the sheets are or without furniture."""
    import numpy as np

    page_a, page_b = opened.flat.pages[pairs.T]
    facts = Facts(
        identical=found[IDENTICAL] > 0,
        coverage=ratios[COVERAGE],
        own_coverage=ratios[OWN_COVERAGE],
        own_run=found[OWN_RUN],
        own_words=found[FEWEST_OWN],
        run=found[ANY_RUN],
        containment=ratios[CONTAINMENT],
        same_page=(page_a == page_b) & (page_a > 0),
        topic=np.zeros(len(pairs)),
    )
    label = judge_many(facts, opened.limits)
    apart = np.flatnonzero(label == UNRELATED)
    if len(apart):
        topic = likeness_of(opened.topics, pairs[apart], bare)
        rest = Facts(*(np.asarray(figure)[apart] for figure in facts))
        label[apart] = judge_many(rest._replace(topic=topic), opened.limits)
    jaccard, containment, _, own_coverage = ratios
    return Batch(label, jaccard, containment, own_coverage, found[OWN_RUN], label)
