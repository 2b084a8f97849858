"""A second look at some of the articles: each worker makes something of their texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from dedup.scanning.desk import Desk
from dedup.scanning.intake import Plan
from dedup.scanning.spool import Places

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Texts(NamedTuple):
    """Some texts for a worker, and the number of the spool file for what it makes of them."""

    number: int
    places: Places
    plan: Plan


def second_pass(
    desk: Desk,
    texts: Places,
    rows: NDArray[np.int64],
    make: Callable[[Texts], NDArray[np.int64]],
    together: int,
) -> Places:
    """Let workers write something for each of some rows.

    Args:
        desk: Who works.
        texts: Where all texts lie.
        rows: Those that are wanted.
        make: Writes a spool file and returns the bytes of each piece in it.
        together: Articles to a file.

    Returns:
        Where it lies, as many places as texts; those of other rows without a file.
    """
    import numpy as np

    rows = rows[np.lexsort((texts.start[rows], texts.file[rows]))]  # as they lie on disk
    count = len(texts.file)
    file = np.full(count, -1, dtype=np.int32)
    start, size = np.zeros((2, count), dtype=np.int64)
    groups = [rows[first : first + together] for first in range(0, len(rows), together)]
    tasks = (Texts(number, texts[group], desk.plan) for number, group in enumerate(groups))
    for number, sizes in enumerate(desk.crew.map(make, tasks)):
        group = groups[number]
        file[group], size[group] = number, sizes
        start[group] = np.cumsum(sizes) - sizes
        desk.watch.advance(len(group))
    return Places(file, start, size)
