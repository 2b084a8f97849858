"""Many pairs of sheets at a time on the compiled engine: an eighth of what `weigh` takes.

Held to `weigh_bare` by a property test: the label and every figure are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.engine import LOAD_SECONDS, was_compiled
from dedup.detect.thresholds import Thresholds
from dedup.detect.verdict import SAME_STORY_LABELS, Facts, Label, judge_many
from dedup.scanning.columns import LABELS
from dedup.scanning.flatsheets import Flat, lay_sheets, without_furniture
from dedup.scanning.packing import unpack_sheet
from dedup.scanning.sheets import Sheet
from dedup.scanning.weighing import weigh

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Where the compiled functions are.
#: Seconds that the compiled engine saves on a pair, of articles of 500 words.
SAVED_SECONDS = 250e-6
#: Seconds to load and compile it where that was never done.
COMPILE_SECONDS = 8.0
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
            shingles and passages of one size.
        pairs: About how many there are to weigh.
        processes: That share them, each of which has to load it.

    >>> choose("auto", Thresholds(), 100)
    False
    """
    if engine == "numpy" or find_spec("numba") is None:
        return False
    if limits.shingle_words != limits.passage_words:
        return False
    start = LOAD_SECONDS if was_compiled("weighkernel") else COMPILE_SECONDS
    return engine == "numba" or start < pairs * SAVED_SECONDS / processes


def weigh_batch(packed: Sequence[bytes], pairs: NDArray[np.int64], limits: Thresholds) -> Batch:
    """Return what `weigh_bare` finds of each pair.

    Args:
        packed: The sheets of some articles (`packing.pack_sheet`).
        pairs: Two indexes into `packed` each; shape `(n, 2)`.
        limits: As `choose` bears them.

    O(tokens of the sheets), and of the pairs: of 430 words each, 27 µs a pair (2026-11,
    a core of a busy machine).
    """
    import numpy as np

    flat = lay_sheets(packed)
    found, touched = _weigh(flat, lambda row: unpack_sheet(packed[row]), pairs, limits)
    bare = found.label.copy()
    inside = np.searchsorted(np.flatnonzero(flat.furniture), flat.offsets)
    furnished = (np.diff(inside) > 0)[pairs]
    passages = (found.label == SHARED_PASSAGES) & furnished.any(axis=1)
    touched &= furnished.all(axis=1) & (found.label != UNRELATED)
    again = np.flatnonzero(passages | touched)
    if len(again):
        rest, _ = _weigh(
            without_furniture(flat),
            lambda row: unpack_sheet(packed[row]).stripped,
            pairs[again],
            limits,
        )
        bare[again] = rest.label
        one = passages[again] & np.isin(rest.label, SAME)
        for column, without in zip(found[:-1], rest[:-1], strict=True):
            column[again[one]] = without[one]
    return found._replace(bare=bare)


def _weigh(
    flat: Flat, sheet: Callable[[int], Sheet], pairs: NDArray[np.int64], limits: Thresholds
) -> tuple[Batch, NDArray[np.bool_]]:
    """Return what is found of each pair, and whether what it shares touches furniture.

    `sheet` gives that of a row, for what is left to `weigh`.
    """
    import numpy as np

    from dedup.scanning import weighkernel as kernel

    counts = np.diff(flat.offsets)
    room, own_room = np.empty((2, len(flat.tokens)), dtype=np.int32)
    own_words = np.empty(len(counts), dtype=np.int64)
    kernel.fill_rooms(
        flat.offsets,
        flat.breaks,
        flat.break_at,
        flat.quotes,
        flat.quote_at,
        room,
        own_room,
        own_words,
    )
    out = np.empty((len(pairs), kernel.COLUMNS), dtype=np.int64)
    windows = kernel.weigh_pairs(
        pairs,
        limits.shingle_words,
        limits.near_identical_coverage,
        limits.own_words,
        flat.tokens,
        flat.offsets,
        room,
        own_room,
        own_words,
        flat.furniture,
        out,
    )
    a, b = pairs.T
    identical = out[:, kernel.IDENTICAL] > 0
    shared, fewest = out[:, kernel.SHARED], np.minimum(windows[a], windows[b])
    short = fewest == 0
    own = np.minimum(own_words[a], own_words[b])
    facts = Facts(
        identical=identical,
        coverage=out[:, kernel.COVERED] / np.maximum(1, np.maximum(counts[a], counts[b])),
        own_coverage=out[:, kernel.TAKEN] / np.maximum(1, own),
        own_run=out[:, kernel.OWN_RUN],
        own_words=own,
        run=out[:, kernel.ANY_RUN],
        containment=np.where(short, identical, shared / np.maximum(1, fewest)),
        same_page=(flat.pages[a] == flat.pages[b]) & (flat.pages[a] > 0),
        topic=np.zeros(len(pairs)),
    )
    union = np.maximum(1, windows[a] + windows[b] - shared)
    found = Batch(
        _label(facts, flat, pairs, limits),
        np.where(short, identical, shared / union),
        np.asarray(facts.containment),
        np.asarray(facts.own_coverage),
        out[:, kernel.OWN_RUN],
        np.empty(0, dtype=np.int64),
    )
    for number in np.flatnonzero(out[:, kernel.UNSURE]).tolist():
        one, two = map(sheet, pairs[number].tolist())
        weighed = weigh(one, two, limits)
        found.label[number] = LABELS.index(weighed.label)
        found.run[number] = weighed.longest_run_unquoted
    return found, out[:, kernel.TOUCHED] > 0


def _label(
    facts: Facts, flat: Flat, pairs: NDArray[np.int64], limits: Thresholds
) -> NDArray[np.int64]:
    """Return the label of each pair; topics are compared where nothing else tells."""
    import numpy as np

    from dedup.scanning.topickernel import liken

    unrelated = judge_many(facts, limits) == UNRELATED
    topic = np.empty(int(unrelated.sum()))
    liken(
        pairs[unrelated],
        flat.tokens,
        flat.offsets,
        flat.letters,
        flat.singles,
        flat.single_at,
        topic,
    )
    np.asarray(facts.topic)[unrelated] = topic
    return judge_many(facts, limits)
