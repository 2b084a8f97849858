"""Many pairs of sheets at a time on the compiled engine: an eighth of what `weigh` takes.

Held to `weigh_bare` by a property test: the label and every figure are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, overload

from dedup.detect.batch import offsets_of
from dedup.detect.engine import LOAD_SECONDS, is_compiled
from dedup.detect.thresholds import Thresholds
from dedup.detect.verdict import SAME_STORY_LABELS, Facts, Label, judge_many
from dedup.scanning.columns import LABELS
from dedup.scanning.sheets import Sheet
from dedup.scanning.weighing import likeness, weigh

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


def weigh_batch(sheets: Sequence[Sheet], pairs: NDArray[np.int64], limits: Thresholds) -> Batch:
    """Return what `weigh_bare` finds of each pair.

    Args:
        sheets: Of some articles.
        pairs: Two indexes into `sheets` each; shape `(n, 2)`.
        limits: As `choose` bears them.

    O(tokens of the sheets), and of the pairs: of 430 words each, 21 µs a pair, of which the
    compiled functions take 12.
    """
    import numpy as np

    flat = _lay(sheets)
    found, touched = _weigh(flat, sheets, pairs, limits)
    bare = found.label.copy()
    furnished = np.array([len(sheet.furniture) > 0 for sheet in sheets], dtype=np.bool_)[pairs]
    passages = (found.label == SHARED_PASSAGES) & furnished.any(axis=1)
    touched &= furnished.all(axis=1) & (found.label != UNRELATED)
    again = np.flatnonzero(passages | touched)
    if len(again):
        stripped = _Stripped(sheets)
        rest = _weigh(_without_furniture(flat), stripped, pairs[again], limits)[0]
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
        pages: Of each sheet the digest of its page, 0 where it is unknown; uint64.
    """

    tokens: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    breaks: NDArray[np.int32]
    break_at: NDArray[np.int64]
    quotes: NDArray[np.int32]
    quote_at: NDArray[np.int64]
    furniture: NDArray[np.uint8]
    pages: NDArray[np.uint64]


class _Stripped(Sequence[Sheet]):
    """Sheets without their furniture, made when one is asked for."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets

    def __len__(self) -> int:
        return len(self._sheets)

    @overload
    def __getitem__(self, row: int) -> Sheet: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Sheet]: ...
    def __getitem__(self, row: int | slice) -> Sheet | Sequence[Sheet]:
        if isinstance(row, slice):
            return _Stripped(self._sheets[row])
        return self._sheets[row].stripped


def _lay(sheets: Sequence[Sheet]) -> _Flat:
    """Lay the arrays of sheets end to end."""
    import numpy as np

    tokens = np.concatenate([sheet.tokens for sheet in sheets])
    offsets = offsets_of([len(sheet.tokens) for sheet in sheets])
    inside = np.concatenate([sheet.furniture for sheet in sheets])
    furniture = np.zeros(len(tokens), dtype=np.uint8)
    furniture[inside + np.repeat(offsets[:-1], [len(sheet.furniture) for sheet in sheets])] = 1
    return _Flat(
        tokens,
        offsets,
        np.concatenate([sheet.breaks for sheet in sheets]),
        offsets_of([len(sheet.breaks) for sheet in sheets]),
        np.concatenate([sheet.quotes for sheet in sheets]),
        offsets_of([len(sheet.quotes) for sheet in sheets]),
        furniture,
        np.array([int(sheet.page[0]) if len(sheet.page) else 0 for sheet in sheets], np.uint64),
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
    return _Flat(
        flat.tokens[kept],
        offsets,
        breaks[order].astype(np.int32),
        np.searchsorted(row[order], np.arange(len(offsets))),
        np.stack(quotes, axis=1).astype(np.int32),
        flat.quote_at,
        np.zeros(int(offsets[-1]), dtype=np.uint8),
        flat.pages,
    )


def _weigh(
    flat: _Flat, sheets: Sequence[Sheet], pairs: NDArray[np.int64], limits: Thresholds
) -> tuple[Batch, NDArray[np.bool_]]:
    """Return what is found of each pair, and whether what it shares touches furniture."""
    import numpy as np

    from dedup.scanning import weighkernel as kernel

    counts = np.diff(flat.offsets)
    room, own_room = np.empty((2, len(flat.tokens)), dtype=np.int32)
    own_words = np.empty(len(sheets), dtype=np.int64)
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
        _label(facts, sheets, pairs, limits),
        np.where(short, identical, shared / union),
        np.asarray(facts.containment),
        np.asarray(facts.own_coverage),
        out[:, kernel.OWN_RUN],
        np.empty(0, dtype=np.int64),
    )
    for number in np.flatnonzero(out[:, kernel.UNSURE]).tolist():
        one, two = (sheets[row] for row in pairs[number].tolist())
        weighed = weigh(one, two, limits)
        found.label[number] = LABELS.index(weighed.label)
        found.run[number] = weighed.longest_run_unquoted
    return found, out[:, kernel.TOUCHED] > 0


def _label(
    facts: Facts, sheets: Sequence[Sheet], pairs: NDArray[np.int64], limits: Thresholds
) -> NDArray[np.int64]:
    """Return the label of each pair; topics are compared where nothing else tells."""
    import numpy as np

    labels = judge_many(facts, limits)
    topic = np.asarray(facts.topic)
    for number in np.flatnonzero(labels == UNRELATED).tolist():
        one, two = (sheets[row] for row in pairs[number].tolist())
        topic[number] = likeness(one, two)
    return judge_many(facts, limits)
