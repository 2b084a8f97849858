"""How pairs are measured: shared out among workers, which read what the pairs are of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.crew import Crew
from dedup.detect.batch import Shingles, offsets_of
from dedup.detect.buckets import pack_as_given, unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.exact import measure
from dedup.detect.linking import components, order_by
from dedup.detect.room import own_room
from dedup.detect.thresholds import Thresholds
from dedup.scanning.columns import LABELS
from dedup.scanning.comparing.batchtopics import likeness_of, open_topics
from dedup.scanning.comparing.batchweighing import Opened, open_sheets, weigh_batch
from dedup.scanning.comparing.weighing import likeness, weigh_bare
from dedup.scanning.deciding.book import FIGURES, Measure, Page
from dedup.scanning.outlining.flatsheets import Flat, find_sheets
from dedup.scanning.rereading.setfile import Sets
from dedup.scanning.spool import Places, Reader
from dedup.scanning.watch import Watch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.scanning.deciding.judging import Likeness

#: Pairs that a worker measures at a time, at most: sheets of 5 KB, sets of 2 KB.
SHEET_PAIRS, SET_PAIRS = 2048, 1 << 15
#: Few pairs are shared out in so many portions, each of so many pairs at least.
PORTIONS, LEAST_PAIRS = 8, 32


class Shelf(NamedTuple):
    """The folder of the spool, and a kind of its files."""

    folder: str
    kind: str


class Scale(NamedTuple):
    """How pairs of sheets are weighed.

    Attributes:
        limits: What the labels turn on.
        compiled: Whether by the compiled engine (`batchweighing.choose`).
    """

    limits: Thresholds
    compiled: bool


class Counter(NamedTuple):
    """What pairs are measured with in classic mode: all that tells of them is at hand.

    Attributes:
        sets: Which article has which set.
        shingles: The sets of every article in a pair.
        engine: What counts the common ones.
        threshold: Least Jaccard similarity of articles that belong together.
    """

    sets: Sets
    shingles: Shingles
    engine: Engine
    threshold: float


class Asked(NamedTuple):
    """Some pairs for a worker.

    Attributes:
        pairs: As `buckets.pack_as_given`, in terms of the places.
        places: Where what is measured lies, of each article once.
        shelf: The files that hold it.
        how: What to measure with.
    """

    pairs: NDArray[np.uint64]
    places: Places
    shelf: Shelf
    how: Scale


def measuring_sets(crew: Crew, how: Counter, watch: Watch) -> Measure:
    """Return what measures pairs in classic mode, and tells the watch of it."""
    import numpy as np

    def measured(pairs: NDArray[np.uint64]) -> Page:
        watch.expect(len(pairs))
        parts = (pairs[start : start + SET_PAIRS] for start in range(0, len(pairs), SET_PAIRS))
        found = crew.map_here(partial(measure_pairs, how=how), parts)
        return Page(pairs, np.concatenate(list(_told(watch, found))))

    return measured


def measuring_sheets(crew: Crew, shelf: Shelf, how: Scale, places: Places, watch: Watch) -> Measure:
    """Return what measures pairs in stories mode, and tells the watch of it.

    Args:
        crew: Who weighs.
        shelf: The files that hold the sheets.
        how: What to weigh with.
        places: Where sheets lie there, by row.
        watch: Is told how many pairs are to be measured, and were.
    """
    import numpy as np

    def measured(pairs: NDArray[np.uint64]) -> Page:
        watch.expect(len(pairs))
        pairs = together(pairs, len(places.file))
        share = crew.map_here if how.compiled else crew.map  # threads share compiled functions
        found = share(weigh_pairs, shared_out(pairs, places, shelf, how))
        return Page(pairs, np.concatenate(list(_told(watch, found))))

    return measured


def likeness_by_sheets(crew: Crew, shelf: Shelf, how: Scale, places: Places) -> Likeness:
    """Return what says how alike the topics of pairs are.

    Args:
        crew: Who compares.
        shelf: As of `measuring_sheets`, and so the next two.
        how: See there.
        places: See there.
    """
    import numpy as np

    def compared(pairs: NDArray[np.uint64]) -> NDArray[np.float64]:
        share = crew.map_here if how.compiled else crew.map
        found = share(compare_topics, shared_out(pairs, places, shelf, how))
        return np.concatenate([np.empty(0), *found])

    return compared


def measuring_at_hand(
    flat: Flat, number: NDArray[np.int64], limits: Thresholds
) -> tuple[Measure, Likeness]:
    """Return what does both by itself, on the compiled engine, with all sheets in memory.

    Each is opened once. Good until this thread opens others.

    Args:
        flat: The sheets.
        number: Which of them each row has; anything of a row that is in no pair, as a twin.
        limits: What the labels turn on.
    """
    import numpy as np

    opened = open_sheets(flat, limits)

    def measured(pairs: NDArray[np.uint64]) -> Page:
        # The last one first: no sheet is the first of a pair after it was the second of another,
        # and what is laid open of it serves all its pairs.
        pairs = pairs[::-1]
        return Page(pairs, weigh_opened(number[np.stack(unpack_pairs(pairs), axis=1)], opened))

    def compared(pairs: NDArray[np.uint64]) -> NDArray[np.float64]:
        return likeness_of(opened.topics, number[np.stack(unpack_pairs(pairs), axis=1)], True)

    return measured, compared


def _told(watch: Watch, found: Iterator[NDArray[np.void]]) -> Iterator[NDArray[np.void]]:
    """Yield figures, and tell of how many pairs they are."""
    for figures in found:
        watch.advance(len(figures))
        yield figures


def shared_out(
    pairs: NDArray[np.uint64], places: Places, shelf: Shelf, how: Scale
) -> Iterator[Asked]:
    """Yield pairs of rows in portions for the workers; `places` are those of all rows."""
    import numpy as np

    size = min(SHEET_PAIRS, max(LEAST_PAIRS, -(-len(pairs) // PORTIONS)))
    for start in range(0, len(pairs), size):
        a, b = unpack_pairs(pairs[start : start + size])
        rows, which = np.unique(np.concatenate([a, b]), return_inverse=True)
        yield Asked(pack_as_given(*which.reshape(2, -1)), places[rows], shelf, how)


def together(pairs: NDArray[np.uint64], rows: int) -> NDArray[np.uint64]:
    """Return the pairs so that those which hang together are neighbours: a worker takes them at
    once, and reads each article once. Pairs come sorted."""
    if len(pairs) <= SHEET_PAIRS:
        return pairs
    return pairs[order_by(components(rows, pairs)[unpack_pairs(pairs)[0]])]


def weigh_pairs(asked: Asked) -> NDArray[np.void]:
    """Return the figures of pairs of sheets: stories mode."""
    import numpy as np

    limits, compiled = asked.how
    flat = read_sheets(asked.shelf, asked.places)
    pairs = np.stack(unpack_pairs(asked.pairs), axis=1)
    if compiled:
        return weigh_opened(pairs, open_sheets(flat, limits))
    out: NDArray[Any] = np.empty(len(pairs), FIGURES)
    sheets = list(map(flat.sheet, range(len(flat.begin))))
    for place, (a, b) in enumerate(pairs.tolist()):
        (label, *figures), bare = weigh_bare(sheets[a], sheets[b], limits)
        out[place] = (LABELS.index(label), *figures, LABELS.index(bare))
    return out


def compare_topics(asked: Asked) -> NDArray[np.float64]:
    """Return how alike the topics of pairs of sheets are, furniture aside."""
    import numpy as np

    flat = read_sheets(asked.shelf, asked.places)
    pairs = np.stack(unpack_pairs(asked.pairs), axis=1)
    if asked.how.compiled:
        return likeness_of(open_topics(flat), pairs, True)
    sheets = [flat.sheet(row).stripped for row in range(len(flat.begin))]
    return np.array([likeness(sheets[a], sheets[b]) for a, b in pairs.tolist()])


def read_sheets(shelf: Shelf, places: Places) -> Flat:
    """Return the sheets that lie at some places; good until this thread reads others."""
    import numpy as np

    begin = offsets_of(places.size)
    data = own_room().take("data", np.uint8, int(begin[-1]))
    with Reader(*shelf) as spool:
        spool.fill(places, data.data)
    return find_sheets(data, begin[:-1])


def weigh_opened(pairs: NDArray[np.int64], opened: Opened) -> NDArray[np.void]:
    """Return the figures of pairs of sheets that are at hand; shape `(n, 2)`."""
    import numpy as np

    out: NDArray[Any] = np.empty(len(pairs), FIGURES)
    for name, column in weigh_batch(opened, pairs)._asdict().items():
        out[name] = column
    return out


def measure_pairs(pairs: NDArray[np.uint64], how: Counter) -> NDArray[np.void]:
    """Return the figures of pairs of rows: classic mode."""
    import numpy as np

    sets = how.shingles
    out: NDArray[Any] = np.empty(len(pairs), FIGURES)
    out["label"] = out["bare"] = out["run"] = -1
    out["coverage"] = np.nan
    a, b = unpack_pairs(pairs)
    two = np.flatnonzero(a != b)
    numbers = how.sets.pairs(pairs[two])
    found = measure(sets, numbers, how.engine)
    # Articles shorter than a shingle are asked for only where their words are the same.
    none = np.maximum(*map(sets.sizes_of, unpack_pairs(numbers))) == 0
    for name in ("jaccard", "containment"):
        out[name] = 1.0
        out[name][two] = np.where(none, 1.0, getattr(found, name))
    return out
