"""The passages that two texts share word for word: greedy string tiling, in near-linear time."""

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


class _Board:
    """Two texts, what of them is still free, and names for their windows.

    Windows of 2^k tokens that occur in both texts have a name, equal windows the same one (Karp,
    Miller, Rosenberg 1972). Two overlapping windows of 2^k name any window of 2^k to 2^(k+1)
    tokens, so that windows of any length are compared in one step, exactly.
    """

    def __init__(
        self,
        a: Sequence[str],
        b: Sequence[str],
        room_a: NDArray[np.int64],
        room_b: NDArray[np.int64],
    ) -> None:
        import numpy as np

        ids: dict[str, int] = {}
        tokens = [ids.setdefault(word, len(ids)) for words in (a, b) for word in words]
        self.split = len(a)
        self.room = np.concatenate([room_a, room_b])
        self.names: list[NDArray[np.int64]] = []
        keys = np.array(tokens, dtype=np.int64)
        places = np.flatnonzero(self.room >= 1)
        keys = keys[places]
        width = 1
        while len(places):
            named = self._name(places, keys)
            if named is None:
                break
            self.names.append(named)
            places = np.flatnonzero((self.room >= 2 * width) & (named >= 0))
            places = places[named[places + width] >= 0]
            keys = named[places] * len(tokens) + named[places + width]
            width *= 2

    def _name(self, places: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.int64] | None:
        import numpy as np

        values, inverse = np.unique(keys, return_inverse=True)
        in_both = np.zeros((2, len(values)), dtype=bool)
        in_both[0, inverse[places < self.split]] = True
        in_both[1, inverse[places >= self.split]] = True
        common = in_both[0] & in_both[1]
        if not common.any():
            return None
        named = np.full(len(self.room), -1, dtype=np.int64)
        named[places] = np.where(common[inverse], inverse, -1)
        return named

    def windows(self, length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the free windows of `length` tokens that may be shared: places, and their keys."""
        import numpy as np

        level = length.bit_length() - 1
        named = self.names[level]
        shift = length - (1 << level)
        places = np.flatnonzero((self.room >= length) & (named >= 0))
        if not shift:
            return places, named[places]
        tails = named[places + shift]
        places, tails = places[tails >= 0], tails[tails >= 0]
        return places, named[places] * len(named) + tails

    def shares(self, length: int) -> bool:
        """Say whether a free window of `length` tokens occurs in both texts."""
        import numpy as np

        places, keys = self.windows(length)
        cut = int(np.searchsorted(places, self.split))
        return 0 < cut < len(places) and bool(np.isin(keys[:cut], keys[cut:]).any())

    def longest(self, below: int, minimum: int) -> int:
        """Return the length, in `minimum` to `below - 1`, of the longest free common run, or 0.

        What follows a round is mostly a little shorter than it, so the search gallops down.
        """
        high = min(below, 1 << len(self.names)) - 1
        if high < minimum:
            return 0
        low, step = high, 1
        while not self.shares(low):
            if low <= minimum:
                return 0
            high, low, step = low - 1, max(minimum, low - step), step * 2
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.shares(middle) else (low, middle - 1)
        return low

    def lay(self, length: int) -> list[Tile]:
        """Lay tiles of `length` tokens, in order of the first text, until none is left."""
        import numpy as np

        places, keys = self.windows(length)
        cut = int(np.searchsorted(places, self.split))
        both = np.isin(keys[:cut], keys[cut:])
        waiting: defaultdict[int, deque[int]] = defaultdict(deque)
        for place, key in zip(places[cut:].tolist(), keys[cut:].tolist(), strict=True):
            waiting[key].append(place)
        tiles = []
        for place, key in zip(places[:cut][both].tolist(), keys[:cut][both].tolist(), strict=True):
            queue = waiting[key]
            if self.room[place] < length:
                continue
            while queue and self.room[queue[0]] < length:
                queue.popleft()
            if queue:
                tiles.append(Tile(length, place, queue[0] - self.split))
                self.take(place, length)
                self.take(queue.popleft(), length)
        return tiles

    def take(self, place: int, length: int) -> None:
        """Mark a window; those before it now end where it begins.

        Only windows of up to `length` tokens matter from here on: no need to look further back.
        """
        import numpy as np

        self.room[place : place + length] = 0
        start = max(0, place - length)
        np.minimum(
            self.room[start:place], np.arange(place - start, 0, -1), out=self.room[start:place]
        )


def tile(
    a: Sequence[str],
    b: Sequence[str],
    room_a: NDArray[np.int64],
    room_b: NDArray[np.int64],
    minimum: int,
) -> tuple[Tile | None, list[Tile]]:
    """Return the longest common run, and the passages of at least `minimum` tokens.

    Args:
        a: Tokens of one text.
        b: Tokens of the other.
        room_a: For every token of `a`, how many tokens a run that begins there may have.
        room_b: The same for `b`.
        minimum: Fewest tokens of a passage.
    """
    board = _Board(a, b, room_a, room_b)
    length = board.longest(len(board.room) + 1, 1)
    if not length:
        return None, []
    first = board.lay(length)
    tiles = first if length >= minimum else []
    while length := board.longest(length, minimum):
        tiles += board.lay(length)
    return first[0], tiles
