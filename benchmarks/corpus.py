"""News-like corpora of any size with planted versions, and the truth about them.

    python benchmarks/corpus.py write news.jsonl --articles 10000 [--seed 1]
    python benchmarks/corpus.py statistics news.jsonl [--beside REAL.jsonl.gz]
                                                      [--versions V.json] [--labels L.json]
    python benchmarks/corpus.py score news.jsonl CLUSTERS.jsonl [--mode classic --threshold 0.7]

Articles (`id`, `outlet`, `date`, `title`, `text`) are written a day at a time: the file is the
same whatever the number of processes. The headline is the first line of the text too, as a scan
reads it: truth, scan and peers take the same words. Beside `news.jsonl` stands
`news.truth.jsonl`: for each article its story, its event, its role (`newsroom/days.py` says
which) and who edited it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from newsroom.days import Corpus, print_day
from newsroom.resemblance import compare, read
from newsroom.scoring import Bin, Score, score
from newsroom.truth import NEVER, read_truth
from newsroom.versions import beside, labelled, planted

COMPLETE = "look for pairs of different events too, of at least this Jaccard (2 KB an article)"


def write(corpus: Corpus, path: Path, processes: int | None = None) -> Path:
    """Write a corpus and, beside it, the truth; return the path of the truth.

    Memory holds a few days of news per process; time is linear in the number of articles.

    Args:
        corpus: What to write.
        path: Where; `.jsonl`.
        processes: How many; all cores when left out. The file does not depend on it.
    """
    count = min(processes or os.cpu_count() or 1, corpus.days)
    beside = path.with_suffix(".truth.jsonl")
    with path.open("w", encoding="utf-8") as news, beside.open("w", encoding="utf-8") as truth:
        for articles, truths in _printed(corpus, count):
            news.write(articles)
            truth.write(truths)
    return beside


def _printed(corpus: Corpus, processes: int) -> Iterator[tuple[str, str]]:
    if processes <= 1:
        yield from map(partial(print_day, corpus), range(corpus.days))
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(partial(print_day, corpus), range(corpus.days))


def read_clusters(path: Path) -> dict[str, str | None]:
    """Return the cluster of each article from JSON lines with `id` and `cluster`."""
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record["cluster"] for record in map(json.loads, lines)}


def show(score: Score) -> str:
    """Return a score as a small table."""
    rows = [f"{score.mode:15} {'true':>9} {'found':>9} {'joined':>9} {'recall':>7} {'prec.':>7}"]
    for row, high in zip(score.bins, [*(f"{b.low:g}" for b in score.bins[1:]), "1"], strict=True):
        rows.append(_row(f"J {row.low:g} to {high}", row))
    if score.through.true:
        rows.append(_row("through a third", score.through))
    rows.append(
        f"recall {score.recall:.4f} ({score.recall_from(0.15):.4f} at J >= 0.15), "
        f"precision {score.precision:.4f}, adjusted Rand index {score.rand:.4f}"
    )
    return "\n".join(rows)


def _row(name: str, row: Bin) -> str:
    figures = [f"{x:7.4f}" if x is not None else f"{'-':>7}" for x in (row.recall, row.precision)]
    return f"{name:15} {row.true:9,} {row.found:9,} {row.joined:9,} {' '.join(figures)}"


def main() -> None:
    """Write, measure or score, as the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write", help="write a corpus and the truth about it")
    writing.add_argument("path", type=Path)
    writing.add_argument("--articles", type=int, default=10_000)
    writing.add_argument("--seed", type=int, default=1)
    writing.add_argument("--processes", type=int)
    writing.add_argument("--plain", action="store_true", help="without page furniture")
    measuring = commands.add_parser(
        "statistics", help="what articles share, by chance and as versions"
    )
    measuring.add_argument("path", type=Path)
    measuring.add_argument("--beside", type=Path, help="real news (JSON lines, also .gz)")
    measuring.add_argument("--versions", type=Path, help="true pairs of it: JSON, [[id, id], …]")
    measuring.add_argument("--labels", type=Path, help="labelled pairs of it: JSON, a, b, label")
    scoring = commands.add_parser("score", help="score clusters of a corpus")
    scoring.add_argument("path", type=Path)
    scoring.add_argument("clusters", type=Path, help="JSON lines with id and cluster")
    scoring.add_argument("--mode", choices=("stories", "classic"), default="stories")
    scoring.add_argument("--threshold", type=float, default=0.7)
    scoring.add_argument("--complete", type=float, default=NEVER, help=COMPLETE)
    options = parser.parse_args()
    match options.command:
        case "write":
            start = time.perf_counter()
            corpus = Corpus(options.seed, options.articles, not options.plain)
            write(corpus, options.path, options.processes)
            taken = time.perf_counter() - start
            print(f"{options.articles:,} articles in {taken:.1f} s", file=sys.stderr)
        case "statistics":
            print(compare(options.path, options.beside, options.versions))
            sources = {"planted": (read(options.path), planted(options.path))}
            if options.beside and options.labels:
                sources["real"] = (read(options.beside), labelled(options.labels, options.versions))
            print("", beside(sources), sep="\n")
        case "score":
            truth = read_truth(options.path, options.complete)
            clusters = read_clusters(options.clusters)
            print(show(score(truth, clusters, options.mode, options.threshold)))


if __name__ == "__main__":
    main()
