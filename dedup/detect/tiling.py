"""The passages that two texts share word for word: greedy string tiling, in near-linear time.

Wise (1993, String similarity via greedy string tiling and running Karp-Rabin matching) marks the
longest common run of tokens that are still free, then the longest that is left, and so on. Taken
literally that is cubic. Here every window of 2^k tokens that both texts hold gets a name once,
and two overlapping names compare a window of any length, so that a round is a few whole-array
operations. Tiles of different lengths that fill n tokens are at most sqrt(2n): so many rounds.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Tile:
    """A passage: `length` tokens, from token `a` of one text and from token `b` of the other."""

    length: int
    a: int
    b: int


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows that two texts share, by name.

    The texts lie end to end: a place is an index into the first, or `split` plus an index into
    the second. `names[k][place]` is the name of the window of 2^k tokens that begins there, equal
    for equal windows, and -1 for a window that only one text has.
    """

    split: int
    names: tuple[NDArray[np.int64], ...]

    def at(
        self, length: int, room: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the places with room for a window of `length` that may be shared, and its keys.

        Places ascend. Keys are equal where the windows are, exactly: no hash is involved.
        """
        import numpy as np

        level = length.bit_length() - 1
        named = self.names[level]
        places = np.flatnonzero((room >= length) & (named >= 0))
        shift = length - (1 << level)
        if not shift:
            return places, named[places]
        tails = named[places + shift]
        places, tails = places[tails >= 0], tails[tails >= 0]
        return places, named[places] * len(named) + tails


def windows(a: Sequence[str], b: Sequence[str], room: NDArray[np.int64]) -> Windows:
    """Name the windows that two texts share (Karp, Miller and Rosenberg 1972).

    Args:
        a: Tokens of one text.
        b: Tokens of the other.
        room: For every place, how many tokens a window that begins there may have; shape
            `(len(a) + len(b),)`. No window may reach beyond the end of its text.

    Returns:
        Names for windows of 1, 2, 4 … tokens, as long as one is shared. O(n log² n) in the
        tokens of both, less the sooner the texts part.
    """
    import numpy as np

    ids: dict[str, int] = {}
    keys = np.array(
        [ids.setdefault(word, len(ids)) for words in (a, b) for word in words], dtype=np.int64
    )
    places = np.flatnonzero(room >= 1)
    keys, width = keys[places], 1
    names: list[NDArray[np.int64]] = []
    while True:
        values, inverse = np.unique(keys, return_inverse=True)
        held = np.zeros((2, len(values)), dtype=bool)
        held[(places >= len(a)).astype(np.intp), inverse] = True
        common = held[0] & held[1]
        if not common.any():
            return Windows(len(a), tuple(names))
        named = np.full(len(room), -1, dtype=np.int64)
        named[places] = np.where(common[inverse], inverse, -1)
        names.append(named)
        places = np.flatnonzero((room >= 2 * width) & (named >= 0))
        places = places[named[places + width] >= 0]
        keys = named[places] * len(named) + named[places + width]
        width *= 2


def longest_run(shared: Windows, room: NDArray[np.int64]) -> Tile | None:
    """Return the longest common run, whatever its length; None where no token is shared.

    Of equal ones the first in the first text, and of those the first in the second.

    Args:
        shared: The windows that the texts share, named with at least this room.
        room: For every place, how many tokens a run that begins there may have.
    """
    length = _longest(shared, room, len(room) + 1, 1)
    return _lay(shared, room.copy(), length)[0] if length else None


def passages(shared: Windows, room: NDArray[np.int64], minimum: int) -> list[Tile]:
    """Return the tiles of at least `minimum` tokens (at least 1).

    The longest first, equal ones in order of the first text, then of the second; no token of
    either text is in two. Two texts of 20,000 tokens take less than a tenth of a second, one word
    repeated 20,000 times included.

    Args:
        shared: The windows that the texts share, named with at least this room.
        room: For every place, how many tokens a passage that begins there may have.
        minimum: Fewest tokens of a passage.

    >>> import numpy as np
    >>> a, b = "the dam broke at dawn".split(), "at dawn the dam held".split()
    >>> room = np.array([5, 4, 3, 2, 1, 5, 4, 3, 2, 1])
    >>> passages(windows(a, b, room), room, 2)
    [Tile(length=2, a=0, b=2), Tile(length=2, a=3, b=0)]
    """
    free, tiles = room.copy(), list[Tile]()
    length = len(free) + 1
    while length := _longest(shared, free, length, minimum):
        tiles += _lay(shared, free, length)
    return tiles


def _longest(shared: Windows, free: NDArray[np.int64], below: int, minimum: int) -> int:
    """Return the length, `minimum` to `below - 1`, of the longest free common run, or 0.

    The next length is mostly a little less than the last: the search gallops down, then halves.
    """
    high = min(below, 1 << len(shared.names)) - 1
    if high < minimum:
        return 0
    low, step = high, 1
    while not _shares(shared, free, low):
        if low <= minimum:
            return 0
        high, low, step = low - 1, max(minimum, low - step), step * 2
    while low < high:
        middle = (low + high + 1) // 2
        if _shares(shared, free, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _shares(shared: Windows, free: NDArray[np.int64], length: int) -> bool:
    """Say whether a free window of `length` tokens occurs in both texts."""
    import numpy as np

    places, keys = shared.at(length, free)
    cut = int(np.searchsorted(places, shared.split))
    return 0 < cut < len(places) and bool(np.isin(keys[:cut], keys[cut:]).any())


def _lay(shared: Windows, free: NDArray[np.int64], length: int) -> list[Tile]:
    """Lay every tile of `length` tokens, in order of the first text, and mark its tokens.

    A place that lost its room never gets it back, so each queue is gone through once.
    """
    import numpy as np

    places, keys = shared.at(length, free)
    cut = int(np.searchsorted(places, shared.split))
    waiting: defaultdict[int, deque[int]] = defaultdict(deque)
    for place, key in zip(places[cut:].tolist(), keys[cut:].tolist(), strict=True):
        waiting[key].append(place)
    both = np.isin(keys[:cut], keys[cut:])
    tiles = []
    for place, key in zip(places[:cut][both].tolist(), keys[:cut][both].tolist(), strict=True):
        if free[place] < length:
            continue
        queue = waiting[key]
        while queue and free[queue[0]] < length:
            queue.popleft()
        if queue:
            other = queue.popleft()
            tiles.append(Tile(length, place, other - shared.split))
            _mark(free, place, length)
            _mark(free, other, length)
    return tiles


def _mark(free: NDArray[np.int64], place: int, length: int) -> None:
    """Take the window at `place`: windows before it now end where it begins.

    From here on no window is longer than `length`: those further back lose nothing.
    """
    import numpy as np

    free[place : place + length] = 0
    start = max(0, place - length)
    before = free[start:place]
    np.minimum(before, np.arange(place - start, 0, -1), out=before)
