"""Everything that was taken in, as columns in the one order that the result depends on.

Rows are numbered in the order of the ids, an older corpus first: where a bucket is large, its
first row is compared with all others. Of articles with one id the first in the order of reading
stays, which is the order of file names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dedup.detect.batch import Shingles, join, offsets_of, take
from dedup.detect.buckets import unpack_pairs
from dedup.reading.piece import BadRecord, Piece
from dedup.scanning.columns import Names
from dedup.scanning.ingesting.intake import Intake
from dedup.scanning.ingesting.ordering import order_of
from dedup.scanning.spool import Places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


#: Bits of a digest that tell most of those apart that are there once.
LAST_BITS = (1 << 20) - 1


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a scan.

    Attributes:
        names: What is known of each.
        words: Tokens of each; shape `(n,)`, int64.
        places: Where each was set aside, or its line is, by the number of its piece.
        again: The pieces whose lines are read again, by their numbers.
        prints: Digests that tell whether a line is as it was; uint64.
        twin_of: The first article with the same text, title and language; its own row for most;
            int64.
        shorts: Digests of the words of short articles, 0 for others; uint64.
        pages: Digests of the pages they stand at, 0 for unknown; uint64.
        keys: Band keys in classic mode; `(n, bands)`, uint32.
        sketches: Of signatures in classic mode; `(n, permutations)`, uint8.
        sample: Sampled shingles in stories mode; of a twin none.
        old: How many rows, the first, belong to the older corpus.
        against: Whether there is an older corpus, be it empty: only what is there is looked for.
        bad: What was skipped, in the order of reading; of the older corpus nothing.
    """

    names: Names
    words: NDArray[np.int64]
    places: Places
    again: Mapping[int, Piece]
    prints: NDArray[np.uint64]
    twin_of: NDArray[np.int64]
    shorts: NDArray[np.uint64]
    pages: NDArray[np.uint64]
    keys: NDArray[np.uint32]
    sketches: NDArray[np.uint8]
    sample: Shingles
    old: int
    against: bool
    bad: tuple[BadRecord, ...]

    def __len__(self) -> int:
        return len(self.words)

    @property
    def is_first(self) -> NDArray[np.bool_]:
        """Whether each article is the first of those that are the same."""
        import numpy as np

        return np.asarray(self.twin_of == np.arange(len(self)))

    @property
    def twins(self) -> NDArray[np.int64]:
        """The rows of articles that are the same as an earlier one."""
        import numpy as np

        return np.flatnonzero(~self.is_first)

    def across(self, pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Say which pairs are of an old article and a new one."""
        a, b = unpack_pairs(pairs)
        return (a < self.old) & (b >= self.old)


def bring_together(new: Iterable[Intake], old: Iterable[Intake] | None = None) -> Corpus:
    """Return the columns of a whole corpus.

    Args:
        new: Of all pieces in order. Each is laid down when it comes, while others are being read.
        old: Of those of an older corpus; None where there is none.

    O(n log n); takes no more memory than what it returns where the articles come in the order of
    their ids (in classic mode some 320 bytes an article), and twice as much where not.
    """
    import numpy as np

    laid = _Laid()
    for intake in old or ():
        laid.add(intake)
    before = laid.articles
    laid.bad.clear()
    for intake in new:
        laid.add(intake)
    known = offsets_of(laid.column("known", np.int64))
    names = Names(laid.heap, known[:-1], known[1:])
    ids = np.concatenate([np.empty(0, dtype="S1"), *laid.ids]) if laid.fit else None
    rows, repeats, before = order_of(names, before, ids)
    bad = [*laid.bad, *(_repeat(names, row, first) for row, first in repeats)]
    files = np.repeat(np.arange(len(laid.counts), dtype=np.int32), laid.counts)
    places = Places(files, laid.column("start", np.int64), laid.column("size", np.int64))
    # Where articles came in this order, as they mostly do, nothing has to be moved.
    order = slice(None) if np.array_equal(rows, np.arange(len(names))) else rows
    prints = laid.column("prints", np.uint64, 2)[order]
    twin_of = first_alike(prints)
    return Corpus(
        Names(names.heap, names.starts[order], names.ends[order]),
        laid.column("words", np.int64)[order],
        places[order],
        laid.again,
        np.ascontiguousarray(prints[:, 0]),
        twin_of,
        laid.column("shorts", np.uint64)[order],
        laid.column("pages", np.uint64)[order],
        laid.column("keys", np.uint32, laid.bands)[order],
        laid.column("sketches", np.uint8, laid.values)[order],
        _of_first(laid.sample(order), twin_of) if not laid.bands else join([]),
        before,
        old is not None,
        tuple(bad),
    )


@dataclass(slots=True)
class _Laid:
    """The columns of what was taken in so far. They grow in place: to lay them end to end when all
    have come would take as much memory once more, and a third of a second at a million articles."""

    columns: dict[str, bytearray] = field(default_factory=lambda: defaultdict(bytearray))
    heap: bytearray = field(default_factory=bytearray)
    ids: list[NDArray[np.bytes_]] = field(default_factory=list)
    fit: bool = True
    counts: list[int] = field(default_factory=list)
    again: dict[int, Piece] = field(default_factory=dict)
    bad: list[BadRecord] = field(default_factory=list)
    articles: int = 0
    bands: int = 0
    values: int = 0

    def add(self, intake: Intake) -> None:
        """Lay down what became of the next piece."""
        start, size = intake.places
        sample = {"hashes": intake.sample.hashes, "sizes": intake.sample.sizes}
        for name in ("known", "words", "prints", "shorts", "pages", "keys", "sketches"):
            self.columns[name].extend(getattr(intake, name).data)
        for name, part in {"start": start, "size": size, **sample}.items():
            self.columns[name].extend(part.data)
        self.heap.extend(intake.heap)
        if intake.again:
            self.again[len(self.counts)] = intake.again
        if intake.ids is not None:
            self.ids.append(intake.ids)
        self.fit &= intake.ids is not None
        self.counts.append(len(intake.known))
        self.bad += intake.bad
        self.articles += len(intake.known)
        self.bands, self.values = intake.keys.shape[1], intake.sketches.shape[1]

    def column(self, name: str, dtype: type, width: int | None = None) -> NDArray[Any]:
        """Return a column, or several in one array of the given width."""
        import numpy as np

        shape = self.articles if width is None else (self.articles, width)
        return np.frombuffer(self.columns[name], dtype=dtype).reshape(shape)

    def sample(self, order: NDArray[np.int64] | slice) -> Shingles:
        """Return the samples of all articles, in an order."""
        import numpy as np

        hashes = np.frombuffer(self.columns["hashes"], dtype=np.uint32)
        sizes = self.column("sizes", np.int64)
        sample = Shingles(hashes, offsets_of(sizes), self.column("words", np.int64))
        return sample if isinstance(order, slice) else take(sample, order)


def _repeat(names: Names, row: int, first: int) -> BadRecord:
    """Return why an article with an id that was there before is left out."""
    here, there = names[row], names[first]
    where = there.path or "an earlier article"
    place = f", place {there.place:,}" if there.place else ""
    return BadRecord(
        here.path or here.id, here.place or None, f"has the same id as {where}{place}", here.id
    )


def first_alike(prints: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return for each row the first row with the same digest."""
    import numpy as np

    rows, ones = np.arange(len(prints)), prints[:, 0]
    ordered = np.sort(ones)
    often = np.zeros(1 + LAST_BITS, dtype=np.bool_)
    often[ordered[1:][ordered[1:] == ordered[:-1]] & np.uint64(LAST_BITS)] = True
    some = np.flatnonzero(often[ones & np.uint64(LAST_BITS)])  # few, and all that have their like
    rows[some] = some[_first_of_equals(prints[some])]
    return rows


def _first_of_equals(prints: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Do what `first_alike` does, of rows that mostly have their like. O(n log n)."""
    import numpy as np

    rows = np.arange(len(prints))
    order = np.lexsort((prints[:, 1], prints[:, 0]))  # it is stable
    opens = np.ones(len(rows), dtype=np.bool_)
    opens[1:] = (prints[order[1:]] != prints[order[:-1]]).any(axis=1)
    out = np.empty(len(rows), dtype=np.int64)
    out[order] = order[np.flatnonzero(opens)][np.cumsum(opens) - 1]
    return out


def _of_first(sample: Shingles, twin_of: NDArray[np.int64]) -> Shingles:
    """Return the samples without those of twins, for whom their firsts stand; in the same place."""
    import numpy as np

    twins = np.flatnonzero(twin_of != np.arange(len(twin_of)))
    if not len(twins):
        return sample
    hashes, offsets, sizes = sample.hashes, sample.offsets, sample.sizes
    to = int(offsets[twins[0]])
    stops = np.append(offsets[twins[1:]], offsets[-1])
    for start, stop in zip(offsets[twins + 1].tolist(), stops.tolist(), strict=True):
        hashes[to : to + stop - start] = hashes[start:stop]
        to += stop - start
    sizes[twins] = 0
    return Shingles(hashes[:to], offsets_of(sizes), sample.tokens)
