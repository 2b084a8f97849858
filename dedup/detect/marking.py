"""The furniture of a corpus, laid out so that compiled code tells at a glance what is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias

from dedup.detect.batch import offsets_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: The shingles in order of the words of the sieve that they lead to (uint32); where there those
    #: of each word begin, and where the last ends (int64); the sieve (uint32).
    LaidOut: TypeAlias = tuple[NDArray[np.uint32], NDArray[np.int64], NDArray[np.uint32]]

#: Shingles of furniture for each word of the sieve, at most: of 200 others one passes.
TO_A_WORD = 2
#: Where the three parts of a shingle begin that choose a bit of a word of the sieve, counted from
#: the lowest bit, and the bits of each. The first bits have no part: shingles of a sample all begin
#: alike.
PLACES, PLACE_BITS = (13, 18, 23), 5


@dataclass(frozen=True)
class Furniture:
    """The furniture of a corpus.

    Attributes:
        shingles: Sorted, each once; uint32.
        words: Of such a shingle, for tokens to be marked by it.
    """

    shingles: NDArray[np.uint32]
    words: int = 1

    @cached_property
    def laid_out(self) -> LaidOut:
        """The furniture as `furniturekernel` wants it. O(n).

        Of what is none a sieve tells most in one look at one word: that which the last bits of a
        shingle name has three bits of each (Putze, Sanders and Singler 2007, Cache-, hash- and
        space-efficient Bloom filters).
        """
        import numpy as np

        shingles = self.shingles
        size = 1 << (len(shingles) // TO_A_WORD).bit_length()
        word = shingles & np.uint32(size - 1)
        sieve = np.zeros(size, dtype=np.uint32)
        for place in PLACES:
            chosen = shingles >> np.uint32(place) & np.uint32((1 << PLACE_BITS) - 1)
            np.bitwise_or.at(sieve, word, np.uint32(1) << chosen)
        firsts = offsets_of(np.bincount(word, minlength=size))
        return shingles[np.argsort(word, kind="stable")], firsts, sieve


@cache
def no_furniture() -> Furniture:
    """Return the furniture of a corpus that has none."""
    import numpy as np

    return Furniture(np.empty(0, dtype=np.uint32))
