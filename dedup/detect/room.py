"""Memory that compiled functions work in: to get it anew takes as long as their work."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from math import prod
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = TypeVar("Kind", bound="np.generic")

#: Places of a table of hashes, windows or words for each of them, at least: most lookups end at the
#: first.
ROOM = 8


@dataclass(slots=True)
class Room:
    """Arrays by name and kind, each as large as any that was asked for under it.

    >>> import numpy as np
    >>> Room().take("hashes", np.uint32, 2, 3).shape
    (2, 3)
    """

    _held: dict[tuple[str, type[np.generic]], NDArray[Any]] = field(default_factory=dict)

    def take(self, name: str, kind: type[Kind], *shape: int) -> NDArray[Kind]:
        """Return an array of some shape, with anything in it; the last of this name is gone."""
        import numpy as np

        size, key = prod(shape), (name, kind)
        if key not in self._held or len(self._held[key]) < size:
            self._held[key] = np.empty(size + size // 4, dtype=kind)
        return self._held[key][:size].reshape(shape)


_OF_THREAD = threading.local()


def own_room() -> Room:
    """Return the room of this thread, which is given up with it."""
    if not hasattr(_OF_THREAD, "room"):
        _OF_THREAD.room = Room()
    room: Room = _OF_THREAD.room
    return room


def places_for(longest: int) -> int:
    """Return how many places a table for so many hashes, windows or words has, at most.

    >>> places_for(100)
    1024
    """
    return 1 << max(1, (ROOM * longest - 1).bit_length())
