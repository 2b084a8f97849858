"""The one order that a result depends on: that of the ids, an older corpus first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dedup.scanning.columns import Names

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes of an id that is sorted as a row of an array; a longer one is sorted as text.
LONGEST = 64
#: How MessagePack begins a text of up to 31 bytes, and of up to 255.
SHORT_TEXT, TEXT_OF_255 = 0xA0, 0xD9


def order_of(
    names: Names, old: int, ids: NDArray[np.bytes_] | None
) -> tuple[NDArray[np.int64], list[tuple[int, int]], int]:
    """Return where the article of each row was read, what repeats an id, and the rows of the old.

    A repeat is given with the article that came first; one within the older corpus is left out
    without a word, as all else that is wrong there. O(n) where the ids come sorted, else
    O(n log n).

    Args:
        names: What is known of the articles, in the order of reading.
        old: How many of them, the first, are of the older corpus.
        ids: Their ids, as `id_bytes` returns them.
    """
    import numpy as np

    rows: list[NDArray[np.int64]] = []
    repeats: list[tuple[int, int]] = []
    for start, stop in ((0, old), (old, len(names))):
        order, opens = _sorted(names, start, stop) if ids is None else _sort(ids[start:stop])
        order += start
        rows.append(order[opens])
        if start == old:
            leads = order[opens][np.cumsum(opens) - 1]
            repeats = list(zip(order[~opens].tolist(), leads[~opens].tolist(), strict=True))
    return np.concatenate(rows), sorted(repeats), len(rows[0])


def id_bytes(names: Names) -> NDArray[np.bytes_] | None:
    """Return the ids as rows of bytes, which sort like the texts; None where some do not fit.

    UTF-8 sorts as its characters do, and numpy takes no notice of NUL at an end.
    """
    import numpy as np

    if not len(names):
        return np.empty(0, dtype="S1")
    heap = np.frombuffer(names.heap, dtype=np.uint8)
    heads, nexts = heap[names.starts + 1], heap[names.starts + 2].astype(np.int64)
    short = (heads & 0xE0) == SHORT_TEXT
    sizes = np.where(short, heads & 0x1F, nexts)
    if not (short | (heads == TEXT_OF_255)).all() or sizes.max() > LONGEST:
        return None
    firsts = names.starts + np.where(short, 2, 3)
    width = max(1, int(sizes.max()))
    out = np.zeros((len(names), width), dtype=np.uint8)
    for place in range(width):
        there = np.minimum(firsts + place, len(heap) - 1)
        out[:, place] = np.where(sizes > place, heap[there], 0)
    if ((out == 0) & (np.arange(width) < sizes[:, None])).any():
        return None
    return out.reshape(-1).view(f"S{width}")


def _sort(ids: NDArray[np.bytes_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the order of the ids, equal ones as they came, and which of them are the first."""
    import numpy as np

    order = np.arange(len(ids))
    if (ids[1:] < ids[:-1]).any():
        order = np.argsort(ids, kind="stable")
        ids = ids[order]
    opens = np.ones(len(ids), dtype=np.bool_)
    opens[1:] = ids[1:] != ids[:-1]
    return order, opens


def _sorted(names: Names, start: int, stop: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Do what `_sort` does, of ids of any length: the reference of it."""
    import numpy as np

    ids = [names[row].id for row in range(start, stop)]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    opens = [place == 0 or _differ(ids, order[place - 1 : place + 1]) for place in range(len(ids))]
    return np.array(order, dtype=np.int64), np.array(opens, dtype=np.bool_)


def _differ(ids: Sequence[str], places: Sequence[int]) -> bool:
    return ids[places[0]] != ids[places[1]]
