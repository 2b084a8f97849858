"""Articles of which more is wanted than is kept in memory: their texts, once more.

A plain JSON line is read again, which is sooner done than to write down as much as was read; of all
else the text was set aside at the first reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.batch import Texts, lay
from dedup.scanning.ingesting.aside import Asides, from_spool, where_they_lie
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.ingesting.gathering import Group, prints_of
from dedup.scanning.ingesting.intake import TEXTS, Plan
from dedup.scanning.rereading.again import changed, read_again
from dedup.scanning.spool import Places, map_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.reading.piece import Piece

#: Articles that a worker takes at a time, at most, and portions in which few are shared out.
TOGETHER, PORTIONS = 1024, 8


class Wanted(NamedTuple):
    """Some articles of one file for a worker, in the order in which they lie there.

    Attributes:
        rows: Their rows; int64.
        places: Where their texts, or their lines, are.
        prints: Digests that they had when they were taken in; uint64.
        pages: Digests of the pages that they stand at, 0 for unknown; uint64.
        piece: What holds the lines; None where texts were set aside.
        plan: How articles are digested.
    """

    rows: NDArray[np.int64]
    places: Places
    prints: NDArray[np.uint64]
    pages: NDArray[np.uint64]
    piece: Piece | None
    plan: Plan


def wanted(corpus: Corpus, rows: NDArray[np.int64], plan: Plan) -> Iterator[Wanted]:
    """Share out some rows, each once, in the order in which they lie on disk."""
    import numpy as np

    places = corpus.places
    file = _first_pieces(corpus)[places.file[rows]]
    order = np.lexsort((places.start[rows], file))
    rows, file = rows[order], file[order]
    together = min(TOGETHER, -(-len(rows) // PORTIONS)) or 1
    edges = np.flatnonzero(np.diff(file, prepend=-1, append=-1)).tolist()
    for begin, end in pairwise(edges):
        again = corpus.again.get(int(file[begin]))
        for first in range(begin, end, together):
            some = rows[first : min(end, first + together)]
            yield Wanted(some, places[some], corpus.prints[some], corpus.pages[some], again, plan)


def _first_pieces(corpus: Corpus) -> NDArray[np.int64]:
    """Return of each piece that is read again the first of its file, of others themselves."""
    import numpy as np

    last = max(int(corpus.places.file.max(initial=-1)), *corpus.again, -1)
    numbers = np.arange(1 + last)
    first: dict[str, int] = {}
    for number in sorted(corpus.again):
        numbers[number] = first.setdefault(corpus.again[number].source.file, number)
    return numbers


def texts_of(some: Wanted) -> Iterator[Texts]:
    """Yield the texts, in groups that are good until the next is asked for.

    Raises:
        InputError: The file is no longer what it was.
        SpoolError: What was set aside is not there any more.
    """
    if some.piece is not None:
        for group in _read_again(some, some.piece):
            yield group.texts
    else:
        yield lay([aside.text for aside in _from_spool(some)])


def asides_of(some: Wanted) -> Iterator[Asides]:
    """Yield the articles, in groups that are good until the next is asked for.

    Raises:
        InputError: As above, and so the next.
        SpoolError: See there.
    """
    if some.piece is None:
        yield _from_spool(some)
        return
    taken = 0
    for group in _read_again(some, some.piece):
        pages = some.pages[taken : taken + len(group.texts)]
        taken += len(group.texts)
        yield where_they_lie(group, pages)


def _read_again(some: Wanted, piece: Piece) -> Iterator[Group]:
    """Yield the lines as they are now, which is as they were."""
    import numpy as np

    taken = 0
    for group in read_again(piece, some.places.start, some.places.size):
        prints = prints_of(group.texts, group.tails, some.plan.engine)[:, 0]
        # Where a line now holds the end of another, there are more articles than there were.
        if not np.array_equal(prints, some.prints[taken : taken + len(prints)]):
            raise changed(piece)
        taken += len(prints)
        yield group


def _from_spool(some: Wanted) -> Asides:
    """Return the articles as they lie in the spool."""
    places = some.places
    end = int((places.start + places.size).max())
    data = map_file(some.plan.folder, TEXTS, int(places.file[0]), end)
    return from_spool(data, places.start, places.size, some.pages)
