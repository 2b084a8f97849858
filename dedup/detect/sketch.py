"""How alike two sets of shingles are: estimated from MinHash signatures, and exactly.

A set is a sorted array of 32-bit hashes without repeats, as `numpy.unique` makes it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: datasketch's fast scheme: an odd factor and a sum modulo 2^32, over mixed 32-bit hashes.
SCHEME = "affine32"


def signature(shingles: NDArray[np.uint32], permutations: int = 128) -> NDArray[np.uint32]:
    """Return the MinHash signature of a set of shingles (Broder 1997).

    Args:
        shingles: Shingle hashes in any order, repeats allowed; shape `(n,)`.
        permutations: Length of the signature.

    Returns:
        Shape `(permutations,)`, dtype uint32; bit for bit that of `datasketch.MinHash` fed one
        hash after the other. O(n · permutations). All ones where there is no shingle: such a
        signature says nothing and must not be compared.

    >>> import numpy as np
    >>> signature(np.array([7, 11], dtype=np.uint32), 2)
    array([ 785463992, 1747676580], dtype=uint32)
    """
    import numpy as np
    from datasketch import MinHash

    sketch = MinHash(
        num_perm=permutations,
        scheme=SCHEME,
        hashfunc=int,  # the shingles are hashes already
        permutations=_permutations(permutations),
    )
    if len(shingles):
        sketch.update_batch(shingles)
    return np.asarray(sketch.hashvalues, dtype=np.uint32)


@lru_cache(maxsize=4)
def _permutations(count: int) -> NDArray[np.uint32]:
    """Draw the permutations once: datasketch would draw them again for every signature."""
    import numpy as np
    from datasketch import MinHash

    return np.asarray(MinHash(num_perm=count, scheme=SCHEME).permutations)


def estimate(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Return the Jaccard similarity that two signatures of one length estimate, 0 to 1.

    Its standard error is sqrt(J(1 - J) / length), where J is the exact figure.

    >>> import numpy as np
    >>> estimate(np.array([1, 2, 3, 4]), np.array([1, 9, 3, 4]))
    0.75
    """
    return float((a == b).mean())


def jaccard(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Return the intersection of two sets over their union, 0 to 1; 0 where both are empty.

    >>> import numpy as np
    >>> jaccard(np.array([1, 2, 3]), np.array([2, 3, 4, 5]))
    0.4
    """
    common = _common(a, b)
    union = len(a) + len(b) - common
    return common / union if union else 0.0


def containment(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> float:
    """Return the intersection of two sets over the smaller, 0 to 1; 0 where one is empty.

    Broder 1997, On the resemblance and containment of documents; taken of the smaller set, so
    that the order of the two does not matter.

    >>> import numpy as np
    >>> containment(np.array([2, 3]), np.array([2, 3, 4, 5]))
    1.0
    """
    smaller = min(len(a), len(b))
    return _common(a, b) / smaller if smaller else 0.0


def _common(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> int:
    import numpy as np

    return len(np.intersect1d(a, b, assume_unique=True))
