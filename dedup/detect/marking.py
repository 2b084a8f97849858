"""Furniture laid out so that compiled code tells at a glance what is none of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

from dedup.detect.machine import Compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: The sorted furniture, a bit for each value of some last bits, and where each value of the
    #: upper 16 begins.
    Marked: TypeAlias = tuple[NDArray[np.uint32], NDArray[np.uint64], NDArray[np.int64]]

#: Bits for each shingle of furniture, at least: one other in so many is looked at again.
MARK_BITS = 64

MARK_FURNITURE = Compiled("dedup.detect.furniturekernel", "mark_furniture")


@dataclass(frozen=True)
class Furniture:
    """The furniture of a corpus.

    Attributes:
        shingles: Sorted, each once; uint32.
    """

    shingles: NDArray[np.uint32]

    @cached_property
    def marked(self) -> Marked:
        """The furniture with what `furniturekernel` wants beside it. O(n), and 512 KB."""
        import numpy as np

        words = 1 << max(1, len(self.shingles) * MARK_BITS // 64).bit_length()
        marks = np.zeros(words, dtype=np.uint64)
        starts = np.empty((1 << 16) + 1, dtype=np.int64)
        MARK_FURNITURE(self.shingles, marks, starts)
        return self.shingles, marks, starts


@cache
def no_furniture() -> Furniture:
    """Return the furniture of a corpus that has none."""
    import numpy as np

    return Furniture(np.empty(0, dtype=np.uint32))
