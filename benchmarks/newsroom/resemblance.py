"""Is generated news like real news where it matters: how much do articles share by chance?"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path
from random import Random

from dedup.text.tokens import tokenize

#: How many articles how many pairs of them, and how many true pairs are looked at.
ARTICLES, PAIRS, VERSIONS = 6000, 8000, 2000
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999)
TOP = (1, 10, 100, 1000, 10_000)

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Figures of a corpus; every list of quantiles is at `SHARES`.

    Attributes:
        words: Quantiles of words an article.
        bytes: Mean bytes a word, spaces included.
        top: Share of all words that the most frequent ones make, at `TOP`.
        variety: Distinct words over words in the first 300 words of an article, mean.
        repeated: Share of distinct 3-grams an article that other articles have too, mean.
        shared3: Quantiles of 3-grams shared by two articles picked by chance.
        jaccard: Quantiles of the 3-gram Jaccard of such a pair.
        mean: Mean of the same.
        shared5: Share of such pairs with a 5-gram in common.
        versions: Quantiles of the 3-gram Jaccard of true pairs.
    """

    words: list[float]
    bytes: float
    top: list[float]
    variety: float
    repeated: float
    shared3: list[float]
    jaccard: list[float]
    mean: float
    shared5: float
    versions: list[float]


def compare(generated: Path, real: Path | None = None, versions: Path | None = None) -> str:
    """Return the figures of a generated corpus, beside those of real news, as a table."""
    columns = {"generated": likeness(read(generated), planted(generated))}
    if real:
        known = json.loads(versions.read_text("utf-8")) if versions else []
        columns["real"] = likeness(read(real), known)
    rows = [f"quantiles at {', '.join(map(str, SHARES))}; top at {', '.join(map(str, TOP))}"]
    for field in fields(Likeness):
        for name, figures in columns.items():
            value = getattr(figures, field.name)
            numbers = value if isinstance(value, list) else [value]
            shown = "  ".join(f"{number:9.5g}" for number in numbers)
            rows.append(f"{field.name:9} {name:10} {shown}")
    return "\n".join(rows)


def read(path: Path) -> dict[str, str]:
    """Return the texts of a corpus by id."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    return {record["id"]: record["text"] for record in map(json.loads, lines)}


def planted(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of versions in a generated corpus."""
    stories: dict[str, list[str]] = defaultdict(list)
    with path.with_suffix(".truth.jsonl").open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["role"] == "version":
                stories[record["story"]].append(record["id"])
    return [pair for members in stories.values() for pair in combinations(members, 2)]


def grams(words: Words, size: int) -> set[Words]:
    """Return the word n-grams of a text."""
    return {words[i : i + size] for i in range(len(words) - size + 1)}


def jaccard(a: set[Words], b: set[Words]) -> float:
    """Return intersection over union; 0 for two empty sets."""
    return len(a & b) / (len(a | b) or 1)


def likeness(articles: Mapping[str, str], versions: Sequence[Sequence[str]]) -> Likeness:
    """Measure a corpus, on a sample of its articles.

    Args:
        articles: Texts by id.
        versions: True pairs of ids.
    """
    rng = Random(1)
    names = rng.sample(sorted(articles), min(ARTICLES, len(articles)))
    chosen = rng.sample(versions, min(len(versions), VERSIONS))
    needed = {*names, *(name for pair in chosen for name in pair)}
    texts = {name: tokenize(articles[name]).words for name in needed}
    counts = Counter(word for name in names for word in texts[name])
    total = counts.total()
    common = [count for _, count in counts.most_common(TOP[-1])]
    three = {name: grams(texts[name], 3) for name in names}
    spread = Counter(gram for found in three.values() for gram in found)
    true = {frozenset(pair) for pair in versions}
    picked = (rng.sample(names, 2) for _ in range(PAIRS))
    pairs = [(a, b) for a, b in picked if frozenset((a, b)) not in true]
    chance = [(len(three[a] & three[b]), jaccard(three[a], three[b])) for a, b in pairs]
    long = sum(bool(grams(texts[a], 5) & grams(texts[b], 5)) for a, b in pairs)
    heads = [texts[name][:300] for name in names if len(texts[name]) >= 300]
    return Likeness(
        words=quantiles(len(texts[name]) for name in names),
        bytes=sum(len(articles[name].encode()) for name in names) / total,
        top=[sum(common[:n]) / total for n in TOP],
        variety=sum(len(set(head)) for head in heads) / (300 * len(heads) or 1),
        repeated=sum(n for n in spread.values() if n > 1) / spread.total(),
        shared3=quantiles(shared for shared, _ in chance),
        jaccard=quantiles(value for _, value in chance),
        mean=sum(value for _, value in chance) / len(pairs),
        shared5=long / len(pairs),
        versions=quantiles(jaccard(grams(texts[a], 3), grams(texts[b], 3)) for a, b in chosen),
    )


def quantiles(values: Iterable[float], shares: Sequence[float] = SHARES) -> list[float]:
    """Return the quantiles at the given shares; empty for no values."""
    ordered = sorted(values)
    return [ordered[min(len(ordered) - 1, int(len(ordered) * q))] for q in shares if ordered]
