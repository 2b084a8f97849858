"""News-like corpora of any size with planted versions, and the truth about them.

    python benchmarks/corpus.py write news.jsonl --articles 10000 [--seed 1]
    python benchmarks/corpus.py statistics news.jsonl [--beside REAL.jsonl.gz]
    python benchmarks/corpus.py score news.jsonl CLUSTERS.jsonl [--mode classic --threshold 0.7]

Articles are written a day (a block of `BLOCK`) at a time, each from a seed of its own: the file
is the same whatever the number of processes. Beside `news.jsonl` stands `news.truth.jsonl`: for
each article its story, its event, its role and how strongly it was edited.

Roles: `single` (a story that one outlet has), `version` (one of several versions of a story),
`independent` (the only version of one of several independent reports of an event, which share
names and quotations and no other wording), `digest` (passages of several stories), `live` (a live
page: passages of several stories that grow from snapshot to snapshot).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import NamedTuple

from newsroom.edits import Edition, digest, draft, edit, live, say_quote
from newsroom.pages import furnish, outlets, page
from newsroom.phrasebook import Pools, Voice, draw_pools, phrasebook
from newsroom.resemblance import compare
from newsroom.truth import Score, read_truth, score

#: Articles of a day. A story's versions appear on its day, a few of them days later.
BLOCK = 5000
#: The first day.
DAY_ONE = date(2024, 1, 1)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: Chances of what comes next in a day; the rest are stories of one event each.
DIGEST, LIVE, LATE, EVENT = 0.02, 0.004, 0.006, 0.03
#: Chance that a story has several versions, the exponent of their number, and its bound.
SPREAD, EXPONENT, MOST = 0.09, 1.4, 300
COMPLETE = "look for pairs of different events too, of at least this Jaccard (2 KB an article)"


class Corpus(NamedTuple):
    """What makes one corpus differ from another.

    Attributes:
        seed: Any number.
        articles: How many.
        furniture: Whether pages carry furniture; without it the words are the stories' own.
    """

    seed: int
    articles: int
    furniture: bool = True


class Entry(NamedTuple):
    """What a day brings: a story with its versions, a digest, a live page, a late version.

    Attributes:
        kind: `story`, `digest`, `live` or `late`.
        number: Of the entry in its day.
        event: The first entry that tells of the same event (of a late version: the entry of the
            earlier day).
        shared: Whether the event has several independent reports.
        size: How many articles.
    """

    kind: str
    number: int
    event: int
    shared: bool
    size: int


class Truth(NamedTuple):
    """What is known of an article.

    Attributes:
        story: The story that it is a version of; a digest or live page has one of its own.
        event: Reports of one event have it in common.
        role: `single`, `version`, `independent`, `digest` or `live`.
        edit: The desk that edited it, `wire` for an unedited one.
        holds: Of a digest or live page, the stories that it holds passages of.
    """

    story: str
    event: str
    role: str
    edit: str = "wire"
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A story as the wire sent it, with the words it is told in."""

    pools: Pools
    edition: Edition


