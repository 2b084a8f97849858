"""The truth about two articles of one source, in one place and in plain words.

It follows from what the desks did, not from what a detector says. Every article printed after a
wire's copy knows which of the wire's words it keeps: those of sentences that its desk left alone
or only touched; a sentence told anew keeps none. Quotations do not count. What two articles
*share* are the words that both keep, as a share of the words of the one that has fewer.

- Two articles of one story are **versions** of each other where they share at least half
  (`VERSION`). Each printed version shares so much with the wire's copy.
- Two versions of one story that share less (both cut and rewrote it, each in another way) belong
  together **through a third**, the wire's copy or what others made of it. To join them is right,
  but what they have in common need not show it: they are counted apart.
- An **excerpt** is an outlet's own report with a passage of the wire's copy in it. It is a story
  of its own: a reader who labelled such pairs called them shared passages, not one story. To join
  it with a version is wrong where they share less than a third (`PASSAGE`). With a short version
  it may share more; labels differ there, so it counts neither for nor against.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Versions share at least so much.
VERSION = 1 / 2
#: What shares less than this with a version, and is none, has only passages in common with it.
PASSAGE = 1 / 3


def shared(own: Sequence[int], kept: Sequence[Sequence[Sequence[int]]]) -> NDArray[np.float64]:
    """Return what each two of n articles of one source share, 0 to 1; shape `(n, n)`.

    Args:
        own: Words of each outside quotations.
        kept: Of each, the ranges of the source's words that it keeps.

    >>> shared([10, 4], [[(0, 3), (5, 7)], [(2, 6)]]).round(2).tolist()
    [[0.5, 0.5], [0.5, 1.0]]
    """
    import numpy as np

    width = max((end for ranges in kept for _, end in ranges), default=0)
    held = np.zeros((len(own), width), dtype=np.float32)
    for row, ranges in enumerate(kept):
        for start, end in ranges:
            held[row, start:end] = 1
    least = np.minimum.outer(np.array(own), np.array(own))
    both = (held @ held.T).astype(np.float64)
    shares: NDArray[np.float64] = np.where(least > 0, both / np.maximum(least, 1), 0.0)
    return shares
