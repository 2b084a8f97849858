"""What is true of a generated corpus, and how much of it a scan found.

Two notions of truth. **Stories**: two articles belong together when they are versions of one
story; a digest or live page belongs to nobody. **Classic**: two articles belong together when the
exact Jaccard similarity of their word 3-grams reaches a threshold, or a chain of such pairs joins
them, whatever was planted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.detect.batch import pack
from dedup.detect.vectors import shingles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Set = NDArray[np.uint32]
    Rows = NDArray[np.int64]

#: Words a shingle.
SIZE = 3
#: Lower ends of the bins of true Jaccard; a bin reaches to the next, the last to 1.
BINS = (0.0, 0.08, 0.15, 0.3, 0.7)
#: Articles to hash at once.
BATCH = 2000
#: A Jaccard that no pair reaches.
NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a corpus of n articles, by their rows in the file.

    Attributes:
        names: The id of each article.
        stories: The story of each, as a number; a digest or live page has one of its own. `(n,)`
        apart: Whether it is a digest or live page, so a version of nothing; `(n,)`, bool.
        pairs: Every two articles of one event, and every other two of at least the Jaccard that
            was asked for; `(m, 2)`.
        jaccard: Exact similarity of the 3-grams of each pair; `(m,)`, float64.
    """

    names: tuple[str, ...]
    stories: Rows
    apart: NDArray[np.bool_]
    pairs: Rows
    jaccard: NDArray[np.float64]


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
        bins: Pairs of one event, by range of Jaccard.
        recall: Of all true pairs of one event (classic: those of at least the threshold).
        precision: Of all pairs that the scan put into one cluster, of one event or not.
        rand: Adjusted Rand index of the clusters (Hubert and Arabie 1985).
    """

    mode: str
    bins: tuple[Bin, ...]
    recall: float
    precision: float
    rand: float


def read_truth(corpus: Path, complete: float = NEVER) -> Truth:
    """Return the truth about a corpus, with the exact Jaccard of its pairs.

    Pairs of one event are measured as the articles pass by; an event is forgotten when its last
    article is read. About 0.2 ms an article and 0.1 ms a pair.

    Args:
        corpus: The articles; the truth stands beside it.
        complete: Look for pairs of different events too, of at least this Jaccard. That holds
            all shingles in memory, 2 KB an article.
    """
    import numpy as np

    with corpus.with_suffix(".truth.jsonl").open("rb") as lines:
        records = [json.loads(line) for line in lines]
    events = [record["event"] for record in records]
    left = Counter(events)
    alone = {event for event, count in left.items() if count == 1 and complete > 1}
    waiting: dict[str, list[tuple[int, Set]]] = defaultdict(list)
    everything: list[Set] = []
    pairs: list[Rows] = []
    values: list[NDArray[np.float64]] = []
    for row, found in _sets(corpus, [event not in alone for event in events]):
        event = events[row]
        waiting[event].append((row, found))
        if complete <= 1:
            everything.append(found)
        left[event] -= 1
        if not left[event]:
            rows, sets = zip(*waiting.pop(event), strict=True)
            upper = np.triu_indices(len(rows), 1)
            pairs.append(np.stack([np.array(rows)[side] for side in upper], axis=1))
            values.append(jaccard_matrix(sets)[upper])
    numbers = {event: number for number, event in enumerate(dict.fromkeys(events))}
    place = np.array([numbers[event] for event in events])
    for a, b, value in alike(everything, complete):
        if place[a] != place[b]:
            pairs.append(np.array([[a, b]]))
            values.append(np.array([value]))
    return Truth(
        tuple(record["id"] for record in records),
        _numbered(record["story"] for record in records),
        np.array([record["role"] in ("digest", "live") for record in records]),
        np.concatenate([np.empty((0, 2), dtype=np.int64), *pairs]),
        np.concatenate([np.empty(0), *values]),
    )


def _sets(corpus: Path, wanted: Sequence[bool]) -> Iterator[tuple[int, Set]]:
    """Yield row and different shingles, ascending, of each article that is wanted."""
    import numpy as np

    with corpus.open("rb") as lines:
        rows = ((row, line) for row, line in enumerate(lines) if wanted[row])
        while batch := list(islice(rows, BATCH)):
            found = shingles(pack(json.loads(line)["text"] for _, line in batch), SIZE)
            for number, (row, _) in enumerate(batch):
                yield row, np.unique(found[number])


def jaccard_matrix(sets: Sequence[Set]) -> NDArray[np.float64]:
    """Return the Jaccard similarity of each two of n sets, shape `(n, n)`; 0 for two empty ones.

    A product of the incidence matrix with itself, in slices of its columns: n² · elements.
    """
    import numpy as np

    count, width = len(sets), 1 << 14
    columns, places = np.unique(np.concatenate(sets), return_inverse=True)
    rows = np.repeat(np.arange(count), [len(found) for found in sets])
    order = np.argsort(places, kind="stable")
    rows, places = rows[order], places[order]
    shared = np.zeros((count, count))
    for start in range(0, len(columns), width):
        low, high = np.searchsorted(places, (start, start + width))
        held = np.zeros((count, min(width, len(columns) - start)), dtype=np.float32)
        held[rows[low:high], places[low:high] - start] = 1
        shared += held @ held.T
    sizes = np.diag(shared)
    union = sizes[:, None] + sizes[None, :] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


def alike(sets: Sequence[Set], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Yield every two sets whose Jaccard reaches the threshold, with it (exact).

    Prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): with
    elements in order of rarity, two such sets share one among the first
    `n - ceil(threshold * n) + 1` of each, n being the set's size.
    """
    import numpy as np

    if not sets or threshold > 1:
        return
    elements, counts = np.unique(np.concatenate(sets), return_counts=True)
    owners: dict[int, list[int]] = defaultdict(list)
    for row, found in enumerate(sets):
        frequency = counts[np.searchsorted(elements, found)]
        first = len(found) - int(np.ceil(threshold * len(found) - 1e-9)) + 1
        prefix = np.lexsort((found, frequency))[:first]
        for element in found[prefix[frequency[prefix] > 1]].tolist():
            owners[element].append(row)
    candidates = {
        (a, b) for rows in owners.values() for i, a in enumerate(rows) for b in rows[i + 1 :]
    }
    for a, b in sorted(candidates):
        shared = len(np.intersect1d(sets[a], sets[b], assume_unique=True))
        value = shared / (len(sets[a]) + len(sets[b]) - shared)
        if value >= threshold:
            yield a, b, value


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
    given = ((name, clusters.get(name)) for name in truth.names)
    labels = _numbered(("alone", name) if found is None else found for name, found in given)
    pairs, jaccard = truth.pairs, truth.jaccard
    if mode == "stories":
        # Whether two snapshots of one live page belong together is nobody's question.
        asked = ~truth.apart[pairs].all(axis=1)
        pairs, jaccard = pairs[asked], jaccard[asked]
        right = truth.stories
        wanted = true = right[pairs[:, 0]] == right[pairs[:, 1]]
    else:
        wanted = jaccard >= threshold
        right = components(len(truth.names), pairs[wanted])
        true = right[pairs[:, 0]] == right[pairs[:, 1]]
    joined = labels[pairs[:, 0]] == labels[pairs[:, 1]]
    bins = []
    for low, high in zip(BINS, (*BINS[1:], NEVER), strict=True):
        inside = (jaccard >= low) & (jaccard < high)
        hits = int((true & joined & inside).sum())
        bins.append(Bin(low, int((true & inside).sum()), hits, int((joined & inside).sum())))
    found = int((wanted & joined).sum())
    both, ours, theirs = _together(labels, right), _together(labels), _together(right)
    return Score(
        mode,
        tuple(bins),
        found / (int(wanted.sum()) or 1),
        both / ours if ours else 1.0,
        adjusted_rand(both, ours, theirs, len(labels)),
    )


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


def _numbered(labels: Iterable[Hashable]) -> Rows:
    """Return labels as numbers, in order of appearance."""
    import numpy as np

    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int64)


def _together(*labelings: Rows) -> int:
    """Count the pairs of rows whose labels are equal in every labeling."""
    import numpy as np

    _, counts = np.unique(np.stack(labelings), axis=1, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())
