"""The shingle sets of the articles that have candidates, made in a second pass, in one file.

Few articles of a corpus have any. What is set aside of all of them at the first pass would be as
large as their texts; a JSON line is rather read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.batch import Shingles, join, offsets_of
from dedup.detect.buckets import unpack_pairs
from dedup.scanning.again import changed, read_again
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
from dedup.scanning.intake import Plan
from dedup.scanning.shinglefile import read_shingles
from dedup.scanning.spool import Places, spool_file, writing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.reading.piece import Piece

#: The kind of spool file that holds them.
SETS = "sets"


class Wanted(NamedTuple):
    """Some articles of one file for a worker.

    Attributes:
        places: Where their shingles, or their lines, are.
        words: How many each had when it was taken in.
        piece: What holds the lines; None where shingles were set aside.
        plan: How articles are digested.
    """

    places: Places
    words: NDArray[np.int64]
    piece: Piece | None
    plan: Plan


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets of some rows.

    Attributes:
        number: The place of each row of the corpus among the sets; -1 of one without; int32.
        shingles: The sets, in memory as far as they are looked at.
    """

    number: NDArray[np.int32]
    shingles: Shingles

    def pairs(self, pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return pairs of rows as pairs of sets, in the same order."""
        import numpy as np

        a, b = (self.number[rows].astype(np.uint64) for rows in unpack_pairs(pairs))
        return a << np.uint64(32) | b  # which of the two comes first stays as it is


def keep_sets(desk: Desk, corpus: Corpus, rows: NDArray[np.int64]) -> Sets:
    """Write the shingle sets of the given rows to the spool.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        rows: Each once.
    """
    import numpy as np

    places = corpus.places
    rows = rows[np.lexsort((places.start[rows], places.file[rows]))]  # as they lie on disk
    files, firsts = np.unique(places.file[rows], return_index=True)
    parts = np.split(rows, firsts[1:]) if len(rows) else []

    def tasks() -> Iterator[Wanted]:
        for file, part in zip(files.tolist(), parts, strict=True):
            yield Wanted(places[part], corpus.words[part], corpus.again.get(file), desk.plan)

    share = desk.crew.map_here if corpus.again.keys() >= {*files.tolist()} else desk.crew.map
    sizes = [np.empty(0, dtype=np.int64)]
    with writing(desk.plan.folder, SETS, 0) as spool:
        for sets in share(make_sets, tasks()):
            sets.hashes.tofile(spool)
            sizes.append(sets.sizes)
            desk.watch.advance(len(sets))
    number = np.full(len(corpus), -1, dtype=np.int32)
    number[rows] = np.arange(len(rows), dtype=np.int32)
    offsets = offsets_of(np.concatenate(sizes))
    hashes: NDArray[np.uint32] = np.empty(0, dtype=np.uint32)
    if offsets[-1]:
        hashes = np.memmap(spool_file(desk.plan.folder, SETS, 0), np.uint32, "r")
    return Sets(number, Shingles(hashes, offsets, np.diff(offsets)))


def make_sets(wanted: Wanted) -> Shingles:
    """Return the shingle sets of some articles of a file, in the order of their places.

    Raises:
        InputError: The file is no longer what it was.
    """
    places, words, piece, plan = wanted
    if piece is None:
        return plan.engine.sets(read_shingles(plan.folder, places))
    sets, taken = [], 0
    for texts in read_again(piece, places.start, places.size):
        hashed = plan.engine.shingles(texts, plan.shingle_words)
        if (hashed.tokens != words[taken : taken + len(hashed)]).any():
            raise changed(piece)
        taken += len(hashed)
        sets.append(plan.engine.sets(hashed))
    return join(sets)
