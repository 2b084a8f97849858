"""Word shingles as 32-bit hashes: the one hash definition that every engine computes.

A token's hash takes its UTF-8 bytes eight at a time, so that a compiled engine reads most words
in one step; a shingle's hash is a polynomial in the hashes of its tokens, so that numpy makes
all shingles of a text in a few whole-array operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MASK = (1 << 64) - 1
#: Odd 64-bit constants: fractional bits of the golden ratio, and of the roots of 2 and 3.
TOKEN_FACTOR = 0x9E3779B97F4A7C15
SHINGLE_FACTOR = 0x6A09E667F3BCC909
FINAL_FACTOR = 0xBB67AE8584CAA73B


@lru_cache(maxsize=1 << 16)
def token_hash(word: str) -> int:
    """Return the 64-bit hash of a folded token.

    >>> hex(token_hash("moscow"))
    '0xa6edceb9fc1f2148'
    """
    data = word.encode("utf-8", "surrogatepass")
    state = 0  # no length is mixed in: a token holds no NUL, so padding is not ambiguous
    for start in range(0, len(data), 8):
        state = (state ^ int.from_bytes(data[start : start + 8], "little")) * TOKEN_FACTOR & MASK
        state ^= state >> 32
    return state


def shingle_hash(words: Iterable[str]) -> int:
    """Return the 32-bit hash of one shingle, given its folded tokens (the plain reference)."""
    state = 0
    for word in words:
        state = (state * SHINGLE_FACTOR + token_hash(word)) & MASK
    state ^= state >> 32
    return (state * FINAL_FACTOR & MASK) >> 32


def shingle_hashes(words: Sequence[str], size: int) -> NDArray[np.uint32]:
    """Return the hash of every shingle of `size` consecutive tokens, in order, repeats kept.

    Args:
        words: Folded tokens.
        size: Tokens a shingle, at least 1.

    Returns:
        Shape `(max(0, len(words) - size + 1),)`, dtype uint32. Equal to `shingle_hash` of each
        window. A text shorter than one shingle has none: it must never look like another by an
        empty signature.
    """
    import numpy as np

    count = len(words) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint32)
    tokens = np.fromiter(map(token_hash, words), dtype=np.uint64, count=len(words))
    state = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        state = state * np.uint64(SHINGLE_FACTOR) + tokens[offset : offset + count]
    state ^= state >> np.uint64(32)
    return ((state * np.uint64(FINAL_FACTOR)) >> np.uint64(32)).astype(np.uint32)
