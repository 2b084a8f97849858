"""What is known of pairs so far: each is measured once, by whichever worker is idle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.crew import Crew
from dedup.detect.batch import Shingles
from dedup.detect.buckets import unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.exact import measure
from dedup.detect.linking import components
from dedup.detect.thresholds import Thresholds
from dedup.scanning.batchweighing import weigh_batch
from dedup.scanning.columns import LABELS
from dedup.scanning.packing import unpack_sheet
from dedup.scanning.setfile import Sets
from dedup.scanning.shinglefile import read_shingles
from dedup.scanning.spool import Places, Reader
from dedup.scanning.watch import Watch
from dedup.scanning.weighing import weigh_bare

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: What is written down of a pair, as columns of a record array: an index into `LABELS` or -1,
#: ratios, words of the longest run outside quotations or -1, and the label that is left when the
#: corpus's furniture is taken off both.
FIGURES = [
    ("label", "i1"),
    ("jaccard", "f8"),
    ("containment", "f8"),
    ("coverage", "f8"),
    ("run", "i4"),
    ("bare", "i1"),
]
#: Pairs that a worker measures at a time, at most: sheets of 40 KB, sets of 2 KB.
SHEET_PAIRS, SET_PAIRS = 512, 8192
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
    """What pairs are measured with in classic mode: all that they are told by is at hand."""

    sets: Sets
    engine: Engine


class Asked(NamedTuple):
    """Some pairs for a worker.

    Attributes:
        pairs: As `buckets.pack_pairs`, but in terms of the places.
        places: Where what is measured lies, of each article once.
        shelf: The files that hold it.
        how: What to measure with: a scale for sheets, an engine for sets of shingles.
    """

    pairs: NDArray[np.uint64]
    places: Places
    shelf: Shelf
    how: Scale | Engine


@dataclass(slots=True)
class Book:
    """The measured pairs.

    Attributes:
        crew: Who measures.
        shelf: The files that hold what is measured.
        how: What to measure with, as in `Asked`.
        places: Where sheets or shingles lie there, by row.
        watch: Is told how many pairs are to be measured, and were.
        pairs: Sorted, each once.
        figures: Of each pair, a record of `FIGURES`.
    """

    crew: Crew
    shelf: Shelf
    how: Scale | Counter
    places: Places
    watch: Watch
    pairs: NDArray[np.uint64]
    figures: NDArray[np.void]

    def ask(self, pairs: NDArray[np.uint64]) -> NDArray[np.void]:
        """Return the figures of each pair; a pair of a row with itself is one too."""
        import numpy as np

        new = _missing(pairs, self.pairs)
        if len(new):
            self.watch.expect(len(new))
            if isinstance(self.how, Counter):
                measured: Iterator[NDArray[np.void]] = iter([measure_pairs(new, self.how)])
            else:
                new = together(new, len(self.places.file))
                measured = self._weighed(shared_out(new, self.places, self.shelf, self.how))
            self._enter(new, np.concatenate(list(map(self._tell, measured))))
        if np.array_equal(pairs, self.pairs):
            return self.figures
        # Of records, `take` is ten times as fast as an index.
        found: NDArray[np.void] = self.figures.take(np.searchsorted(self.pairs, pairs))
        return found

    def _enter(self, pairs: NDArray[np.uint64], figures: NDArray[np.void]) -> None:
        """Write down the figures of pairs that were not known."""
        import numpy as np

        if len(self.pairs):
            pairs = np.concatenate([self.pairs, pairs])
            figures = np.concatenate([self.figures, figures])
        if (pairs[1:] < pairs[:-1]).any():
            order = np.argsort(pairs, kind="stable")  # quick, as most are sorted
            pairs, figures = pairs[order], figures.take(order)
        self.pairs, self.figures = pairs, figures

    def _weighed(self, tasks: Iterator[Asked]) -> Iterator[NDArray[np.void]]:
        """Yield the figures of each portion: compiled functions are shared by threads."""
        if isinstance(self.how, Scale) and self.how.compiled:
            return self.crew.map_here(weigh_pairs, tasks)
        return self.crew.map(weigh_pairs, tasks)

    def _tell(self, figures: NDArray[np.void]) -> NDArray[np.void]:
        self.watch.advance(len(figures))
        return figures


def shared_out(
    pairs: NDArray[np.uint64], places: Places, shelf: Shelf, how: Scale | Engine
) -> Iterator[Asked]:
    """Yield pairs of rows in portions for the workers; `places` are those of all rows."""
    import numpy as np

    most = SHEET_PAIRS if isinstance(how, Scale) else SET_PAIRS
    size = min(most, max(LEAST_PAIRS, -(-len(pairs) // PORTIONS)))
    for start in range(0, len(pairs), size):
        a, b = unpack_pairs(pairs[start : start + size])
        rows, which = np.unique(np.concatenate([a, b]), return_inverse=True)
        one, two = which.reshape(2, -1).astype(np.uint64)
        # Not `pack_pairs`: which of the two comes first stays as it is.
        yield Asked(one << np.uint64(32) | two, places[rows], shelf, how)


def open_book(crew: Crew, shelf: Shelf, how: Scale | Counter, places: Places, watch: Watch) -> Book:
    """Return a book without pairs."""
    import numpy as np

    return Book(crew, shelf, how, places, watch, np.empty(0, np.uint64), np.empty(0, FIGURES))


def _missing(pairs: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the pairs that are not known, sorted, each once: `setdiff1d` of a sorted array.

    Numpy's hashes both (0.4 s for a quarter of a million pairs asked for five times).
    """
    import numpy as np

    pairs = np.sort(pairs)
    new = np.ones(len(pairs), dtype=np.bool_)
    new[1:] = pairs[1:] != pairs[:-1]
    if len(known):
        places = np.minimum(np.searchsorted(known, pairs), len(known) - 1)
        new &= known[places] != pairs
    return pairs[new]


