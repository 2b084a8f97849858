"""The shingle sets of some articles, made of their texts in a second pass, in a file or a few.

Where they are many, each file holds what lies in one part of the hash space: so memory holds but a
part at a time, and what articles have in common is the sum of what they have of each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles, join, offsets_of
from dedup.detect.buckets import pack_as_given, unpack_pairs
from dedup.detect.kernelengine import KernelEngine
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.rereading.wanted import Wanted, texts_of, wanted
from dedup.scanning.spool import spool_file, writing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The kind of spool file that holds them, and its bytes for a shingle.
SETS, WIDTH = "sets", 4
#: Bytes of the shingles of a part, of which sets are two thirds, mostly; but so many parts at most,
#: since each is looked at for all pairs.
PART_BYTES, MOST_PARTS = 3 << 29, 8


@dataclass(frozen=True, slots=True)
class Sets:
    """The sets of some rows.

    Attributes:
        number: The place of each row of the corpus among the sets; -1 of one without; int32.
        parts: What opens the sets, of each part of the hash space: they are in memory as far as
            they are looked at, while they are open.
    """

    number: NDArray[np.int32]
    parts: Sequence[Callable[[], Shingles]]

    def pairs(self, pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
        """Return pairs of rows as pairs of sets, in the same order."""
        return pack_as_given(*(self.number[rows] for rows in unpack_pairs(pairs)))


def parts_for(corpus: Corpus, rows: NDArray[np.int64]) -> int:
    """Return in how many parts the sets of some rows should be."""
    total = int(corpus.words[rows].sum()) * WIDTH
    return min(MOST_PARTS, max(1, -(-total // PART_BYTES)))


def keep_sets(desk: Desk, corpus: Corpus, rows: NDArray[np.int64], parts: int = 1) -> Sets:
    """Write the shingle sets of the given rows to the spool, in place of those that were there.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        rows: Each once.
        parts: In how many parts of the hash space.
    """
    import numpy as np

    number = np.full(len(corpus), -1, dtype=np.int32)
    sizes = [np.empty((parts, 0), dtype=np.int64)]
    compiled = isinstance(desk.plan.engine, KernelEngine)
    share = desk.crew.map_here if compiled else desk.crew.map
    done = 0
    with ExitStack() as files:
        spools = [files.enter_context(writing(desk.plan.folder, SETS, at)) for at in range(parts)]
        work = partial(make_sets, parts=parts)
        for some, sets in share(work, wanted(corpus, rows, desk.plan)):
            for spool, part in zip(spools, sets, strict=True):
                part.hashes.tofile(spool)
            sizes.append(np.stack([part.sizes for part in sets]))
            number[some] = np.arange(done, done + len(some), dtype=np.int32)
            done += len(some)
            desk.watch.advance(len(some))
    ends = map(offsets_of, np.concatenate(sizes, axis=1))
    return Sets(number, [partial(_open, desk.plan.folder, at, one) for at, one in enumerate(ends)])


def drop_sets(folder: str, sets: Sets) -> None:
    """Give up the files of sets that nobody asks for any more."""
    for at in range(len(sets.parts)):
        spool_file(folder, SETS, at).unlink()


def _open(folder: str, part: int, offsets: NDArray[np.int64]) -> Shingles:
    """Return the sets of a part, as they lie in their file."""
    import numpy as np

    hashes: NDArray[np.uint32] = np.empty(0, dtype=np.uint32)
    if offsets[-1]:
        hashes = np.memmap(spool_file(folder, SETS, part), np.uint32, "r")
    return Shingles(hashes, offsets, np.diff(offsets))


def make_sets(some: Wanted, parts: int) -> tuple[NDArray[np.int64], list[Shingles]]:
    """Return which rows these are, and their sets, a part of the hash space after another.

    Raises:
        InputError: The file is no longer what it was.
    """
    plan = some.plan
    edges = [(part << 32) // parts for part in range(parts + 1)]
    found: list[list[Shingles]] = [[] for _ in range(parts)]
    for texts in texts_of(some):
        hashed = plan.engine.shingles(texts, plan.shingle_words)
        for part, sets in enumerate(found):
            sets.append(plan.engine.sets(hashed, (edges[part], edges[part + 1] - 1)))
    return some.rows, list(map(join, found))
