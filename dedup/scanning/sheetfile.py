"""Sheets of the articles that have candidates: each text is outlined once, by some worker."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.engine import KernelEngine
from dedup.scanning.aside import read_aside
from dedup.scanning.batchoutline import Asides
from dedup.scanning.batchsheets import Furniture, Packed, packed_sheets
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import load_furniture
from dedup.scanning.intake import SHINGLES, TEXTS, Plan
from dedup.scanning.packing import pack_sheet
from dedup.scanning.sheets import make_sheet
from dedup.scanning.spool import Places, Reader, map_file, writing_over
from dedup.text import outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The kind of spool file that holds them.
SHEETS = "sheets"
#: Articles that a worker outlines at a time, at most, and portions in which few are shared out.
TOGETHER, PORTIONS = 1024, 8


class Texts(NamedTuple):
    """Some texts for a worker, and the number of the spool file for their sheets.

    Attributes:
        number: Of the file.
        places: Where the texts lie, in order.
        pages: Digests of the pages that they stand at, 0 for unknown; uint64.
        plan: How articles are digested.
    """

    number: int
    places: Places
    pages: NDArray[np.uint64]
    plan: Plan


def make_sheets(
    desk: Desk, texts: Places, pages: NDArray[np.uint64], rows: NDArray[np.int64]
) -> Places:
    """Outline the texts of some rows.

    Args:
        desk: Who works.
        texts: Where the texts of all rows lie.
        pages: Digests of the pages that they stand at, 0 for unknown; uint64.
        rows: Those that are wanted.

    Returns:
        Where the sheets lie, as many places as texts; those of other rows without a file.
    """
    import numpy as np

    rows = rows[np.lexsort((texts.start[rows], texts.file[rows]))]  # as they lie on disk
    count = len(texts.file)
    file = np.full(count, -1, dtype=np.int32)
    start, size = np.zeros((2, count), dtype=np.int64)
    together = min(TOGETHER, -(-len(rows) // PORTIONS)) or 1
    groups = [rows[first : first + together] for first in range(0, len(rows), together)]
    tasks = (
        Texts(number, texts[group], pages[group], desk.plan) for number, group in enumerate(groups)
    )
    compiled = isinstance(desk.plan.engine, KernelEngine)
    share = desk.crew.map_here if compiled else desk.crew.map
    for number, sizes in enumerate(share(outline_texts, tasks)):
        group = groups[number]
        file[group], size[group] = number, sizes
        start[group] = np.cumsum(sizes) - sizes
        desk.watch.advance(len(group))
    return Places(file, start, size)


def outline_texts(texts: Texts) -> NDArray[np.int64]:
    """Write the sheets of some texts, over shingles; return the bytes of each.

    Nobody asks for a shingle once it is known which articles have candidates.
    """
    import numpy as np

    plan = texts.plan
    furniture = _furniture(plan.folder, plan.shingle_words)
    compiled = isinstance(plan.engine, KernelEngine)
    sizes = [np.empty(0, dtype=np.int64)]
    with writing_over(SHINGLES, plan.folder, SHEETS, texts.number) as out:
        for packed in _compiled(texts, furniture) if compiled else _plain(texts, furniture):
            out.writelines(packed.pieces)
            sizes.append(packed.sizes)
    return np.concatenate(sizes)


@lru_cache(maxsize=1)
def _furniture(folder: str, words: int) -> Furniture:
    """Return the furniture of a scan, which each worker reads once."""
    return Furniture.of(load_furniture(folder), words)


def _compiled(texts: Texts, furniture: Furniture) -> Iterator[Packed]:
    """Yield the sheets that the compiled engine makes, file by file."""
    import numpy as np

    places = texts.places
    edges = np.flatnonzero(np.diff(places.file, prepend=-1, append=-1)).tolist()
    for first, stop in pairwise(edges):
        starts, sizes = places.start[first:stop], places.size[first:stop]
        bytes_needed = int(starts[-1] + sizes[-1])
        data = map_file(texts.plan.folder, TEXTS, int(places.file[first]), bytes_needed)
        yield from packed_sheets(Asides(data, starts, sizes, texts.pages[first:stop]), furniture)


def _plain(texts: Texts, furniture: Furniture) -> Iterator[Packed]:
    """Yield the sheets that are made one by one."""
    import numpy as np

    with Reader(texts.plan.folder, TEXTS) as spool:
        for data in spool.each(texts.places):
            article = read_aside(data).article
            sheet = pack_sheet(make_sheet(outline(article), furniture.shingles, furniture.words))
            yield Packed([sheet], np.array([len(sheet)]))
