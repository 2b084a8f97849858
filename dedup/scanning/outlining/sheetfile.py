"""Sheets of the articles that have candidates: each text is outlined once.

They lie in files where any worker may ask for any of them, and in the memory of a thread that asks
for no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from dedup.detect.kernelengine import KernelEngine
from dedup.detect.marking import Furniture
from dedup.detect.room import own_room
from dedup.scanning.ingesting.aside import Asides
from dedup.scanning.ingesting.corpus import Corpus
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.ingesting.intake import Plan
from dedup.scanning.outlining.batchsheets import (
    Packed,
    packed_sheets,
    room_for,
    write_sheets,
)
from dedup.scanning.outlining.flatsheets import Flat, find_sheets
from dedup.scanning.outlining.packing import ALIGNED, pack_sheet
from dedup.scanning.outlining.sheets import make_sheet
from dedup.scanning.rereading.wanted import Wanted, asides_of, wanted
from dedup.scanning.spool import Places, writing
from dedup.text import outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes of a sheet for each word, mostly a few less.
SHEET_BYTES = 12
#: Bytes beside, asked for behind the last sheet: of what is not written to nothing is taken.
SPARE_BYTES = 1 << 26
#: The kind of spool file that holds them.
SHEETS = "sheets"


def sheets_at_hand(
    corpus: Corpus, rows: NDArray[np.int64], plan: Plan, furniture: Furniture
) -> tuple[Flat, NDArray[np.int64]]:
    """Return the sheets of some rows, and which rows these are, in the order of the sheets.

    Args:
        corpus: All that was taken in.
        rows: Each once.
        plan: How articles are digested, on the compiled engine.
        furniture: Shingles that the corpus tells to be furniture.

    Returns:
        What is good until this thread asks for others.
    """
    import numpy as np

    out = _room(SHEET_BYTES * int(corpus.words[rows].sum()) + SPARE_BYTES)
    end, order, begins = 0, [rows[:0]], [np.empty(0, dtype=np.int64)]
    for some in wanted(corpus, rows, plan):
        order.append(some.rows)
        for asides in asides_of(some):
            if end + room_for(asides) > out.nbytes:
                wider = _room(2 * (end + room_for(asides)))
                wider[: end // ALIGNED] = out[: end // ALIGNED]
                out = wider
            places, end = write_sheets(asides, furniture, out, end)
            begins.append(places)
    data = out.view(np.uint8)[:end]
    return find_sheets(data, np.concatenate(begins)), np.concatenate(order)


def _room(size: int) -> NDArray[np.uint64]:
    """Return room of so many bytes for sheets."""
    import numpy as np

    return own_room().take("sheets at hand", np.uint64, size // ALIGNED + 1)


def make_sheets(
    desk: Desk, corpus: Corpus, rows: NDArray[np.int64], furniture: Furniture
) -> Places:
    """Outline the texts of some rows.

    Args:
        desk: Who works.
        corpus: All that was taken in.
        rows: Each once.
        furniture: Shingles that the corpus tells to be furniture.

    Returns:
        Where the sheets of all rows of the corpus lie; those of other rows without a file.
    """
    import numpy as np

    file = np.full(len(corpus), -1, dtype=np.int32)
    start, size = np.zeros((2, len(corpus)), dtype=np.int64)
    compiled = isinstance(desk.plan.engine, KernelEngine)
    share = desk.crew.map_here if compiled else desk.crew.map
    work = partial(outline_texts, furniture=furniture)
    tasks = enumerate(wanted(corpus, rows, desk.plan))
    for number, (some, sizes) in enumerate(share(work, tasks)):
        file[some], size[some] = number, sizes
        start[some] = np.cumsum(sizes) - sizes
        desk.watch.advance(len(some))
    return Places(file, start, size)


def outline_texts(
    task: tuple[int, Wanted], furniture: Furniture
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Write the sheets of some texts to the file of this number; return the rows, and the bytes of
    each."""
    import numpy as np

    number, some = task
    plan = some.plan
    make = packed_sheets if isinstance(plan.engine, KernelEngine) else _plain
    sizes = [np.empty(0, dtype=np.int64)]
    with writing(plan.folder, SHEETS, number) as out:
        for asides in asides_of(some):
            for packed in make(asides, furniture):
                out.writelines(packed.pieces)
                sizes.append(packed.sizes)
    return some.rows, np.concatenate(sizes)


def _plain(asides: Asides, furniture: Furniture) -> Iterator[Packed]:
    """Yield the sheets, made one by one."""
    import numpy as np

    for aside in asides:
        document = outline(aside.article)
        sheet = pack_sheet(make_sheet(document, furniture.shingles, furniture.words))
        yield Packed([sheet], np.array([len(sheet)]))
