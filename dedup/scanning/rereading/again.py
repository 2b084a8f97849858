"""Lines of a plain JSONL file, read once more: what is rather read again than set aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.detect.machine import Compiled
from dedup.detect.room import own_room
from dedup.errors import InputError
from dedup.reading.jsonl import line_reader
from dedup.reading.piece import Piece
from dedup.reading.source import place_of
from dedup.scanning.ingesting import lines
from dedup.scanning.ingesting.gathering import Group
from dedup.scanning.ingesting.lines import BLOCK_BYTES, MARGIN, UnreadError, groups_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PICK_LINES = Compiled("dedup.scanning.ingesting.linekernel", "pick_lines")
#: Bytes of lines, and of what lies between them, that are read before the lines are picked out.
READ_BYTES = 2 * BLOCK_BYTES
#: Bytes that are rather read and not used than passed over.
MOST_BETWEEN = 1 << 13


def read_again(
    piece: Piece, starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[Group]:
    """Yield the articles of some lines that `read_groups` has found, in groups.

    Args:
        piece: What holds them; its file is plain.
        starts: Where each line begins in the file, in order.
        sizes: The bytes of each.

    Raises:
        InputError: The file is no longer what it was.
    """
    count = 0
    try:
        for group in groups_in(piece, _picked(piece, starts, sizes), [], line_reader(piece)):
            count += len(group.texts)
            yield group
    except (UnreadError, OSError) as error:
        raise changed(piece) from error
    if count != len(starts):
        raise changed(piece)


def warm_up() -> None:
    """Compile or load what reads lines, and what picks some of them out."""
    import numpy as np

    lines.warm_up()
    none, nothing = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint8)
    PICK_LINES(nothing, none, none, 0, nothing)  # last: where it is there, all is


def changed(piece: Piece) -> InputError:
    """Return the error of a file that is not what it was at the first reading."""
    place = place_of(piece.source.path)
    return InputError(f"{place}: was changed while it was read; scan it when it is complete")


def _picked(
    piece: Piece, starts: NDArray[np.int64], sizes: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.uint8], int, int]]:
    """Yield what `_blocks` does, of some lines alone; where they begin in the file is not said."""
    import numpy as np

    array = own_room().take("lines", np.uint8, BLOCK_BYTES + MARGIN)
    read = own_room().take("lines and others", np.uint8, READ_BYTES + MARGIN)
    view, sizes, ends = read.data, np.ascontiguousarray(sizes), starts + sizes
    between = starts[1:] - ends[:-1]
    apart = between > MOST_BETWEEN
    begun = np.flatnonzero(np.concatenate([[True], apart]))
    # Up to the end of each line, what is wanted, and what is read.
    wanted = np.cumsum(sizes)
    filled = wanted + np.concatenate([[0], np.cumsum(np.where(apart, 0, between))])
    first = 0
    with Path(piece.source.file).open("rb", buffering=0) as file:
        while first < len(starts):
            stop = min(
                _fitting(wanted, sizes, first, BLOCK_BYTES),
                _fitting(filled, sizes, first, READ_BYTES),
            )
            at = filled[first:stop] - sizes[first:stop]
            at -= at[0]
            inner = begun[(begun > first) & (begun < stop)]
            lines, last = np.append(first, inner), np.append(inner, stop) - 1
            stretches = at[lines - first], starts[lines], ends[last] - starts[lines]
            for to, start, size in zip(*(column.tolist() for column in stretches), strict=True):
                file.seek(start)
                if file.readinto(view[to : to + size]) != size:
                    raise UnreadError
            PICK_LINES(read, at, sizes[first:stop], 0, array)
            total = int(sizes[first:stop].sum())
            array[total : total + MARGIN] = 0
            yield array, total, 0
            first = stop


def _fitting(filled: NDArray[np.int64], sizes: NDArray[np.int64], first: int, room: int) -> int:
    """Return up to which line all from `first` on fit, where so much is filled up to each end."""
    return int(filled.searchsorted(filled[first] - sizes[first] + room, "right"))
