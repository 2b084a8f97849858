"""Many pairs of sheets at a time on the compiled engine: an eighth of what `weigh` takes.

Held to `weigh_bare` by a property test: the label and every figure are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.detect.batch import offsets_of
from dedup.detect.engine import LOAD_SECONDS, is_compiled
from dedup.detect.thresholds import Thresholds
from dedup.detect.verdict import SAME_STORY_LABELS, Facts, Label, judge_many
from dedup.scanning.columns import LABELS
from dedup.scanning.packing import ARRAYS, LENGTHS, unpack_sheet
from dedup.scanning.sheets import Sheet
from dedup.scanning.weighing import weigh

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Where the compiled functions are.
KERNEL = Path(__file__).with_name("weighkernel.py")
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
    start = LOAD_SECONDS if is_compiled(KERNEL, "weigh_pairs") else COMPILE_SECONDS
    return engine == "numba" or start < pairs * SAVED_SECONDS / processes


def weigh_batch(packed: Sequence[bytes], pairs: NDArray[np.int64], limits: Thresholds) -> Batch:
    """Return what `weigh_bare` finds of each pair.

    Args:
        packed: The sheets of some articles (`packing.pack_sheet`).
        pairs: Two indexes into `packed` each; shape `(n, 2)`.
        limits: As `choose` bears them.

    O(tokens of the sheets), and of the pairs: of 430 words each, 15 µs a pair, of which the
    compiled functions take 12.
    """
    import numpy as np

    flat = _lay(packed)
    found, touched = _weigh(flat, lambda row: unpack_sheet(packed[row]), pairs, limits)
    bare = found.label.copy()
    inside = np.searchsorted(np.flatnonzero(flat.furniture), flat.offsets)
    furnished = (np.diff(inside) > 0)[pairs]
    passages = (found.label == SHARED_PASSAGES) & furnished.any(axis=1)
    touched &= furnished.all(axis=1) & (found.label != UNRELATED)
    again = np.flatnonzero(passages | touched)
    if len(again):
        rest, _ = _weigh(
            _without_furniture(flat),
            lambda row: unpack_sheet(packed[row]).stripped,
            pairs[again],
            limits,
        )
        bare[again] = rest.label
        one = passages[again] & np.isin(rest.label, SAME)
        for column, without in zip(found[:-1], rest[:-1], strict=True):
            column[again[one]] = without[one]
    return found._replace(bare=bare)


class _Flat(NamedTuple):
    """What the compiled engine asks of sheets, end to end; as in `Sheet`, with where each begins.

    Attributes:
        tokens: uint64.
        offsets: Where those of each sheet begin, and the last end; int64, as all that follow it.
        breaks: int32.
        break_at: Where those of each sheet begin.
        quotes: Shape `(n, 2)`, int32.
        quote_at: Where those of each sheet begin.
        furniture: Of each token, whether it is furniture; uint8.
        letters: Of each token; uint16.
        singles: `Sheet.pairs`; int32.
        single_at: Where those of each sheet begin.
        pages: Of each sheet the digest of its page, 0 where it is unknown; uint64.
    """

    tokens: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    breaks: NDArray[np.int32]
    break_at: NDArray[np.int64]
    quotes: NDArray[np.int32]
    quote_at: NDArray[np.int64]
    furniture: NDArray[np.uint8]
    letters: NDArray[np.uint16]
    singles: NDArray[np.int32]
    single_at: NDArray[np.int64]
    pages: NDArray[np.uint64]


def _lay(packed: Sequence[bytes]) -> _Flat:
    """Lay the arrays of sheets end to end."""
    import numpy as np

    from dedup.scanning import weighkernel as kernel

    data = b"".join(packed)
    wide, inner, narrow = (np.frombuffer(data, kind) for kind in ("<u8", "<i4", "<u2"))
    begin = offsets_of([len(sheet) for sheet in packed])[:-1]
    lengths = inner[begin[:, None] // 4 + np.arange(len(ARRAYS))].astype(np.int64)
    at = begin + LENGTHS.size  # of one array after the other

    def gathered(source: NDArray[Any], column: int) -> tuple[NDArray[Any], NDArray[np.int64]]:
        nonlocal at
        offsets = offsets_of(lengths[:, column])
        out = np.empty(int(offsets[-1]), dtype=source.dtype)
        kernel.gather(source, at // source.itemsize, offsets, out)
        at = at + lengths[:, column] * source.itemsize
        return out, offsets

    tokens, offsets = gathered(wide, 0)
    page, page_at = gathered(wide, 1)
    breaks, break_at = gathered(inner, 2)
    quotes, quote_at = gathered(inner, 3)
    singles, single_at = gathered(inner, 4)
    inside, inside_at = gathered(inner, 5)
    letters, _ = gathered(narrow, 6)
    furniture = np.zeros(len(tokens), dtype=np.uint8)
    furniture[inside + np.repeat(offsets[:-1], np.diff(inside_at))] = 1
    pages = np.zeros(len(packed), dtype=np.uint64)
    pages[np.diff(page_at) > 0] = page
    return _Flat(
        tokens,
        offsets,
        breaks,
        break_at,
        quotes.reshape(-1, 2),
        quote_at // 2,
        furniture,
        letters,
        singles,
        single_at,
        pages,
    )


def _without_furniture(flat: _Flat) -> _Flat:
    """Do to sheets laid end to end what `Sheet.stripped` does to one."""
    import numpy as np

    kept = flat.furniture == 0
    place = offsets_of(kept.astype(np.int64))  # of each token, and of the end, in what is left
    offsets = place[flat.offsets]

    def moved(places: NDArray[np.int32], row: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.asarray(place[places + flat.offsets[row]] - offsets[row])

    gone = np.flatnonzero(~kept)
    rows = np.arange(len(offsets) - 1)
    row = np.repeat(rows, np.diff(flat.break_at))
    here = np.searchsorted(flat.offsets, gone, side="right") - 1
    breaks = np.concatenate([moved(flat.breaks, row), place[gone] - offsets[here]])
    row = np.concatenate([row, here])
    order = np.lexsort((breaks, row))
    row_of_quotes = np.repeat(rows, np.diff(flat.quote_at))
    quotes = [moved(side, row_of_quotes) for side in flat.quotes.T]
    row_of_singles = np.repeat(rows, np.diff(flat.single_at))
    single = flat.singles + flat.offsets[row_of_singles]
    both = kept[single] & kept[single + 1]
    row_of_singles = row_of_singles[both]
    return _Flat(
        flat.tokens[kept],
        offsets,
        breaks[order].astype(np.int32),
        np.searchsorted(row[order], np.arange(len(offsets))),
        np.stack(quotes, axis=1).astype(np.int32),
        flat.quote_at,
        np.zeros(int(offsets[-1]), dtype=np.uint8),
        flat.letters[kept],
        moved(flat.singles[both], row_of_singles).astype(np.int32),
        np.searchsorted(row_of_singles, np.arange(len(offsets))),
        flat.pages,
    )


def _weigh(
    flat: _Flat, sheet: Callable[[int], Sheet], pairs: NDArray[np.int64], limits: Thresholds
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
    facts: Facts, flat: _Flat, pairs: NDArray[np.int64], limits: Thresholds
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
