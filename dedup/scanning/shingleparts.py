"""Sets of the shingles that were set aside, a part of the hash space after another.

So memory holds but a part of what lies on disk, and everything is read in the order in which it
lies there. What articles have in common is the sum of what they have of each part.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.batch import Shingles, offsets_of
from dedup.detect.engine import Engine, KernelEngine, marks_for
from dedup.detect.machine import Compiled
from dedup.detect.marking import mark
from dedup.scanning.intake import SHINGLES
from dedup.scanning.shinglefile import WIDTH, read_shingles
from dedup.scanning.spool import Places, read_into

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes of sets to have in memory at once, about; but so many parts at most, since all that lies in
#: the files is read for each.
PART_BYTES, MOST_PARTS = 1 << 30, 8
#: Bytes to read at once, and how often that for each thread: what one has made waits to be copied.
READ_BYTES, AHEAD = 1 << 22, 2

PART_ROWS = Compiled("dedup.detect.siftkernel", "part_rows")


def each_part(
    folder: str, places: Places, engine: Engine, furniture: NDArray[np.uint32]
) -> Iterator[Shingles]:
    """Yield the sets of some articles without furniture, by the compiled engine part by part.

    Args:
        folder: The spool.
        places: Some of `shinglefile.shingle_places`, in the order of `Places.order`.
        engine: What makes sets.
        furniture: Sorted.

    Yields:
        Sets that are good until the next is asked for. O(shingles in the files that hold any).
    """
    if isinstance(engine, KernelEngine):
        yield from _parts(folder, places, engine, furniture)
    else:
        yield engine.without(engine.sets(read_shingles(folder, places)), furniture)


class _Room(NamedTuple):
    """What a stretch is worked on in."""

    read: NDArray[np.uint8]
    kept: NDArray[np.uint32]
    seen: NDArray[np.uint64]
    out: NDArray[np.uint32]


class _Stretch(NamedTuple):
    """Articles `first` to `stop - 1`, which are read at once: `size` bytes of a file."""

    first: int
    stop: int
    file: int
    start: int
    size: int


def _parts(
    folder: str, places: Places, engine: KernelEngine, furniture: NDArray[np.uint32]
) -> Iterator[Shingles]:
    import numpy as np

    total = int(places.size.sum())
    parts = min(MOST_PARTS, max(1, -(-total // PART_BYTES)))
    stretches = _stretches(places)
    known = mark(furniture)
    longest = int(places.size.max(initial=0)) // WIDTH
    most = max((one.size for one in stretches), default=0)
    rooms = []
    for _ in range(AHEAD * engine.threads):
        kept, out = (np.empty(size, dtype=np.uint32) for size in (longest + 1, most // WIDTH))
        rooms.append(_Room(np.empty(most, dtype=np.uint8), kept, marks_for(longest), out))
    sizes = np.empty(len(places.file), dtype=np.int64)

    def sets_of(low: int, high: int, room: _Room, stretch: _Stretch) -> NDArray[np.uint32]:
        """Return the sets of one stretch, end to end, and write down how large each is."""
        raw, at = room.read[: stretch.size], slice(stretch.first, stretch.stop)
        read_into(folder, SHINGLES, stretch.file, stretch.start, raw)
        starts = (places.start[at] - stretch.start) // WIDTH
        ends = starts + places.size[at] // WIDTH
        PART_ROWS(
            raw.view(np.uint32), starts, ends, low, high, *known, room.kept, room.seen, room.out,
            sizes[at],
        )  # fmt: skip
        return room.out[: sizes[at].sum()]

    hashes = np.empty(total // WIDTH // parts * 5 // 4, dtype=np.uint32)  # they are even, mostly
    for part in range(parts):
        low, high = (((part + edge) << 32) // parts - edge for edge in (0, 1))
        filled = 0
        for found in _in_turn(engine.threads, rooms, partial(sets_of, low, high), stretches):
            if filled + len(found) > len(hashes):
                hashes = np.resize(hashes, 2 * (filled + len(found)))
            hashes[filled : filled + len(found)] = found
            filled += len(found)
        yield Shingles(hashes[:filled], offsets_of(sizes), places.size // WIDTH)


def _in_turn(
    threads: int,
    rooms: Sequence[_Room],
    work: Callable[[_Room, _Stretch], NDArray[np.uint32]],
    stretches: Sequence[_Stretch],
) -> Iterator[NDArray[np.uint32]]:
    """Yield what is made of each stretch, in order; it is good until the next is asked for."""
    waiting: deque[Future[NDArray[np.uint32]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for number, stretch in enumerate(stretches):
            if len(waiting) == len(rooms):  # the first of them has the room that comes next
                yield waiting.popleft().result()
            waiting.append(pool.submit(work, rooms[number % len(rooms)], stretch))
        while waiting:
            yield waiting.popleft().result()


def _stretches(places: Places) -> list[_Stretch]:
    """Return what to read at once: what begins within so many bytes of a file."""
    import numpy as np

    if not len(places.file):
        return []
    opens = np.ones(len(places.file), dtype=np.bool_)
    opens[1:] = np.diff(places.file) | np.diff(places.start // READ_BYTES) != 0
    firsts = np.flatnonzero(opens)
    stops = np.append(firsts[1:], len(opens))
    starts = places.start[firsts]
    # An article without shingles lies where the next one does, before or behind it.
    sizes = np.maximum.reduceat(places.start + places.size, firsts) - starts
    columns = (firsts, stops, places.file[firsts], starts, sizes)
    return [_Stretch(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def warm_up() -> None:
    """Compile or load what makes sets of one part of the hash space."""
    import numpy as np

    none, whole = np.empty(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
    PART_ROWS(none, whole, whole, 0, 0, *mark(none), none, marks_for(1), none, whole)
