"""How alike two sets of shingles are: estimated from MinHash signatures, and exactly."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@lru_cache(maxsize=4)
def _permutations(count: int) -> Any:
    """Draw the permutations once: datasketch would draw them again for every signature."""
    from datasketch import MinHash

    return MinHash(num_perm=count, scheme="affine32").permutations


def signature(shingles: NDArray[np.uint32], permutations: int = 128) -> NDArray[np.uint32]:
    """Return the MinHash signature of a set of shingles (Broder 1997).

    Args:
        shingles: 32-bit shingle hashes, repeats allowed; shape `(n,)`.
        permutations: Length of the signature.

    Returns:
        Shape `(permutations,)`, dtype uint32; bit for bit that of
        `datasketch.MinHash(scheme="affine32")` fed one hash after the other. The signature of no
        shingles is all ones and must not be compared. O(n · permutations).
    """
    import numpy as np
    from datasketch import MinHash

    sketch = MinHash(
        num_perm=permutations,
        scheme="affine32",
        hashfunc=int,
        permutations=_permutations(permutations),
    )
    if len(shingles):
        sketch.update_batch(shingles)
    return np.asarray(sketch.hashvalues, dtype=np.uint32)


def estimate(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Return the Jaccard similarity that two signatures of one length estimate, 0 to 1."""
    return float((a == b).mean())


def shared(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> int:
    """Return how many values two sorted arrays without repeats have in common."""
    import numpy as np

    return len(np.intersect1d(a, b, assume_unique=True))


def jaccard(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Return intersection over union of two sets given as sorted arrays; 0 where both are empty."""
    common = shared(a, b)
    union = len(a) + len(b) - common
    return common / union if union else 0.0


def containment(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Return intersection over the smaller set (Broder 1997); 0 where one is empty."""
    smaller = min(len(a), len(b))
    return shared(a, b) / smaller if smaller else 0.0
