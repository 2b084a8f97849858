"""Score `dedup scan` on labelled news: are the right articles in one story?

    python benchmarks/stories.py DATA

DATA is a folder with `us11.jsonl.gz`, its labels and versions, and `basil.jsonl.gz` (its README
says what they are). The whole of each collection is scanned, as a user would; a pair counts as
joined where both articles are in one story. Printed: the recall of the version pairs, F1 of the
labelled pairs, every error, whether `compare` says the same of each pair as the scan, and what was
joined of independent reports.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

from dedup import Article, Scan, Thresholds, scan
from dedup.detect import gather, judge
from dedup.reading.text import with_headline
from dedup.text import segment

#: Pairs of `basil` that print sentences of one agency or an excerpt of each other.
SHARE_COPY = {("basil-19", "basil-21"), ("basil-23", "basil-24"), ("basil-32", "basil-33")}


def scanned(path: Path) -> Scan:
    """Scan one collection and say how long it took."""
    start = time.perf_counter()
    found = scan(path)
    taken = time.perf_counter() - start
    count = len(found.articles)
    print(f"{path.name}: {count:,} articles in {taken:.1f} s, {count / taken:,.0f} a second")
    return found


def clusters(found: Scan) -> dict[str, str | None]:
    """Return the cluster of each article by its id."""
    return {article.id: article.cluster for article in found.articles}


def joined(cluster: dict[str, str | None], a: str, b: str) -> bool:
    """Whether two articles are in one story."""
    return cluster[a] is not None and cluster[a] == cluster[b]


def score_labels(data: Path, cluster: dict[str, str | None]) -> None:
    """Print how the labelled pairs come out."""
    labels = json.loads((data / "us11_labels.json").read_text(encoding="utf-8"))
    for name, chosen in (
        ("high confidence", [pair for pair in labels if pair["confidence"] == "high"]),
        ("all labels", labels),
    ):
        right = wrong = missed = 0
        for pair in chosen:
            same = pair["label"] == "same_story"
            together = joined(cluster, pair["a"], pair["b"])
            right += same and together
            wrong += together and not same
            missed += same and not together
        f1 = 2 * right / (2 * right + wrong + missed)
        print(f"{name}: {right} right, {wrong} wrong, {missed} missed, F1 {f1:.3f}")
    for pair in labels:
        if joined(cluster, pair["a"], pair["b"]) != (pair["label"] == "same_story"):
            print("  {a} {b} {label} ({confidence}): {reason}".format(**pair))


def score_versions(data: Path, cluster: dict[str, str | None]) -> None:
    """Print how many versions of one page are together."""
    pairs = json.loads((data / "us11_versions.json").read_text(encoding="utf-8"))
    missed = [pair for pair in pairs if not joined(cluster, *pair)]
    print(f"versions of one page: recall {1 - len(missed) / len(pairs):.3f} of {len(pairs)}")
    for a, b in missed:
        print(f"  {a} {b}")


def hold_to_compare(data: Path, found: Scan) -> None:
    """Print where a scan and `compare` do not say the same of a labelled pair or of versions."""
    with gzip.open(data / "us11.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = {record["id"]: record for record in map(json.loads, lines)}
    labels = json.loads((data / "us11_labels.json").read_text(encoding="utf-8"))
    pairs = [(row["a"], row["b"]) for row in labels]
    pairs += map(tuple, json.loads((data / "us11_versions.json").read_text(encoding="utf-8")))
    documents = {
        name: segment(
            Article(
                with_headline(records[name]["title"], records[name]["text"]),
                title=records[name]["title"],
                url=records[name]["url"],
            )
        )
        for name in {name for pair in pairs for name in pair}
    }
    scanned_pairs = {(pair.a, pair.b): pair for pair in found.pairs}
    cluster = clusters(found)
    differs = missed = chained = 0
    for a, b in pairs:
        verdict = judge(gather(documents[a], documents[b], Thresholds()), Thresholds())
        pair = scanned_pairs.get((min(a, b), max(a, b)))
        differs += pair is not None and pair.label != verdict.label
        missed += verdict.same_story and not joined(cluster, a, b)
        chained += joined(cluster, a, b) and not verdict.same_story
    print(
        f"beside compare, {len(pairs)} pairs: {differs} have another label, {missed} are one story "
        f"for compare alone, {chained} are together by way of a third article"
    )


def score_events(data: Path) -> None:
    """Print which independent reports of one event were joined."""
    found = scanned(data / "basil.jsonl.gz")
    for story in found.clusters():
        members = sorted(story.members)
        pairs = [(a, b) for place, a in enumerate(members) for b in members[place + 1 :]]
        known = all(pair in SHARE_COPY for pair in pairs)
        print(f"  joined{' (share copy)' if known else ''}: {', '.join(members)}")
    with gzip.open(data / "basil.jsonl.gz", "rt", encoding="utf-8") as lines:
        events = len({json.loads(line)["event"] for line in lines})
    print(f"independent reports: {events} events, {len(found.clusters())} stories joined")


def main() -> None:
    """Scan the labelled collections and print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder of labelled news")
    data = parser.parse_args().data
    found = scanned(data / "us11.jsonl.gz")
    sizes = sorted((len(story.members) for story in found.clusters()), reverse=True)
    print(f"{len(sizes)} stories, the largest of {sizes[:8]} articles")
    cluster = clusters(found)
    score_versions(data, cluster)
    score_labels(data, cluster)
    hold_to_compare(data, found)
    score_events(data)


if __name__ == "__main__":
    main()
