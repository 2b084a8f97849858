"""Sheets of the articles that have candidates: each text is outlined once, by some worker."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.detect.engine import KernelEngine
from dedup.scanning.aside import Asides
from dedup.scanning.batchsheets import Furniture, Packed, packed_sheets
from dedup.scanning.corpus import Corpus
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import load_furniture
from dedup.scanning.packing import pack_sheet
from dedup.scanning.sheets import make_sheet
from dedup.scanning.spool import Places, writing
from dedup.scanning.wanted import Wanted, asides_of, wanted
from dedup.text import outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The kind of spool file that holds them.
SHEETS = "sheets"


def make_sheets(desk: Desk, corpus: Corpus, rows: NDArray[np.int64]) -> Places:
    """Outline the texts of some rows, each once.

    Returns:
        Where the sheets of all rows of the corpus lie; those of other rows without a file.
    """
    import numpy as np

    file = np.full(len(corpus), -1, dtype=np.int32)
    start, size = np.zeros((2, len(corpus)), dtype=np.int64)
    compiled = isinstance(desk.plan.engine, KernelEngine)
    share = desk.crew.map_here if compiled else desk.crew.map
    tasks = enumerate(wanted(corpus, rows, desk.plan))
    for number, (some, sizes) in enumerate(share(outline_texts, tasks)):
        file[some], size[some] = number, sizes
        start[some] = np.cumsum(sizes) - sizes
        desk.watch.advance(len(some))
    return Places(file, start, size)


def outline_texts(task: tuple[int, Wanted]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Write the sheets of some texts to the file of this number; return the rows, and the bytes of
    each."""
    import numpy as np

    number, some = task
    plan = some.plan
    furniture = _furniture(plan.folder, plan.shingle_words)
    make = packed_sheets if isinstance(plan.engine, KernelEngine) else _plain
    sizes = [np.empty(0, dtype=np.int64)]
    with writing(plan.folder, SHEETS, number) as out:
        for asides in asides_of(some):
            for packed in make(asides, furniture):
                out.writelines(packed.pieces)
                sizes.append(packed.sizes)
    return some.rows, np.concatenate(sizes)


@lru_cache(maxsize=1)
def _furniture(folder: str, words: int) -> Furniture:
    """Return the furniture of a scan, which each worker reads once."""
    return Furniture.of(load_furniture(folder), words)


def _plain(asides: Asides, furniture: Furniture) -> Iterator[Packed]:
    """Yield the sheets, made one by one."""
    import numpy as np

    for aside in asides:
        document = outline(aside.article)
        sheet = pack_sheet(make_sheet(document, furniture.shingles, furniture.words))
        yield Packed([sheet], np.array([len(sheet)]))
