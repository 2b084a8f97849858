"""Lines of a plain JSONL file, read once more: what is rather read again than set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.detect.machine import Compiled
from dedup.detect.room import own_room
from dedup.errors import InputError
from dedup.reading.jsonl import line_reader
from dedup.reading.piece import Piece
from dedup.reading.source import place_of
from dedup.scanning import lines
from dedup.scanning.gathering import Group
from dedup.scanning.lines import BLOCK_BYTES, MARGIN, UnreadError, groups_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PICK_LINES = Compiled("dedup.scanning.linekernel", "pick_lines")
#: Bytes of lines, and of what lies between them, that are read before the lines are picked out.
READ_BYTES = 4 * BLOCK_BYTES
#: Bytes that are rather read and not used than passed over.
MOST_BETWEEN = 1 << 14


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

    sizes, at = np.ascontiguousarray(sizes), np.empty(len(starts), dtype=np.int64)
    array = own_room().take("lines", np.uint8, BLOCK_BYTES + MARGIN)
    read = own_room().take("lines and others", np.uint8, READ_BYTES + MARGIN)

    def picked(first: int, stop: int) -> tuple[NDArray[np.uint8], int, int]:
        PICK_LINES(read, at[first:stop], sizes[first:stop], 0, array)
        total = int(sizes[first:stop].sum())
        array[total : total + MARGIN] = 0
        return array, total, 0

    begun = filled = wanted = 0
    with Path(piece.source.file).open("rb", buffering=0) as file:
        for first, stop in _stretches(starts.tolist(), (starts + sizes).tolist()):
            base = int(starts[first])
            span = int(starts[stop - 1] + sizes[stop - 1]) - base
            more = int(sizes[first:stop].sum())
            if filled + span > READ_BYTES or wanted + more > BLOCK_BYTES:
                yield picked(begun, first)
                begun, filled, wanted = first, 0, 0
            file.seek(base)
            if file.readinto(read[filled : filled + span].data) != span:
                raise UnreadError
            at[first:stop] = starts[first:stop] - (base - filled)
            filled += span
            wanted += more
    yield picked(begun, len(starts))


def _stretches(begins: Sequence[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield which lines, from and up to, are read at once: all between them fits in a block."""
    first = 0
    for number in range(1, len(begins)):
        gap = begins[number] - ends[number - 1]
        if gap > MOST_BETWEEN or ends[number] - begins[first] > BLOCK_BYTES:
            yield first, number
            first = number
    if begins:
        yield first, len(begins)