@cache
def plan(seed: int, block: int, size: int) -> tuple[Entry, ...]:
    """Return what a day of `size` articles brings."""
    rng = Random(f"{seed}/{block}/plan")
    entries: list[Entry] = []
    left = size
    while left > 0:
        number, chance = len(entries), rng.random() if entries else 1.0
        if chance < DIGEST:
            new = [Entry("digest", number, number, False, 1)]
        elif (chance := chance - DIGEST) < LIVE:
            new = [Entry("live", number, number, False, min(left, rng.randrange(1, 4)))]
        elif (chance := chance - LIVE) < LATE and block:
            new = [Entry("late", number, rng.randrange(BLOCK // 4), False, 1)]
        elif (chance := chance - LATE) < EVENT:
            reports = rng.randrange(2, 5)
            new = [Entry("story", number + i, number, True, _versions(rng)) for i in range(reports)]
        else:
            new = [Entry("story", number, number, False, _versions(rng))]
        for entry in new:
            if left > 0:
                entries.append(entry._replace(size=min(left, entry.size)))
                left -= entries[-1].size
    return tuple(entries)


def _versions(rng: Random) -> int:
    """Draw how many outlets have a story: mostly one, else Pareto."""
    if rng.random() >= SPREAD:
        return 1
    return min(MOST, int(2 / (1 - rng.random()) ** (1 / EXPONENT)))


def tell(seed: int, block: int, entry: Entry) -> Story:
    """Return the story of an entry, as the wire sent it."""
    book = phrasebook()
    rng = Random(f"{seed}/{block}/{entry.number}")
    event, quotes = None, None
    if entry.shared:
        told = Random(f"{seed}/{block}/event {entry.event}")
        event = draw_pools(told, book)
        voice = Voice(told, book, event)
        quotes = [say_quote(told, voice) for _ in range(4)]
    pools = draw_pools(rng, book, event)
    return Story(pools, draft(rng, Voice(rng, book, pools), pools, quotes))


def editions(corpus: Corpus, block: int, rng: Random) -> Iterator[tuple[Truth, Edition]]:
    """Yield what is printed on a day, with the truth about it, in order of the plan."""
    book = phrasebook()
    today = plan(corpus.seed, block, min(BLOCK, corpus.articles - block * BLOCK))
    news = {e.number: tell(corpus.seed, block, e) for e in today if e.kind == "story"}
    wires = [(f"{block}-{number}", story.edition) for number, story in news.items()]
    for entry in today:
        name, event = f"{block}-{entry.number}", f"{block}-{entry.event}"
        match entry.kind:
            case "story":
                story = news[entry.number]
                role = "version" if entry.size > 1 else "independent" if entry.shared else "single"
                for version in range(entry.size):
                    yield _version(story, Truth(name, event, role), version)
            case "late":
                then = block - 1 - rng.randrange(min(block, 6))
                past = [e for e in plan(corpus.seed, then, BLOCK) if e.kind == "story"]
                old = past[entry.event % len(past)]
                truth = Truth(f"{then}-{old.number}", f"{then}-{old.event}", "version")
                yield _version(tell(corpus.seed, then, old), truth, MOST + block)
            case "digest" if wires:
                chosen = rng.sample(wires, min(len(wires), rng.randrange(3, 9)))
                held = tuple(name for name, _ in chosen)
                edition = digest(rng, [wire for _, wire in chosen], DAYS[block % 7])
                yield Truth(name, event, "digest", "digest", held), edition
            case "live" if wires:
                chosen = rng.sample(wires, min(len(wires), rng.randrange(2, 5)))
                held = tuple(name for name, _ in chosen)
                voice = Voice(rng, book, draw_pools(rng, book))
                for edition in live(rng, [wire for _, wire in chosen], voice, entry.size):
                    yield Truth(name, event, "live", "live", held), edition


def _version(story: Story, truth: Truth, version: int) -> tuple[Truth, Edition]:
    """Return one version of a story; that of a story with a single one is the wire's own."""
    if truth.role != "version":
        return truth, story.edition
    rng = Random(f"{truth.story}/{version}/{story.edition.headline}")
    book = phrasebook()
    edition, desk = edit(rng, story.edition, Voice(rng, book, story.pools), book)
    return truth._replace(edit=desk), edition


def day(corpus: Corpus, block: int) -> tuple[str, str]:
    """Return the articles of one day and the truth about them, as JSON lines."""
    book = phrasebook()
    rng = Random(f"{corpus.seed}/{block}/day")
    printed = list(editions(corpus, block, rng))
    rng.shuffle(printed)
    today = DAY_ONE + timedelta(days=block)
    teasers = [edition.headline for _, edition in printed[:40]]
    sites = outlets(book)
    articles, truths = [], []
    for position, (truth, edition) in enumerate(printed):
        outlet = sites[int(len(sites) * rng.random() ** 1.5)]
        title, text = page(rng, outlet, edition, today)
        if corpus.furniture:
            text = furnish(rng, outlet, text, today, teasers)
        article = {
            "id": f"n{block * BLOCK + position:08d}",
            "outlet": outlet.name,
            "date": today.isoformat(),
            "title": title,
            "text": text,
        }
        articles.append(json.dumps(article, ensure_ascii=False))
        truths.append(json.dumps({"id": article["id"], **truth._asdict()}))
    return "\n".join([*articles, ""]), "\n".join([*truths, ""])


def write(corpus: Corpus, path: Path, processes: int | None = None) -> Path:
    """Write a corpus and, beside it, the truth; return the path of the truth.

    Memory holds a few days of news per process; time is linear in the number of articles.

    Args:
        corpus: What to write.
        path: Where; `.jsonl`.
        processes: How many; all cores when left out. The file does not depend on it.
    """
    blocks = range(-(-corpus.articles // BLOCK))
    count = min(processes or os.cpu_count() or 1, len(blocks))
    beside = path.with_suffix(".truth.jsonl")
    with path.open("w", encoding="utf-8") as news, beside.open("w", encoding="utf-8") as truth:
        for articles, truths in _days(corpus, blocks, count):
            news.write(articles)
            truth.write(truths)
    return beside


def _days(corpus: Corpus, blocks: range, processes: int) -> Iterator[tuple[str, str]]:
    if processes <= 1:
        yield from map(partial(day, corpus), blocks)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(partial(day, corpus), blocks)


def read_clusters(path: Path) -> dict[str, str | None]:
    """Return the cluster of each article from JSON lines with `id` and `cluster`."""
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record["cluster"] for record in map(json.loads, lines)}


def show(score: Score) -> str:
    """Return a score as a small table."""
    rows = [f"{score.mode:14} {'true':>9} {'found':>9} {'joined':>9} {'recall':>7} {'prec.':>7}"]
    for row, high in zip(score.bins, [*(f"{b.low:g}" for b in score.bins[1:]), "1"], strict=True):
        name = f"J {row.low:g} to {high}"
        figures = [
            f"{x:7.4f}" if x is not None else f"{'-':>7}" for x in (row.recall, row.precision)
        ]
        rows.append(f"{name:14} {row.true:9,} {row.found:9,} {row.joined:9,} {' '.join(figures)}")
    rows.append(
        f"recall {score.recall:.4f}, precision {score.precision:.4f}, "
        f"adjusted Rand index {score.rand:.4f}"
    )
    return "\n".join(rows)


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
    measuring = commands.add_parser("statistics", help="what articles share by chance")
    measuring.add_argument("path", type=Path)
    measuring.add_argument("--beside", type=Path, help="real news (JSON lines, also .gz)")
    measuring.add_argument("--versions", type=Path, help="true pairs of it: JSON, [[id, id], …]")
    scoring = commands.add_parser("score", help="score clusters of a corpus")
    scoring.add_argument("path", type=Path)
    scoring.add_argument("clusters", type=Path, help="JSON lines with id and cluster")
    scoring.add_argument("--mode", choices=("stories", "classic"), default="stories")
    scoring.add_argument("--threshold", type=float, default=0.7)
    scoring.add_argument("--complete", type=float, default=2.0, help=COMPLETE)
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
        case "score":
            truth = read_truth(options.path, options.complete)
            clusters = read_clusters(options.clusters)
            print(show(score(truth, clusters, options.mode, options.threshold)))


if __name__ == "__main__":
    main()
