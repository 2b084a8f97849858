"""Time of `dedup compare --pairs` on generated versions of stories, and the comparison's share.

    python benchmarks/pairs.py --folder FOLDER [--pairs 1000] [--workers 2]

FOLDER gets the articles (`corpus.py`, about 500 words each), the table of pairs and the reports.
The run is timed without a report and with one of each format; then each of some pairs is read,
compared and reported in this process, and the CPU time of each part is printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from corpus import write
from newsroom.days import Corpus

from dedup import compare, read_article
from dedup.pairs import ComparedPair, read_pairs
from dedup.policy import Policy
from dedup.report.pairs_build import line_of, pair_report
from dedup.report.pairs_parts import layout
from dedup.report.view import View

FORMATS = ("terminal", "json", "markdown", "github", "junit", "sarif")
#: Articles of a corpus that has one story in several versions, and some to spare.
ARTICLES = 20
#: Pairs whose parts are timed one by one.
SAMPLE = 200


def make_pairs(folder: Path, count: int) -> Path:
    """Write two versions of each of `count` stories; return the table that lists them."""
    table = folder / "pairs.csv"
    if table.exists() and len(read_pairs(table)) == count:
        return table
    news = folder / "news.jsonl"
    truth = write(Corpus(1, count * ARTICLES), news, 1)
    stories: defaultdict[str, list[str]] = defaultdict(list)
    with news.open(encoding="utf-8") as articles, truth.open(encoding="utf-8") as truths:
        for line, known in zip(articles, truths, strict=True):
            stories[json.loads(known)["story"]].append(json.loads(line)["text"])
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow("ab")
        several = (texts for texts in stories.values() if len(texts) > 1)
        for number, texts in enumerate(islice(several, count)):
            names = [f"articles/{number}.{side}.txt" for side in "ab"]
            for name, text in zip(names, texts, strict=False):
                (folder / name).write_text(text, encoding="utf-8")
            rows.writerow(names)
    return table


def run(table: Path, workers: int, options: list[str]) -> tuple[float, float]:
    """Run the program; return its wall seconds and the CPU seconds of all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    command = [sys.executable, "-m", "dedup", "compare", "--pairs", str(table), "-q"]
    subprocess.run([*command, "--workers", str(workers), *options], check=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


def shares(table: Path, count: int) -> tuple[int, Counter[str]]:
    """Return how many pairs were timed, and the CPU seconds of each part of the work."""
    spent: Counter[str] = Counter()

    @contextmanager
    def timed(part: str) -> Iterator[None]:
        start = time.process_time()
        yield
        spent[part] += time.process_time() - start

    pairs = read_pairs(table)[: count + 1]
    for number, (a, b) in enumerate(pairs):
        if number == 1:  # what is loaded by the first is no part of the others
            spent.clear()
        with timed("read"):
            articles = read_article(a), read_article(b)
        with timed("compare"):
            found = compare(*articles)
        with timed("report"):
            report = pair_report(ComparedPair(a, b, found), Policy())
            line = line_of(report)
        for format in FORMATS:
            with timed(f"report as {format}"):
                layout(format).part(report, line, View())
    return len(pairs) - 1, spent


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    table = make_pairs(arguments.folder, arguments.pairs)
    listed = read_pairs(table)
    words = [
        len(Path(path).read_text(encoding="utf-8").split()) for pair in listed for path in pair
    ]
    print(f"{len(listed):,} pairs of articles of {sum(words) / len(words):.0f} words")
    every = [
        part
        for format in FORMATS
        for part in ("--report", f"{format}={arguments.folder / 'report'}.{format}")
    ]
    print("run                    pairs/s  wall s   CPU s  CPU ms a pair")
    for name, options in (("no report", []), ("a report of each", every)):
        wall, cpu = run(table, arguments.workers, options)
        rate, each = len(listed) / wall, cpu / len(listed) * 1000
        print(f"{name:20} {rate:9.0f} {wall:7.1f} {cpu:7.1f} {each:14.1f}")
    count, spent = shares(table, SAMPLE)
    print("CPU ms of a pair in one process")
    for part, seconds in spent.items():
        share = seconds / spent.total()
        print(f"  {part:20} {seconds / count * 1000:6.2f}  {share:4.0%}")


if __name__ == "__main__":
    main()
