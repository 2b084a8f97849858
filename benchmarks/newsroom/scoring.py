"""How much of the truth about a corpus a scan found: recall and precision by true Jaccard."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.kept import PASSAGE, VERSION
from newsroom.truth import BINS, NEVER, Truth, as_numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from newsroom.truth import Rows


@dataclass(frozen=True, slots=True)
class Bin:
    """How pairs of one range of true Jaccard fared.

    Attributes:
        low: Lower end of the range.
        true: Pairs that belong together.
        found: Those of them that the scan put into one cluster.
        joined: All pairs of the range that it did.
    """

    low: float
    true: int
    found: int
    joined: int

    @property
    def recall(self) -> float | None:
        """Found pairs over true ones; None where there is nothing to find."""
        return self.found / self.true if self.true else None

    @property
    def precision(self) -> float | None:
        """Found pairs over joined ones; None where nothing was joined."""
        return self.found / self.joined if self.joined else None


@dataclass(frozen=True, slots=True)
class Score:
    """How well a scan did.

    Attributes:
        mode: `stories` or `classic`.
        bins: Pairs of one event, by range of Jaccard; true are versions of each other.
        through: Pairs that belong together through a third; none in `classic`.
        recall: Of all true pairs of the bins (classic: those of at least the threshold).
        precision: Of all pairs that the scan put into one cluster, of one event or not; those
            that belong together through a third are right.
        rand: Adjusted Rand index of the clusters (Hubert and Arabie 1985).
    """

    mode: str
    bins: tuple[Bin, ...]
    through: Bin
    recall: float
    precision: float
    rand: float

    def recall_from(self, low: float) -> float:
        """Return the recall of the pairs whose Jaccard is at least the lower end of a bin."""
        bins = [part for part in self.bins if part.low >= low]
        return sum(part.found for part in bins) / (sum(part.true for part in bins) or 1)


def score(
    truth: Truth, clusters: Mapping[str, Hashable], mode: str = "stories", threshold: float = 0.7
) -> Score:
    """Score clusters against the truth.

    Args:
        truth: Of the corpus.
        clusters: The cluster of each article; one that is missing, or whose cluster is None, is
            alone.
        mode: `stories`, or `classic` for pairs of at least `threshold`.
        threshold: Only for `classic`.
    """
    import numpy as np

    given = ((name, clusters.get(name)) for name in truth.names)
    labels = as_numbers(("alone", name) if found is None else found for name, found in given)
    pairs, jaccard = truth.pairs, truth.jaccard
    joined = labels[pairs[:, 0]] == labels[pairs[:, 1]]
    asked, third = np.ones_like(joined), np.zeros_like(joined)
    if mode == "stories":
        right = truth.stories
        true = right[pairs[:, 0]] == right[pairs[:, 1]]
        # Whether two snapshots of one live page belong together is nobody's question, nor
        # whether an excerpt and a version do that share a third and more.
        asked = ~truth.apart[pairs].all(axis=1) & (true | (truth.shared < PASSAGE))
        third = asked & true & (truth.shared < VERSION)
        wanted = true = asked & true & ~third
    else:
        wanted = jaccard >= threshold
        right = components(len(truth.names), pairs[wanted])
        true = right[pairs[:, 0]] == right[pairs[:, 1]]
    plain = asked & ~third
    bins = []
    for low, high in zip(BINS, (*BINS[1:], NEVER), strict=True):
        inside = plain & (jaccard >= low) & (jaccard < high)
        bins.append(_bin(low, true & inside, joined & inside))
    both, ours, theirs = _together(labels, right), _together(labels), _together(right)
    unasked = int((joined & ~asked & (right[pairs[:, 0]] != right[pairs[:, 1]])).sum())
    return Score(
        mode,
        tuple(bins),
        _bin(0.0, third, joined & third),
        int((wanted & joined).sum()) / (int(wanted.sum()) or 1),
        both / (ours - unasked) if ours - unasked else 1.0,
        adjusted_rand(both, ours, theirs, len(labels)),
    )


def _bin(low: float, true: NDArray[np.bool_], joined: NDArray[np.bool_]) -> Bin:
    return Bin(low, int(true.sum()), int((true & joined).sum()), int(joined.sum()))


def components(count: int, pairs: Rows) -> Rows:
    """Return for each of `count` rows the number of its connected component; `(count,)`."""
    import numpy as np
    from scipy.sparse import coo_array  # type: ignore[import-untyped]
    from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

    edges = coo_array((np.ones(len(pairs), dtype=bool), pairs.T), shape=(count, count))
    labels: Rows = connected_components(edges, directed=False)[1].astype(np.int64)
    return labels


def adjusted_rand(both: int, ours: int, theirs: int, count: int) -> float:
    """Return the adjusted Rand index of two clusterings of `count` things.

    Args:
        both: Pairs that are together in both.
        ours: Pairs that are together in the first.
        theirs: Pairs that are together in the second.
        count: Things in all.

    >>> adjusted_rand(3, 3, 3, 10), round(adjusted_rand(1, 3, 3, 10), 4)
    (1.0, 0.2857)
    """
    expected = ours * theirs / (count * (count - 1) / 2 or 1)
    most = (ours + theirs) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _together(*labelings: Rows) -> int:
    """Count the pairs of rows whose labels are equal in every labeling."""
    import numpy as np

    _, counts = np.unique(np.stack(labelings), axis=1, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())
