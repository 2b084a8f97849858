"""Score a scan of a generated corpus: what is true of its pairs, and how much of it was found.

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
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.shingles import shingle_hashes
from dedup.text.tokens import tokenize

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Shingles = NDArray[np.uint32]

#: Words a shingle.
SIZE = 3
#: Lower ends of the bins of true Jaccard; a bin reaches to the next, the last to 1.
BINS = (0.0, 0.08, 0.15, 0.3, 0.7)


class Pair(NamedTuple):
    """Two articles of one event, or of different ones that are as alike as versions.

    Attributes:
        a: An id.
        b: A later one.
        jaccard: Of their 3-grams, exact.
        version: Whether both are versions of one story.
    """

    a: str
    b: str
    jaccard: float
    version: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a corpus.

    Attributes:
        stories: The story of every article.
        apart: Digests and live pages, which are versions of nothing.
        pairs: Pairs of one event, and all others of at least `complete`.
        complete: The Jaccard from which pairs of different events were looked for too; above 1
            when they were not.
    """

    stories: dict[str, str]
    apart: frozenset[str]
    pairs: tuple[Pair, ...]
    complete: float


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
        bins: Pairs whose Jaccard is known, by range.
        recall: Over all pairs that belong together (classic: those of at least the threshold).
        precision: Over all pairs that the scan put into one cluster, known or not.
        rand: Adjusted Rand index (Hubert and Arabie 1985) of the clusters.
    """

    mode: str
    bins: tuple[Bin, ...]
    recall: float
    precision: float
    rand: float


def shingles(text: str) -> Shingles:
    """Return the different shingles of a text, ascending."""
    import numpy as np

    return np.unique(shingle_hashes(tokenize(text).words, SIZE))


def read_truth(corpus: Path, complete: float = 2.0) -> Truth:
    """Return the truth about a corpus, with the exact Jaccard of its pairs.

    Pairs of one event are measured one by one as the articles pass by; an event is forgotten
    when its last article is read. Pairs of different events are looked for only on demand: that
    holds all shingles in memory (2 KB an article).

    Args:
        corpus: The articles; the truth stands beside it.
        complete: Look for all pairs of at least this Jaccard; above 1 for none.
    """
    records = [
        json.loads(line) for line in corpus.with_suffix(".truth.jsonl").open(encoding="utf-8")
    ]
    stories = {record["id"]: record["story"] for record in records}
    events = {record["id"]: record["event"] for record in records}
    apart = frozenset(r["id"] for r in records if r["role"] in ("digest", "live"))
    left = Counter(events.values())
    open_events: dict[str, list[tuple[str, Shingles]]] = defaultdict(list)
    everything: dict[str, Shingles] = {}
    pairs: list[Pair] = []
    sizes = Counter(events.values())
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            name = json.loads(line)["id"]
            event = events[name]
            if sizes[event] == 1 and complete > 1:
                continue
            found = shingles(json.loads(line)["text"])
            if complete <= 1:
                everything[name] = found
            if sizes[event] > 1:
                open_events[event].append((name, found))
                left[event] -= 1
                if not left[event]:
                    members = open_events.pop(event)
                    pairs += _pairs(members, stories, apart)
    pairs += (
        Pair(a, b, value, False)
        for a, b, value in alike(everything, complete)
        if events[a] != events[b]
    )
    return Truth(stories, apart, tuple(pairs), complete)


def _pairs(
    members: Sequence[tuple[str, Shingles]], stories: Mapping[str, str], apart: frozenset[str]
) -> Iterator[Pair]:
    names = sorted(name for name, _ in members)
    values = jaccard_matrix([found for _, found in sorted(members, key=lambda m: m[0])])
    for i, a in enumerate(names):
        for j in range(i + 1, len(names)):
            b = names[j]
            same = stories[a] == stories[b] and a not in apart and b not in apart
            yield Pair(a, b, float(values[i, j]), same)


def jaccard_matrix(sets: Sequence[Shingles]) -> NDArray[np.float64]:
    """Return the Jaccard similarity of each two of n sets, shape `(n, n)`; 0 for two empty ones.

    One product of the incidence matrix with itself, in slices of its columns.
    """
    import numpy as np

    count = len(sets)
    columns, places = np.unique(np.concatenate(sets), return_inverse=True)
    rows = np.repeat(np.arange(count), [len(found) for found in sets])
    shared = np.zeros((count, count))
    order = np.argsort(places, kind="stable")
    rows, places = rows[order], places[order]
    width = 1 << 14
    for start in range(0, len(columns), width):
        low, high = np.searchsorted(places, (start, start + width))
        held = np.zeros((count, width), dtype=np.float32)
        held[rows[low:high], places[low:high] - start] = 1
        shared += held @ held.T
    sizes = np.diag(shared)
    union = sizes[:, None] + sizes[None, :] - shared
    return np.divide(shared, union, out=np.zeros_like(shared), where=union > 0)


def alike(sets: Mapping[str, Shingles], threshold: float) -> Iterator[tuple[str, str, float]]:
    """Yield every two sets whose Jaccard reaches the threshold, with it (exact).

    Prefix filtering (Chaudhuri, Ganti and Kaushik 2006; Bayardo, Ma and Srikant 2007): with
    elements in order of rarity, two such sets share one among the first
    `n - ceil(threshold * n) + 1` of each, n being the set's size.
    """
    import numpy as np

    if not sets or threshold > 1:
        return
    names = sorted(sets)
    values, counts = np.unique(np.concatenate([sets[n] for n in names]), return_counts=True)
    owners: dict[int, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        found = sets[name]
        frequency = counts[np.searchsorted(values, found)]
        first = len(found) - int(np.ceil(threshold * len(found))) + 1
        prefix = np.lexsort((found, frequency))[:first]
        for element in found[prefix[frequency[prefix] > 1]].tolist():
            owners[element].append(row)
    candidates = {
        (a, b) for rows in owners.values() for i, a in enumerate(rows) for b in rows[i + 1 :]
    }
    for a, b in sorted(candidates):
        first_set, second = sets[names[a]], sets[names[b]]
        shared = len(np.intersect1d(first_set, second, assume_unique=True))
        value = shared / (len(first_set) + len(second) - shared)
        if value >= threshold:
            yield names[a], names[b], value


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
    found = {name: clusters.get(name) for name in truth.stories}
    labels: dict[str, Hashable] = {
        name: ("alone", name) if cluster is None else cluster for name, cluster in found.items()
    }
    if mode == "stories":
        # Whether two snapshots of one live page belong together is nobody's question.
        pairs = [pair for pair in truth.pairs if pair.version or pair.a not in truth.apart]
        right: Mapping[str, Hashable] = truth.stories
        wanted = true = [pair.version for pair in pairs]
    else:
        pairs = list(truth.pairs)
        wanted = [pair.jaccard >= threshold for pair in pairs]
        linked = ((pair.a, pair.b) for pair in pairs if pair.jaccard >= threshold)
        right = dict(components(truth.stories, linked))
        true = [right[pair.a] == right[pair.b] for pair in pairs]
    joined = [labels[pair.a] == labels[pair.b] for pair in pairs]
    bins = []
    for low, high in zip(BINS, (*BINS[1:], 2.0), strict=True):
        inside = [low <= pair.jaccard < high for pair in pairs]
        bins.append(
            Bin(
                low,
                sum(t and i for t, i in zip(true, inside, strict=True)),
                sum(t and j and i for t, j, i in zip(true, joined, inside, strict=True)),
                sum(j and i for j, i in zip(joined, inside, strict=True)),
            )
        )
    hit = sum(w and j for w, j in zip(wanted, joined, strict=True))
    both, ours, theirs = _counts(labels, right)
    return Score(
        mode,
        tuple(bins),
        hit / (sum(wanted) or 1),
        both / ours if ours else 1.0,
        _adjusted_rand(both, ours, theirs, len(labels)),
    )


def components(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each name with the one that stands for its connected component (union-find)."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = name = parent[parent[name]]
        return name

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    for name in parent:
        yield name, root(name)


def _counts(a: Mapping[str, Hashable], b: Mapping[str, Hashable]) -> tuple[int, int, int]:
    """Count the pairs together in both clusterings, in the first, in the second."""

    def together(labels: Iterable[Hashable]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    return (
        together((a[name], b[name]) for name in a),
        together(a.values()),
        together(b.values()),
    )


def _adjusted_rand(both: int, ours: int, theirs: int, count: int) -> float:
    expected = ours * theirs / (count * (count - 1) / 2 or 1)
    most = (ours + theirs) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)
