"""Everything that was taken in, as columns in the one order that the result depends on.

Rows are numbered in the order of the ids, an older corpus first: where a bucket is large, its
first row is compared with all others. Of articles with one id the first in the order of reading
stays, which is the order of file names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles, join, offsets_of, take
from dedup.detect.linking import contains
from dedup.reading.piece import BadRecord, Piece
from dedup.scanning.columns import Names
from dedup.scanning.intake import Intake
from dedup.scanning.ordering import order_of
from dedup.scanning.spool import Places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


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
    def twins(self) -> NDArray[np.int64]:
        """The rows of articles that are the same as an earlier one."""
        import numpy as np

        return np.flatnonzero(self.twin_of != np.arange(len(self)))


def bring_together(intakes: Iterable[Intake], old_pieces: int | None = None) -> Corpus:
    """Return the columns of a whole corpus.

    Args:
        intakes: Of all pieces in order; those of an older corpus first.
        old_pieces: How many those are; None where there is no older corpus.

    O(n log n), and while it lasts twice the memory of what it returns: 500 bytes an article.
    """
    import numpy as np

    parts = list(intakes)
    against, old_pieces = old_pieces is not None, old_pieces or 0
    old = sum(len(part.known) for part in parts[:old_pieces])
    bad = [one for part in parts[old_pieces:] for one in part.bad]
    known = offsets_of(_all([part.known for part in parts], np.int64))
    names = Names(b"".join(part.heap for part in parts), known[:-1], known[1:])
    rows, repeats, old = order_of(names, old, _ids([part.ids for part in parts]))
    bad += [_repeat(names, row, first) for row, first in repeats]
    count = [len(part.known) for part in parts]
    starts, sizes = np.concatenate(
        [np.empty((2, 0), dtype=np.int64), *(part.places for part in parts)], axis=1
    )
    places = Places(np.repeat(np.arange(len(parts), dtype=np.int32), count), starts, sizes)
    # Where articles came in this order, as they mostly do, nothing has to be moved.
    order = slice(None) if np.array_equal(rows, np.arange(len(names))) else rows
    prints = _all([part.prints for part in parts], np.uint64).reshape(-1, 2)[order]
    twin_of = first_alike(prints)
    bands, values = (parts[0].keys.shape[1], parts[0].sketches.shape[1]) if parts else (0, 0)
    keys = np.concatenate([np.empty((0, bands), dtype=np.uint32), *(part.keys for part in parts)])
    sketches = [np.empty((0, values), dtype=np.uint8), *(part.sketches for part in parts)]
    return Corpus(
        Names(names.heap, names.starts[order], names.ends[order]),
        _all([part.words for part in parts], np.int64)[order],
        places[order],
        {number: part.again for number, part in enumerate(parts) if part.again},
        np.ascontiguousarray(prints[:, 0]),
        twin_of,
        _all([part.shorts for part in parts], np.uint64)[order],
        _all([part.pages for part in parts], np.uint64)[order],
        keys[order] if bands else keys,
        np.concatenate(sketches)[order if bands else slice(None)],
        _of_first([part.sample for part in parts], rows, twin_of) if not bands else join([]),
        old,
        against,
        tuple(bad),
    )


def _all(parts: list[NDArray[np.generic]], dtype: type) -> NDArray:  # type: ignore[type-arg]
    import numpy as np

    return np.concatenate([np.empty(0, dtype), *(part.reshape(-1) for part in parts)])


def _ids(parts: list[NDArray[np.bytes_] | None]) -> NDArray[np.bytes_] | None:
    """Return the ids of all articles as rows of bytes; None where some do not fit."""
    import numpy as np

    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return np.concatenate([np.empty(0, dtype="S1"), *known])


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

    rows = np.arange(len(prints))
    ones = np.sort(prints[:, 0])
    often = np.unique(ones[1:][ones[1:] == ones[:-1]])
    some = np.flatnonzero(contains(often, prints[:, 0]))  # few are not the only ones
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


def _of_first(
    samples: list[Shingles], rows: NDArray[np.int64], twin_of: NDArray[np.int64]
) -> Shingles:
    """Return the samples by row; that of a twin empty, for its first stands for it."""
    import numpy as np

    sample = take(join(samples), rows)
    first = twin_of == np.arange(len(rows))
    if first.all():
        return sample
    kept = np.repeat(first, sample.sizes)
    return Shingles(
        sample.hashes[kept], offsets_of(np.where(first, sample.sizes, 0)), sample.tokens
    )
