"""The news of one day: what it brings, who prints it, and the truth about it.

A day and each of its stories have seeds of their own, so days can be written in any order, and a
late version of a story can be written on another day.

Roles: `single` (a story that one outlet has), `version` (one of several versions of a story),
`independent` (the only version of one of several independent reports of an event, which share
names and quotations and no other wording), `excerpt` (an outlet's own report with a passage of
the wire's copy in it), `digest` (passages of several stories), `live` (a live page: passages of
several stories that grow from snapshot to snapshot). `newsroom/kept.py` says which of them belong
together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple

from dedup.reading.text import with_headline
from newsroom.edits import Edition, Range, draft, edit, excerpt, say_quote
from newsroom.pages import furnish, outlets, page
from newsroom.phrasebook import Pools, Voice, draw_pools, phrasebook
from newsroom.roundups import digest, live

#: Articles of a day, unless said otherwise.
DAY = 5000
#: The first day.
DAY_ONE = date(2024, 1, 1)
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
#: Chances of what comes next in a day; the rest are stories of one event each.
DIGEST, LIVE, EXCERPT, LATE, EVENT = 0.02, 0.004, 0.015, 0.006, 0.03
#: Chance that a story has several versions, the exponent of their number, and its bound.
SPREAD, EXPONENT, MOST = 0.09, 1.4, 300


class Corpus(NamedTuple):
    """What makes one corpus differ from another.

    Attributes:
        seed: Any number.
        articles: How many.
        furniture: Whether pages carry furniture; without it the words are the stories' own.
        day: Articles of a day. A story's versions appear on its day, a few of them days later.
    """

    seed: int
    articles: int
    furniture: bool = True
    day: int = DAY

    @property
    def days(self) -> int:
        """How many days the articles fill."""
        return -(-self.articles // self.day)

    def plan(self, day: int) -> tuple[Entry, ...]:
        """Return what a day brings."""
        return plan(self.seed, day, min(self.day, self.articles - day * self.day))


class Entry(NamedTuple):
    """What a day brings: a story with its versions, an excerpt, a digest, a late version …

    Attributes:
        kind: `story`, `excerpt`, `digest`, `live` or `late`.
        number: Of the entry in its day.
        event: The first entry that tells of the same event (of an excerpt: the entry that it is
            taken from; of a late version: that of the earlier day).
        shared: Whether the event has several independent reports.
        size: How many articles.
    """

    kind: str
    number: int
    event: int
    shared: bool
    size: int


class Record(NamedTuple):
    """What is known of an article.

    Attributes:
        story: The story that it is a version of; a digest or live page has one of its own.
        event: Reports of one event have it in common.
        role: `single`, `version`, `independent`, `excerpt`, `digest` or `live`.
        edit: The desk that edited it, `wire` for an unedited one.
        holds: Of a digest or live page, the stories that it holds passages of.
        source: The story whose words it keeps, of a version or an excerpt.
        own: Words outside quotations, of those too.
        kept: Which words of the source's, as ranges.
    """

    story: str
    event: str
    role: str
    edit: str = "wire"
    holds: tuple[str, ...] = ()
    source: str | None = None
    own: int = 0
    kept: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A story as the wire sent it, with the words it is told in."""

    pools: Pools
    edition: Edition


@lru_cache(maxsize=16)
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
        elif (chance := chance - LIVE) < EXCERPT and (stories := _stories(entries)):
            # What many print is what many take a passage from.
            taken = rng.choices(stories, [story.size for story in stories])[0]
            new = [Entry("excerpt", number, taken.number, False, 1)]
        elif (chance := chance - EXCERPT) < LATE and block:
            new = [Entry("late", number, rng.randrange(1 << 30), False, 1)]
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


def _stories(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind == "story"]


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


def editions(corpus: Corpus, block: int, rng: Random) -> Iterator[tuple[Record, Edition]]:
    """Yield what is printed on a day, with the truth about it, in order of the plan."""
    book = phrasebook()
    today = corpus.plan(block)
    news = {e.number: tell(corpus.seed, block, e) for e in today if e.kind == "story"}
    wires = [(f"{block}-{number}", story.edition) for number, story in news.items()]
    for entry in today:
        name, event = f"{block}-{entry.number}", f"{block}-{entry.event}"
        match entry.kind:
            case "story":
                story = news[entry.number]
                role = "version" if entry.size > 1 else "independent" if entry.shared else "single"
                for version in range(entry.size):
                    yield _version(story, Record(name, event, role), version)
            case "late":
                then = block - 1 - rng.randrange(min(block, 6))
                past = _stories(corpus.plan(then))
                old = past[entry.event % len(past)]
                truth = Record(f"{then}-{old.number}", f"{then}-{old.event}", "version")
                yield _version(tell(corpus.seed, then, old), truth, MOST + block)
            case "excerpt":
                told = f"{block}-{today[entry.event].event}"
                truth = Record(name, told, "excerpt", "excerpt", source=f"{block}-{entry.event}")
                yield _excerpt(rng, news[entry.event], truth)
            case "digest":
                held, chosen = _chosen(rng, wires, rng.randrange(3, 9))
                edition = digest(rng, chosen, WEEK[block % 7])
                yield Record(name, event, "digest", "digest", held), edition
            case "live":
                held, chosen = _chosen(rng, wires, rng.randrange(2, 5))
                voice = Voice(rng, book, draw_pools(rng, book))
                for edition in live(rng, chosen, voice, entry.size):
                    yield Record(name, event, "live", "live", held), edition


def _chosen(
    rng: Random, wires: list[tuple[str, Edition]], count: int
) -> tuple[tuple[str, ...], list[Edition]]:
    """Choose some stories; return their names and their editions."""
    chosen = rng.sample(wires, min(len(wires), count))
    return tuple(name for name, _ in chosen), [edition for _, edition in chosen]


def _version(story: Story, truth: Record, version: int) -> tuple[Record, Edition]:
    """Return one version of a story; that of a story with a single one is the wire's own."""
    if truth.role != "version":
        wire = story.edition
        return truth._replace(source=truth.story, own=wire.own, kept=wire.kept), wire
    rng = Random(f"{truth.story}/{version}/{story.edition.headline}")
    book = phrasebook()
    edition, desk = edit(rng, story.edition, Voice(rng, book, story.pools), book)
    truth = truth._replace(edit=desk, source=truth.story, own=edition.own, kept=edition.kept)
    return truth, edition


def _excerpt(rng: Random, story: Story, truth: Record) -> tuple[Record, Edition]:
    """Return a report of the story's event with a passage of the story in it."""
    book = phrasebook()
    pools = draw_pools(rng, book, story.pools)
    report = draft(rng, Voice(rng, book, pools), pools)
    voice = Voice(rng, book, story.pools)
    edition = excerpt(rng, story.edition, report, voice, book)
    return truth._replace(own=edition.own, kept=edition.kept), edition


def print_day(corpus: Corpus, block: int) -> tuple[str, str]:
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
        text = with_headline(title, text)  # all who read the corpus read the same text
        article = {
            "id": f"n{block * corpus.day + position:08d}",
            "outlet": outlet.name,
            "date": today.isoformat(),
            "title": title,
            "text": text,
        }
        articles.append(json.dumps(article, ensure_ascii=False))
        truths.append(json.dumps({"id": article["id"], **truth._asdict()}))
    return "\n".join([*articles, ""]), "\n".join([*truths, ""])
