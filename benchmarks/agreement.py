"""Score a scan on labelled news, and hold it to `compare`: both must say the same of every pair.

    python benchmarks/agreement.py DATA

DATA holds `us11.jsonl.gz` (records with id, title, text), `us11_labels.json` (pairs with `a`, `b`,
`label`, `confidence`) and `us11_versions.json` (pairs of ids of one page on two days).
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from dedup import Article, Thresholds, scan
from dedup.detect import Label, gather, judge
from dedup.reading.text import with_headline
from dedup.text import segment

STORY = {Label.IDENTICAL, Label.NEAR_IDENTICAL, Label.SAME_STORY}


def read_articles(path: Path) -> dict[str, Article]:
    """Return the articles by id, as a scan reads them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return {
        record["id"]: Article(with_headline(record["title"], record["text"]), title=record["title"])
        for record in records
    }


def show_scores(name: str, pairs: Iterable[tuple[bool, bool]]) -> None:
    """Print F1 of pairs, each given as what is true and what was found."""
    rows = list(pairs)
    hits = sum(true and found for true, found in rows)
    wrong = sum(true != found for true, found in rows)
    print(f"{name:22} {len(rows):4} pairs, F1 {2 * hits / (2 * hits + wrong):.4f}")


def main() -> None:
    """Scan, score, and compare each labelled pair by itself."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    data: Path = parser.parse_args().data
    found = scan(data / "us11.jsonl.gz")
    cluster = {article.id: article.cluster for article in found.articles}
    verdicts = {(pair.a, pair.b): pair for pair in found.pairs}

    def together(a: str, b: str) -> bool:
        return cluster[a] is not None and cluster[a] == cluster[b]

    print(f"{found.counts}\n{dict(found.stages)}")
    labels = json.loads((data / "us11_labels.json").read_text(encoding="utf-8"))
    for confidence in ("high", "low"):
        chosen = [row for row in labels if row["confidence"] == confidence]
        show_scores(
            f"labels, {confidence} confidence",
            ((row["label"] == "same_story", together(row["a"], row["b"])) for row in chosen),
        )
    versions = json.loads((data / "us11_versions.json").read_text(encoding="utf-8"))
    recall = sum(together(a, b) for a, b in versions) / len(versions)
    print(f"{'versions of a page':22} {len(versions):4} pairs, recall {recall:.4f}")

    articles, limits = read_articles(data / "us11.jsonl.gz"), Thresholds()
    differs = missed = chained = reachable = 0
    for a, b in [(row["a"], row["b"]) for row in labels] + [tuple(pair) for pair in versions]:
        one, two = (segment(articles[name]) for name in (a, b))
        label = judge(gather(one, two, limits), limits).label
        pair = verdicts.get((min(a, b), max(a, b)))
        differs += pair is not None and pair.label is not label
        missed += label in STORY and not together(a, b)
        chained += label not in STORY and together(a, b)
        reachable += label in STORY and together(a, b)
    print(
        f"of {len(labels) + len(versions)} pairs: {differs} have another label in the scan than in "
        f"compare, {reachable} are one story for both, {missed} for compare alone, and {chained} "
        "are together by way of a third article"
    )


if __name__ == "__main__":
    main()
