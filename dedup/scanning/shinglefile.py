"""The shingles that were set aside: where those of each article lie, and how they are read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.batch import Shingles, offsets_of
from dedup.detect.engine import Engine, KernelEngine, marks_for
from dedup.detect.machine import Compiled
from dedup.detect.marking import mark
from dedup.scanning.corpus import Corpus
from dedup.scanning.intake import SHINGLES
from dedup.scanning.spool import Places, Reader, read_into

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes of a shingle.
WIDTH = 4
#: Bytes of sets to have in memory at once, about; but so many parts at most, since all that lies in
#: the files is read for each.
PART_BYTES, MOST_PARTS = 1 << 30, 8
#: Bytes to read at once, and how often that for each thread: what one has made waits to be copied.
READ_BYTES, AHEAD = 1 << 22, 2

PART_ROWS = Compiled("dedup.detect.siftkernel", "part_rows")


def shingle_places(corpus: Corpus, size: int) -> Places:
    """Return where the shingles of each article lie: in the order of the texts.

    Args:
        corpus: All that was taken in.
        size: Words of a shingle.
    """
    import numpy as np

    texts = corpus.places
    order = texts.order()
    sizes = np.maximum(0, corpus.words - size + 1) * WIDTH
    ends = np.cumsum(sizes[order])
    files = texts.file[order]
    opens = np.searchsorted(files, files)  # the first article of each file
    start = np.empty(len(order), dtype=np.int64)
    start[order] = ends - sizes[order] - (ends - sizes[order])[opens]
    return Places(texts.file, start, sizes)


def read_shingles(folder: str, places: Places) -> Shingles:
    """Return the shingles that lie at some places, as often as each occurs in an article.

    Args:
        folder: The spool.
        places: Some of `shingle_places`, or in classic mode of `Corpus.places`.
    """
    import numpy as np

    with Reader(folder, SHINGLES) as spool:
        data = b"".join(spool.each(places))
    sizes = places.size // WIDTH
    return Shingles(np.frombuffer(data, dtype=np.uint32), offsets_of(sizes), sizes)


class _Room(NamedTuple):
    """What a thread works in."""

    read: NDArray[np.uint8]
    kept: NDArray[np.uint32]
    seen: NDArray[np.uint64]
    out: NDArray[np.uint32]


def each_part(
    folder: str, places: Places, engine: Engine, furniture: NDArray[np.uint32]
) -> Iterator[Shingles]:
    """Yield the sets of some articles without furniture, a part of the hash space after another.

    So memory holds but a part of what lies on disk, and everything is read in its order. What
    articles have in common is the sum of what they have of each part. By numpy there is one part.

    Args:
        folder: The spool.
        places: Some of `shingle_places`, in the order of `Places.order`.
        engine: What makes sets.
        furniture: Sorted.

    Yields:
        Sets that are good until the next is asked for. O(shingles in the files that hold any).
    """
    if not isinstance(engine, KernelEngine):
        yield engine.without(engine.sets(read_shingles(folder, places)), furniture)
        return
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

    def sets_of(room: _Room, stretch: _Stretch, low: int, high: int) -> NDArray[np.uint32]:
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
    with ThreadPoolExecutor(engine.threads) as pool:
        for part in range(parts):
            low, high = (((part + edge) << 32) // parts - edge for edge in (0, 1))
            filled = 0
            waiting: deque[Future[NDArray[np.uint32]]] = deque()
            for number in range(len(stretches) + len(rooms)):
                if number >= len(rooms) and waiting:  # the first of them has the room that is next
                    found = waiting.popleft().result()
                    if filled + len(found) > len(hashes):
                        hashes = np.resize(hashes, 2 * (filled + len(found)))
                    hashes[filled : filled + len(found)] = found
                    filled += len(found)
                if number < len(stretches):
                    room = rooms[number % len(rooms)]
                    waiting.append(pool.submit(sets_of, room, stretches[number], low, high))
            yield Shingles(hashes[:filled], offsets_of(sizes), places.size // WIDTH)


class _Stretch(NamedTuple):
    """Articles `first` to `stop - 1`, which are read at once: `size` bytes of a file."""

    first: int
    stop: int
    file: int
    start: int
    size: int


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
    sizes = (places.start + places.size)[stops - 1] - starts
    columns = (firsts, stops, places.file[firsts], starts, sizes)
    return [_Stretch(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def warm_up() -> None:
    """Compile or load what makes sets of one part of the hash space."""
    import numpy as np

    none, whole = np.empty(0, dtype=np.uint32), np.zeros(0, dtype=np.int64)
    PART_ROWS(none, whole, whole, 0, 0, *mark(none), none, marks_for(1), none, whole)
