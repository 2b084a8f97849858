"""What waits on disk until all pairs are compared: of each report its parts, in order."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import Generic, TypeVar

Part = TypeVar("Part")

#: Bytes that stay in memory.
_IN_MEMORY = 8 * 1024 * 1024


@dataclass(slots=True)
class Aside(Collection[Part], Generic[Part]):
    """Values that are added one by one and read in order, as often as need be.

    Beyond a few megabytes they lie in a file that has no name and goes with the process.

    >>> aside = Aside()
    >>> aside.add("dam"), aside.add("levee")
    (None, None)
    >>> list(aside), len(aside), "dam" in aside
    (['dam', 'levee'], 2, True)
    >>> aside.close()
    """

    _file: SpooledTemporaryFile[bytes] = field(
        default_factory=lambda: SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    )
    _count: int = 0

    def add(self, part: Part) -> None:
        """Put a value behind the others."""
        self._file.seek(0, 2)
        pickle.dump(part, self._file)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Part]:
        place = 0
        for _ in range(self._count):
            self._file.seek(place)
            part = pickle.load(self._file)
            place = self._file.tell()
            yield part

    def __contains__(self, part: object) -> bool:
        return any(part == one for one in self)

    def close(self) -> None:
        """Give back what they take on disk."""
        self._file.close()
