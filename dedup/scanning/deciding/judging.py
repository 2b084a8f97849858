"""What a mode makes of the figures of pairs: who belongs together, how strongly, and who is kin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from dedup.detect.buckets import unpack_pairs
from dedup.scanning.columns import SAME, SHARING, UNRELATED
from dedup.scanning.deciding.book import Book

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from dedup.detect.digests import Kin

    #: Says of pairs how alike their topics are, furniture aside; float64, 0 to 1.
    Likeness: TypeAlias = Callable[[NDArray[np.uint64]], NDArray[np.float64]]

#: Articles whose topics are less alike have nothing in common. In a generated corpus 85 % of the
#: pairs that samples leave open are less alike, and 4 of the 1,998 that are kin.
LEAST_TOPIC = 0.1
#: The least strength of a pair that belongs together.
WEAKEST = 1e-6


@dataclass(frozen=True, slots=True)
class Judge:
    """What a mode makes of the figures of pairs.

    Attributes:
        book: What is known of pairs.
        threshold: Least Jaccard similarity in classic mode; None in stories mode.
        near: Says which pairs are kin by far.
        likeness: How alike the topics of pairs are, from 0 to 1. Both spare verdicts; without them
            one is asked of every pair.
    """

    book: Book
    threshold: float | None
    near: Kin | None = None
    likeness: Likeness | None = None

    def strength(self, pairs: NDArray[np.uint64]) -> NDArray[np.float32]:
        """Return how much the pairs share that belong together, above 0; of others 0."""
        import numpy as np

        figures = self.book.ask(pairs)
        share = figures["jaccard"]
        if self.threshold is None:
            share = np.maximum(figures["coverage"], figures["containment"])
        same = belong_together(figures, self.threshold)
        if self.threshold is None:
            same &= np.isin(figures["bare"], SAME)
        strength = np.where(same, np.maximum(share, WEAKEST), 0)
        return strength.astype(np.float32)

    def kin(self, pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Say which pairs have anything in common, be it their topic."""
        import numpy as np

        found = np.zeros(len(pairs), dtype=np.bool_) if self.near is None else self.near(pairs)
        asked = np.flatnonzero(~found)
        if self.likeness is not None and len(asked):
            asked = asked[self.likeness(pairs[asked]) >= LEAST_TOPIC]
        if len(asked):
            found[asked] = self.book.ask(pairs[asked])["bare"] != UNRELATED
        return found

    def share(self, pairs: NDArray[np.uint64], words: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return how much of either article stands in passages of the other, 0 where none does.

        Args:
            pairs: Of some rows.
            words: Of each row.
        """
        import numpy as np

        figures, sizes = self.book.ask(pairs), words[np.stack(unpack_pairs(pairs))]
        held = np.where(np.isin(figures["bare"], SHARING), figures["coverage"], 0.0)
        shares: NDArray[np.float64] = held * sizes.min(axis=0) / np.maximum(1, sizes)
        return shares


def belong_together(figures: NDArray[np.void], threshold: float | None) -> NDArray[np.bool_]:
    """Say which figures are those of pairs that belong together by themselves."""
    import numpy as np

    if threshold is not None:
        return np.asarray(figures["jaccard"] >= threshold)
    return np.isin(figures["label"], SAME)
