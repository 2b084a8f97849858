"""What every runner needs around its library: read articles, join pairs, write clusters.

Runners are called `python RUNNER.py NEWS.jsonl CLUSTERS.jsonl THRESHOLD` in the environment of
their library and write `{"id": …, "cluster": …}` for each article, `null` for one that is alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence


def arguments() -> tuple[str, str, float]:
    """Return the corpus, where to write the clusters, and the threshold."""
    corpus, clusters, threshold = sys.argv[1:]
    return corpus, clusters, float(threshold)


def read(path: str) -> Iterator[tuple[str, str]]:
    """Yield id and text of each article."""
    with open(path, encoding="utf-8") as lines:  # noqa: PTH123  (runners know no paths but this)
        for line in lines:
            record = json.loads(line)
            yield record["id"], record["text"]


def grams(text: str) -> list[str]:
    """Return the 3-grams of the lower-cased words, as the libraries' own examples make them."""
    words = text.lower().split()
    return [" ".join(gram) for gram in zip(words, words[1:], words[2:], strict=False)]


def components(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each row the smallest row that a chain of pairs leads to (union-find)."""
    parent = list(range(count))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = row = parent[parent[row]]
        return row

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return [root(row) for row in range(count)]


def write(path: str, names: Sequence[str], roots: Sequence[int]) -> None:
    """Write the cluster of each article."""
    shared = {root for row, root in enumerate(roots) if root != row}
    with open(path, "w", encoding="utf-8") as out:  # noqa: PTH123
        for name, root in zip(names, roots, strict=True):
            cluster = names[root] if root in shared else None
            out.write(json.dumps({"id": name, "cluster": cluster}) + "\n")
