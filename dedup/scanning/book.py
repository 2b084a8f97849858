"""What is known of pairs so far: each is measured once, by whichever worker is idle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.crew import Crew
from dedup.detect.batch import Shingles, offsets_of
from dedup.detect.buckets import unpack_pairs
from dedup.detect.engine import Engine
from dedup.detect.exact import measure
from dedup.detect.linking import components, order_by
from dedup.detect.thresholds import Thresholds
from dedup.scanning.batchweighing import weigh_batch
from dedup.scanning.columns import LABELS
from dedup.scanning.flatsheets import find_sheets
from dedup.scanning.room import own_room
from dedup.scanning.setfile import Sets
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
#: Pairs that a worker measures at a time, at most: sheets of 6 KB, sets of 2 KB.
SHEET_PAIRS, SET_PAIRS = 2048, 1 << 15
#: How many times as long a page is as the next, at least.
PAGES = 8
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
        shingles: The sets.
        engine: What counts.
    """

    sets: Sets
    shingles: Shingles
    engine: Engine


class Asked(NamedTuple):
    """Some pairs for a worker.

    Attributes:
        pairs: As `buckets.pack_pairs`, but in terms of the places.
        places: Where what is measured lies, of each article once.
        shelf: The files that hold it.
        how: What to measure with.
    """

    pairs: NDArray[np.uint64]
    places: Places
    shelf: Shelf
    how: Scale


class Page(NamedTuple):
    """Some measured pairs: sorted, each once, and of each its record of `FIGURES`."""

    pairs: NDArray[np.uint64]
    figures: NDArray[np.void]


@dataclass(slots=True)
class Book:
    """The measured pairs.

    Attributes:
        crew: Who measures.
        shelf: The files that hold what is measured.
        how: What to measure with, as in `Asked`.
        places: Where sheets or shingles lie there, by row.
        watch: Is told how many pairs are to be measured, and were.
        pages: What is known, each pair on one of them. Each page is several times as long as the
            next, so that a few more pairs are not laid among all (O'Neil et al. 1996, The
            log-structured merge-tree).
    """

    crew: Crew
    shelf: Shelf
    how: Scale | Counter
    places: Places
    watch: Watch
    pages: list[Page]

    def ask(self, pairs: NDArray[np.uint64]) -> NDArray[np.void]:
        """Return the figures of each pair; a pair of a row with itself is one too."""
        import numpy as np

        figures: NDArray[Any] = np.empty(len(pairs), FIGURES)
        unknown = self._look_up(pairs, np.arange(len(pairs)), self.pages, figures)
        if len(unknown):
            self._measure(_once(pairs[unknown]))
            self._look_up(pairs, unknown, self.pages[-1:], figures)
        return figures

    def all(self) -> Page:
        """Return all that is known."""
        return _merged(self.pages)

    def _look_up(
        self,
        pairs: NDArray[np.uint64],
        asked: NDArray[np.int64],
        pages: list[Page],
        figures: NDArray[np.void],
    ) -> NDArray[np.int64]:
        """Write down the figures of those asked for that stand on some pages; return the others."""
        import numpy as np

        for page in pages:
            if not len(page.pairs) or not len(asked):
                continue
            wanted = pairs[asked]
            places = np.minimum(np.searchsorted(page.pairs, wanted), len(page.pairs) - 1)
            there = page.pairs[places] == wanted
            if there.all() and len(asked) == len(figures):
                # Of records, `take` is ten times as fast as an index.
                page.figures.take(places, out=figures, mode="clip")  # or it is copied twice
                return asked[:0]
            figures[asked[there]] = page.figures.take(places[there])
            asked = asked[~there]
        return asked

    def _measure(self, new: NDArray[np.uint64]) -> None:
        """Measure some pairs, sorted and each once; they are on the last page then."""
        import numpy as np

        self.watch.expect(len(new))
        if isinstance(self.how, Counter):
            parts = (new[start : start + SET_PAIRS] for start in range(0, len(new), SET_PAIRS))
            found = self.crew.map_here(partial(measure_pairs, how=self.how), parts)
            measured = list(map(self._tell, found))
        else:
            new = together(new, len(self.places.file))
            tasks = shared_out(new, self.places, self.shelf, self.how)
            measured = list(map(self._tell, self._weighed(tasks)))
        self.pages.append(_merged([Page(new, np.concatenate(measured))]))
        while len(self.pages) > 1 and len(self.pages[-2].pairs) < PAGES * len(self.pages[-1].pairs):
            self.pages[-2:] = [_merged(self.pages[-2:])]

    def _weighed(self, tasks: Iterator[Asked]) -> Iterator[NDArray[np.void]]:
        """Yield the figures of each portion: compiled functions are shared by threads."""
        if isinstance(self.how, Scale) and self.how.compiled:
            return self.crew.map_here(weigh_pairs, tasks)
        return self.crew.map(weigh_pairs, tasks)

    def _tell(self, figures: NDArray[np.void]) -> NDArray[np.void]:
        self.watch.advance(len(figures))
        return figures


