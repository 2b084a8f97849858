"""A scan for a person at a terminal: what became of the corpus, and its largest stories."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dedup.report.painter import Painter, drawn, painter_for
from dedup.report.quantities import count, duration
from dedup.report.stories import Reason, Story, digests, largest, reasons
from dedup.report.view import View
from dedup.scanning import Counts, Mode, Scan, Scanned

if TYPE_CHECKING:
    from rich.text import Text

#: Stories that are listed unless another limit is asked for.
STORIES_SHOWN = 10
#: Outlets that are named of a story; the rest are counted.
_OUTLETS_SHOWN = 4
#: Digests, and reasons of skipped records, that are listed.
_OTHERS_SHOWN = 5


def render(
    scan: Scan, view: View | None = None, limit: int = STORIES_SHOWN, saved: str | None = None
) -> str:
    """Return the report as text, no line wider than the view and each with its line end.

    Args:
        scan: What was found.
        view: The width, colour and encoding of the terminal.
        limit: How many stories are listed, the largest first; 0 for the counts alone.
        saved: The options that lead `dedup why` to the files of the scan; None if it was not
            saved.
    """
    view = view or View()
    return drawn(_lines(scan, painter_for(view), limit, saved), view)


def _lines(scan: Scan, painter: Painter, limit: int, saved: str | None) -> Iterator[Text]:
    counts = scan.counts
    title, rest = _headline(scan, counts)
    style = "bold green" if counts.clustered else "bold yellow"
    yield from painter.wrapped([(title, style), (rest, "bold")])
    yield painter.line()
    yield from painter.table(_facts(scan, counts))
    stories = largest(scan, limit)
    if stories:
        yield from _section(f"Largest {_nouns(scan)[1]}", painter)
        for number, story in enumerate(stories, start=1):
            yield painter.line()
            yield from _story(number, story, scan, painter)
        if counts.clusters > len(stories):
            one, many = _nouns(scan)
            told = f"... {count(counts.clusters - len(stories), f'more {one}', f'more {many}')}"
            yield painter.line()
            yield painter.line((f"    {told}", "dim"))
    if limit and counts.digests:
        yield from _section("Digests", painter)
        yield painter.line()
        yield from _digests(digests(scan, _OTHERS_SHOWN), counts.digests, painter)
    if counts.skipped:
        yield from _section("Skipped", painter)
        yield painter.line()
        yield from _skipped(reasons(scan.skipped), painter)
    if step := _next_step(stories, saved):
        yield painter.line()
        yield from painter.hung(("Next: ", "bold"), [(step, "")])


def _headline(scan: Scan, counts: Counts) -> tuple[str, str]:
    articles = count(counts.read, "article")
    if counts.against:
        older = count(counts.against, "older article")
        if not counts.clustered:
            return "NOTHING IS THERE ALREADY", f": {articles} held beside {older}"
        return (
            f"{counts.clustered:,} OF {articles.upper()} ALREADY THERE",
            f": versions of {count(counts.clusters, 'story', 'stories')} among {older}",
        )
    if not counts.read:
        return "NO ARTICLES", ": the corpus is empty"
    near = scan.mode is Mode.CLASSIC
    if not counts.clustered:
        return ("NO NEAR-DUPLICATES" if near else "NO STORY TWICE"), f" in {articles}"
    found = (
        count(counts.clusters, "GROUP OF NEAR-DUPLICATES", "GROUPS OF NEAR-DUPLICATES")
        if near
        else count(counts.clusters, "STORY", "STORIES") + " IN SEVERAL VERSIONS"
    )
    return found, f": {counts.clustered:,} of {articles}"


def _facts(scan: Scan, counts: Counts) -> list[tuple[str, str]]:
    """Return the counts as labels and values."""
    nouns = _nouns(scan)
    parts = [
        (counts.clustered, f"in {count(counts.clusters, *nouns)}"),
        (counts.single, "single"),
        (counts.digests, "digest" if counts.digests == 1 else "digests"),
        (counts.skipped, "skipped"),
    ]
    told = " + ".join(f"{number:,} {words}" for number, words in parts if number)
    return [
        ("read", f"{counts.read:,} = {told}" if told else "nothing"),
        ("decided by", _criterion(scan)),
        ("compared", f"{count(counts.pairs, 'pair')}, {counts.joined:,} joined"),
        *_times(scan, counts),
    ]


def _nouns(scan: Scan) -> tuple[str, str]:
    """Return what articles that belong together are called: one of them, and several."""
    return ("group", "groups") if scan.mode is Mode.CLASSIC else ("story", "stories")


def _criterion(scan: Scan) -> str:
    if scan.threshold is not None:
        return f"Jaccard similarity of {scan.threshold:g} or more"
    return "the verdict of compare, on each pair that may be one story"


def _times(scan: Scan, counts: Counts) -> Iterator[tuple[str, str]]:
    total = sum(scan.stages.values())
    number = counts.read + counts.against
    rate = f", {round(number / total):,} articles a second" if total else ""
    processes = f"{scan.engine} on {count(scan.workers, 'process', 'processes')}"
    yield "took", f"{duration(total)}{rate} ({processes})"
    stages = [f"{name} {duration(s)}" for name, s in scan.stages.items() if s >= total / 100]
    if stages:
        yield "of which", ", ".join(stages)


def _section(title: str, painter: Painter) -> Iterator[Text]:
    yield painter.line()
    yield painter.line((title, "bold"))
    yield painter.line((painter.glyphs.rule * painter.width, "dim"))


def _story(number: int, story: Story, scan: Scan, painter: Painter) -> Iterator[Text]:
    head = story.representative
    lead = f"{number:>2}. "
    yield from painter.hung((lead, "bold"), [(head.title or head.id, "bold")])
    told = [count(story.versions, "version"), _days(story.days)]
    if story.similarity is not None:
        told.insert(1, f"median similarity {story.similarity:.2f}")
    if scan.articles.old:
        told[0] = f"{count(story.versions, 'version')} of {head.id}"
    dot = f" {painter.glyphs.dot} "
    indent = (" " * len(lead), "")
    yield from painter.hung(indent, [(dot.join(filter(None, told)), "")])
    if story.outlets:
        more = len(story.outlets) - _OUTLETS_SHOWN
        named = ", ".join(story.outlets[:_OUTLETS_SHOWN])
        named += f" and {count(more, 'more outlet')}" if more > 0 else ""
        yield from painter.hung(indent, [(named, "")])
    if head.title and not scan.articles.old:
        yield from painter.hung(indent, [(head.id, "dim")])


def _days(days: tuple[str, str] | None) -> str:
    if days is None:
        return ""
    return days[0] if days[0] == days[1] else f"{days[0]} to {days[1]}"


def _digests(found: Sequence[Scanned], total: int, painter: Painter) -> Iterator[Text]:
    for digest in found:
        told = f"  passages of {count(len(digest.stories), 'story', 'stories')}"
        told += f"  {digest.id}" if digest.title else ""
        yield from painter.hung(("  ", ""), [(digest.title or digest.id, ""), (told, "dim")])
    if total > len(found):
        yield painter.line((f"  ... {count(total - len(found), 'more digest')}", "dim"))


def _skipped(found: Sequence[Reason], painter: Painter) -> Iterator[Text]:
    room = max(len(f"{reason.count:,}") for reason in found)
    for reason in found[:_OTHERS_SHOWN]:
        place = f":{reason.first.place}" if reason.first.place is not None else ""
        first = f"  {'first ' if reason.count > 1 else ''}{reason.first.path}{place}"
        yield from painter.hung(
            (f"  {reason.count:>{room},}  ", ""), [(reason.reason, ""), (first, "dim")]
        )
    if len(found) > _OTHERS_SHOWN:
        more = sum(reason.count for reason in found[_OTHERS_SHOWN:])
        yield painter.line((f"  {more:>{room},}  for other reasons; see --errors FILE", "dim"))


def _next_step(stories: Sequence[Story], saved: str | None) -> str | None:
    """Return the command that shows what was changed, or why two are together."""
    pairs = [story.pair for story in stories if story.pair]
    for a, b in pairs:
        if a.path and b.path and a.place == b.place == 0:
            return f"dedup compare {_quoted(a.path)} {_quoted(b.path)}"
    if not pairs:
        return None
    ids, files = [found.id for found in pairs[0]], saved or "--from scan.json"
    named = shlex.join(ids)
    options = any(id.startswith("-") for id in ids)  # or so they look
    why = f"dedup why {files} -- {named}" if options else f"dedup why {named} {files}"
    return why if saved else f"add --output scan.json, then {why}"


def _quoted(argument: str) -> str:
    """Return an argument as a shell takes it; one that looks like an option as a path."""
    return shlex.quote(f"./{argument}" if argument.startswith("-") else argument)
