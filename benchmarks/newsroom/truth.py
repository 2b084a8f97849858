"""What is true of a generated corpus: which pairs were planted, and how alike each is.

Two notions of truth. **Stories**: two articles belong together when they are versions of one
story (`newsroom/kept.py`); a digest or live page belongs to nobody. **Classic**: two articles
belong together when the exact Jaccard similarity of their word 3-grams reaches a threshold, or a
chain of such pairs joins them, whatever was planted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dedup.detect.batch import pack
from dedup.detect.vectors import shingles
from newsroom.kept import shared

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
        shared: What each pair shares of one source's words (`newsroom/kept.py`), 0 without one;
            `(m,)`, float64.
    """

    names: tuple[str, ...]
    stories: Rows
    apart: NDArray[np.bool_]
    pairs: Rows
    jaccard: NDArray[np.float64]
    shared: NDArray[np.float64]


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
    shares: list[NDArray[np.float64]] = []
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
            shares.append(_shared([records[row] for row in rows])[upper])
    numbers = {event: number for number, event in enumerate(dict.fromkeys(events))}
    place = np.array([numbers[event] for event in events])
    for a, b, value in alike(everything, complete):
        if place[a] != place[b]:
            pairs.append(np.array([[a, b]]))
            values.append(np.array([value]))
            shares.append(np.zeros(1))
    return Truth(
        tuple(record["id"] for record in records),
        as_numbers(record["story"] for record in records),
        np.array([record["role"] in ("digest", "live") for record in records]),
        np.concatenate([np.empty((0, 2), dtype=np.int64), *pairs]),
        np.concatenate([np.empty(0), *values]),
        np.concatenate([np.empty(0), *shares]),
    )


def _shared(records: Sequence[dict[str, Any]]) -> NDArray[np.float64]:
    """Return what each two articles share, `(n, n)`; 0 without a common source."""
    import numpy as np

    out = np.zeros((len(records), len(records)))
    sources = [record["source"] for record in records]
    for source in {*sources} - {None}:
        rows = [row for row, one in enumerate(sources) if one == source]
        found = [records[row] for row in rows]
        own, kept = [record["own"] for record in found], [record["kept"] for record in found]
        out[np.ix_(rows, rows)] = shared(own, kept)
    return out


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


def as_numbers(labels: Iterable[Hashable]) -> Rows:
    """Return labels as numbers, in order of appearance."""
    import numpy as np

    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int64)
