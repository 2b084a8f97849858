"""Sheets of the articles that have candidates: each text is outlined once, by some worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.detect.engine import KernelEngine
from dedup.scanning.aside import read_aside
from dedup.scanning.batchsheets import packed_sheets
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import load_furniture
from dedup.scanning.intake import TEXTS
from dedup.scanning.packing import pack_sheet
from dedup.scanning.passes import Texts, second_pass
from dedup.scanning.sheets import make_sheet
from dedup.scanning.spool import Places, Reader, writing
from dedup.text import outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The kind of spool file that holds them.
SHEETS = "sheets"
#: Articles that a worker outlines at a time.
TOGETHER = 256


def make_sheets(desk: Desk, texts: Places, rows: NDArray[np.int64]) -> Places:
    """Outline the texts of the given rows; return where their sheets lie."""
    return second_pass(desk, texts, rows, outline_texts, TOGETHER)


def outline_texts(texts: Texts) -> NDArray[np.int64]:
    """Write the sheets of some texts; return the bytes of each."""
    import numpy as np

    plan = texts.plan
    with (
        Reader(plan.folder, TEXTS) as spool,
        writing(plan.folder, SHEETS, texts.number) as out,
    ):
        furniture, size = load_furniture(plan.folder), plan.shingle_words
        asides = map(read_aside, spool.each(texts.places))
        if isinstance(plan.engine, KernelEngine):
            sheets = packed_sheets(asides, furniture, size)
        else:
            plain = (make_sheet(outline(aside.article), furniture, size) for aside in asides)
            sheets = map(pack_sheet, plain)
        sizes = [out.write(sheet) for sheet in sheets]
    return np.array(sizes, dtype=np.int64)