def shared_out(
    pairs: NDArray[np.uint64], places: Places, shelf: Shelf, how: Scale
) -> Iterator[Asked]:
    """Yield pairs of rows in portions for the workers; `places` are those of all rows."""
    import numpy as np

    size = min(SHEET_PAIRS, max(LEAST_PAIRS, -(-len(pairs) // PORTIONS)))
    for start in range(0, len(pairs), size):
        a, b = unpack_pairs(pairs[start : start + size])
        rows, which = np.unique(np.concatenate([a, b]), return_inverse=True)
        one, two = which.reshape(2, -1).astype(np.uint64)
        # Not `pack_pairs`: which of the two comes first stays as it is.
        yield Asked(one << np.uint64(32) | two, places[rows], shelf, how)


def open_book(crew: Crew, shelf: Shelf, how: Scale | Counter, places: Places, watch: Watch) -> Book:
    """Return a book without pairs."""
    import numpy as np

    return Book(
        crew, shelf, how, places, watch, [Page(np.empty(0, np.uint64), np.empty(0, FIGURES))]
    )


def _once(pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return sorted pairs, each once."""
    import numpy as np

    pairs = np.sort(pairs)
    new = np.ones(len(pairs), dtype=np.bool_)
    new[1:] = pairs[1:] != pairs[:-1]
    return pairs[new]


def _merged(pages: list[Page]) -> Page:
    """Return one page of several, which need not be in order."""
    import numpy as np

    pages = [page for page in pages if len(page.pairs)] or pages[:1]
    if len(pages) > 1:
        pages = [Page(*map(np.concatenate, zip(*pages, strict=True)))]
    (page,) = pages
    if (page.pairs[1:] > page.pairs[:-1]).all():
        return page
    order = np.argsort(page.pairs, kind="stable")  # quick, as most are sorted
    return Page(page.pairs[order], page.figures.take(order))


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
    begin = offsets_of(asked.places.size)
    data = own_room().take("data", np.uint8, int(begin[-1]))
    with Reader(*asked.shelf) as spool:
        spool.fill(asked.places, data.data)
    flat = find_sheets(data, begin[:-1])
    pairs = np.stack(unpack_pairs(asked.pairs), axis=1)
    out: NDArray[Any] = np.empty(len(pairs), FIGURES)
    if compiled:
        for name, column in weigh_batch(flat, pairs, limits)._asdict().items():
            out[name] = column
        return out
    sheets = list(map(flat.sheet, range(len(begin) - 1)))
    for place, (a, b) in enumerate(pairs.tolist()):
        (label, *figures), bare = weigh_bare(sheets[a], sheets[b], limits)
        out[place] = (LABELS.index(label), *figures, LABELS.index(bare))
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
    none = np.maximum(*(sets.sizes[side] for side in unpack_pairs(numbers))) == 0
    for name in ("jaccard", "containment"):
        out[name] = 1.0
        out[name][two] = np.where(none, 1.0, getattr(found, name))
    return out
