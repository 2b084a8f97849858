"""Sheets of the articles that have candidates: each text is outlined once, by some worker."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING, Any

from dedup.detect.engine import KernelEngine
from dedup.scanning.batchsheets import sheets_of
from dedup.scanning.desk import Desk
from dedup.scanning.furnishing import load_furniture
from dedup.scanning.intake import TEXTS, unpack_text
from dedup.scanning.passes import Texts, second_pass
from dedup.scanning.sheets import Sheet, make_sheet
from dedup.scanning.spool import Places, Reader, writing
from dedup.text import outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The kind of spool file that holds them.
SHEETS = "sheets"
#: Articles that a worker outlines at a time.
TOGETHER = 256
#: Arrays of a sheet, in the order in which they are written.
_ARRAYS = {
    "tokens": "<u8",
    "letters": "<u2",
    "breaks": "<i4",
    "quotes": "<i4",
    "pairs": "<i4",
    "furniture": "<i4",
    "page": "<u8",
}


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
        articles = list(map(unpack_text, spool.each(texts.places)))
        if isinstance(plan.engine, KernelEngine):
            sheets = sheets_of(articles, furniture, size)
        else:
            sheets = (make_sheet(outline(article), furniture, size) for article in articles)
        sizes = [out.write(pack_sheet(sheet)) for sheet in sheets]
    return np.array(sizes, dtype=np.int64)


def pack_sheet(sheet: Sheet) -> bytes:
    """Return a sheet as bytes: the lengths of its arrays, then the arrays."""
    arrays = [getattr(sheet, name).astype(kind, copy=False) for name, kind in _ARRAYS.items()]
    lengths = pack(f"<{len(arrays)}i", *[array.size for array in arrays])
    return b"".join([lengths, *[array.tobytes() for array in arrays]])


def unpack_sheet(data: bytes) -> Sheet:
    """Return the sheet that was packed."""
    import numpy as np

    lengths = np.frombuffer(data, dtype="<i4", count=len(_ARRAYS)).tolist()
    arrays: list[NDArray[Any]] = []
    place = 4 * len(_ARRAYS)
    for kind, length in zip(_ARRAYS.values(), lengths, strict=True):
        arrays.append(np.frombuffer(data, dtype=kind, count=length, offset=place))
        place += arrays[-1].nbytes
    tokens, letters, breaks, quotes, pairs, furniture, page = arrays
    return Sheet(tokens, letters, breaks, quotes.reshape(-1, 2), pairs, furniture, page)