def together(pairs: NDArray[np.uint64], rows: int) -> NDArray[np.uint64]:
    """Return the pairs so that those which hang together are neighbours: a worker takes them at
    once, and reads each article once."""
    import numpy as np

    groups = components(rows, pairs)[unpack_pairs(pairs)[0]]
    return pairs[np.lexsort((pairs, groups))]


def weigh_pairs(asked: Asked) -> NDArray[np.void]:
    """Return the figures of pairs of sheets: stories mode."""
    import numpy as np

    assert isinstance(asked.how, Scale)
    limits, compiled = asked.how
    with Reader(*asked.shelf) as spool:
        packed = list(spool.each(asked.places))
    pairs = np.stack(unpack_pairs(asked.pairs), axis=1)
    out: NDArray[Any] = np.empty(len(pairs), FIGURES)
    if compiled:
        for name, column in weigh_batch(packed, pairs, limits)._asdict().items():
            out[name] = column
        return out
    sheets = list(map(unpack_sheet, packed))
    for place, (a, b) in enumerate(pairs.tolist()):
        (label, *figures), bare = weigh_bare(sheets[a], sheets[b], limits)
        out[place] = (LABELS.index(label), *figures, LABELS.index(bare))
    return out


def measure_pairs(pairs: NDArray[np.uint64], how: Counter) -> NDArray[np.void]:
    """Return the figures of pairs of rows: classic mode."""
    import numpy as np

    sets = how.sets.shingles
    out: NDArray[Any] = np.empty(len(pairs), FIGURES)
    out["label"] = out["bare"] = out["run"] = -1
    out["coverage"] = np.nan
    a, b = unpack_pairs(pairs)
    two = np.flatnonzero(a != b)
    numbers = how.sets.pairs(pairs[two])
    found = measure(sets, numbers, how.engine)
    # Articles shorter than a shingle are asked for only where their words are the same.
    none = np.maximum(*(sets.sizes[side] for side in unpack_pairs(numbers))) == 0
    for name in ("jaccard", "containment"):
        out[name] = 1.0
        out[name][two] = np.where(none, 1.0, getattr(found, name))
    return out


def read_sets(shelf: Shelf, places: Places, engine: Engine) -> Shingles:
    """Return the sets of the shingles that lie at some places."""
    return engine.sets(read_shingles(shelf.folder, places))
