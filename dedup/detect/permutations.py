"""The permutations of MinHash, as datasketch's scheme `affine32` draws and applies them.

Drawn here again, because importing datasketch costs 0.6 s of CPU in every process.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: The finaliser of MurmurHash3 (Appleby 2008), a bijection that spreads structured hashes.
MIX = ((16, 0x85EBCA6B), (13, 0xC2B2AE35))
MIX_SHIFT = 16


@lru_cache(maxsize=8)
def draw(count: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the odd factors and the terms of `count` permutations `h -> factor · h + term`.

    >>> draw(3)[0].tolist()
    [3582191691, 4270784983, 1892572953]
    """
    import numpy as np

    generator = np.random.RandomState(1)
    factors = generator.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, generator.randint(0, 1 << 32, count, dtype=np.uint32)


def premix(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Return the shingle hashes as the permutations take them."""
    import numpy as np

    mixed = hashes
    for shift, factor in MIX:
        mixed = (mixed ^ (mixed >> np.uint32(shift))) * np.uint32(factor)
    return mixed ^ (mixed >> np.uint32(MIX_SHIFT))
