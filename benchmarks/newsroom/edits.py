"""A story as the wire sends it, and what a desk makes of it: versions, digests, live pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, log
from random import Random

from newsroom.phrasebook import Phrasebook, Pools, Voice

#: Words of a story: log-normal, with this median and spread, and never outside these bounds.
MEDIAN_WORDS, SPREAD_WORDS, WORDS = 420, 0.5, (60, 3000)

Paragraph = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """What is printed, before the page is put around it.

    Attributes:
        headline: The headline.
        paragraphs: Each a tuple of sentences.
        place: Where the dateline says it was written; None for pages without one.
    """

    headline: str
    paragraphs: tuple[Paragraph, ...]
    place: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """How strongly a desk edits; all but `share` and `keep` are chances.

    Attributes:
        name: What the truth calls it.
        share: Its share of all versions.
        keep: Bounds of the part that is left when the end is cut.
        cut: Of a sentence in the middle.
        swap: Of a word.
        reword: Of a sentence.
        insert: Of a sentence of the desk's own after one of the wire's.
        move: Of a paragraph to change places with the next.
        title: Of a headline of its own.
    """

    name: str
    share: float
    keep: tuple[float, float]
    cut: float
    swap: float
    reword: float
    insert: float
    move: float
    title: float


DESKS = (
    Desk("verbatim", 0.34, (1.0, 1.0), 0, 0, 0, 0, 0, 0.2),
    Desk("light", 0.30, (0.7, 1.0), 0.02, 0.005, 0.02, 0.02, 0.02, 0.4),
    Desk("medium", 0.16, (0.5, 1.0), 0.10, 0.03, 0.12, 0.15, 0.06, 0.6),
    Desk("heavy", 0.10, (0.4, 0.9), 0.20, 0.06, 0.30, 0.50, 0.10, 0.8),
    Desk("brief", 0.10, (0.1, 0.35), 0, 0.01, 0.05, 0, 0, 0.7),
)


def draft(
    rng: Random, voice: Voice, pools: Pools, quotes: Sequence[Paragraph] | None = None
) -> Edition:
    """Write a story in paragraphs of one to three sentences, with quotations among them.

    Args:
        rng: What decides.
        voice: Who tells it.
        pools: The words it is told in.
        quotes: The quotations to use; of the story's own when left out.
    """
    target = min(max(exp(rng.gauss(log(MEDIAN_WORDS), SPREAD_WORDS)), WORDS[0]), WORDS[1])
    if quotes is None:
        quotes = [say_quote(rng, voice) for _ in range(4)]
    paragraphs: list[Paragraph] = []
    words, waiting = 0, list(quotes)
    while words < target:
        paragraph = tuple(voice.say() for _ in range(rng.randrange(1, 4)))
        words += sum(sentence.count(" ") + 1 for sentence in paragraph)
        paragraphs.append(paragraph)
        if waiting and rng.random() < 0.3:
            speech = waiting.pop(rng.randrange(len(waiting)))
            paragraphs.append(speech)
            words += sum(sentence.count(" ") + 1 for sentence in speech)
    return Edition(voice.say("headline"), tuple(paragraphs), voice.name("PLACE"))


def say_quote(rng: Random, voice: Voice) -> Paragraph:
    """Return a paragraph that is a quotation of one to three sentences and who said it."""
    speech = [voice.say("quote") for _ in range(rng.randrange(1, 4))]
    speech[0] = f"“{speech[0]}"
    speech[-1] = f"{speech[-1].removesuffix('.')},” {voice.name('L')} said."
    return tuple(speech)


def edit(rng: Random, wire: Edition, voice: Voice, book: Phrasebook) -> tuple[Edition, str]:
    """Return what a desk made of the wire's copy, and the desk's name."""
    desk = rng.choices(DESKS, [desk.share for desk in DESKS])[0]
    keep = max(1, round(len(wire.paragraphs) * rng.uniform(*desk.keep)))
    paragraphs = list(wire.paragraphs[:keep])
    for place in range(1, len(paragraphs) - 1):
        if rng.random() < desk.move:
            paragraphs[place : place + 2] = paragraphs[place + 1], paragraphs[place]
    edited = [_edit_paragraph(rng, desk, paragraph, voice, book) for paragraph in paragraphs]
    headline = voice.say("headline") if rng.random() < desk.title else wire.headline
    printed = tuple(paragraph for paragraph in edited if paragraph) or wire.paragraphs[:1]
    return replace(wire, headline=headline, paragraphs=printed), desk.name


def _edit_paragraph(
    rng: Random, desk: Desk, paragraph: Paragraph, voice: Voice, book: Phrasebook
) -> Paragraph:
    chance = rng.random
    quoted = "“" in paragraph[0]  # a desk cuts a quotation, it does not reword it
    edited: list[str] = []
    for sentence in paragraph:
        if chance() < desk.cut and not quoted:
            continue
        told = sentence
        if not quoted and chance() < desk.reword:
            told = _reword(rng, told, voice)
        if not quoted and desk.swap:
            told = _swap(rng, told, desk.swap, voice, book)
        edited.append(told)
        if not quoted and chance() < desk.insert:
            edited.append(voice.say())
    return tuple(edited)


def _reword(rng: Random, sentence: str, voice: Voice) -> str:
    """Tell a sentence anew: wholly, or with one of its halves kept."""
    words, new = sentence.split(" "), voice.say().split(" ")
    middle = len(words) // 2
    match rng.randrange(3):
        case 0:
            return " ".join(new)
        case 1:
            return " ".join(words[:middle] + new[len(new) // 2 :])
        case _:
            return " ".join(new[: len(new) // 2] + words[middle:])


def _swap(rng: Random, sentence: str, chance: float, voice: Voice, book: Phrasebook) -> str:
    """Put other words in place of some: a synonym where there is one, else one of the story's."""
    words = sentence.split(" ")
    for place in range(1, len(words) - 1):
        if rng.random() < chance:
            words[place] = book.swaps.get(words[place]) or voice.name("A")
    return " ".join(words)


def digest(rng: Random, news: Sequence[Edition], day: str) -> Edition:
    """Return a page of news in brief: the first sentences of each story under its headline."""
    paragraphs: list[Paragraph] = []
    for story in news:
        paragraphs += [(story.headline,), *story.paragraphs[: rng.randrange(1, 4)]]
    return Edition(f"News in brief: {day}", tuple(paragraphs), None)


def live(rng: Random, news: Sequence[Edition], voice: Voice, snapshots: int) -> list[Edition]:
    """Return the snapshots of a live page, first to last: each holds the one before it.

    Entries are dated by the minute, the newest first; some are passages of the stories, some
    the page's own.
    """
    entries: list[Paragraph] = []
    for story in news:
        start = rng.randrange(max(1, len(story.paragraphs) - 4))
        entries += story.paragraphs[start : start + rng.randrange(2, 6)]
    entries += [(voice.say(), voice.say()) for _ in range(rng.randrange(2, 10))]
    rng.shuffle(entries)
    dated = [
        (f"{7 + i // 6}:{i % 6 * 10 + i % 7:02d} a.m.", *entry) for i, entry in enumerate(entries)
    ]
    headline = f"Live updates: {news[0].headline}"
    counts = [len(dated) * (i + 1) // snapshots for i in range(snapshots)]
    return [Edition(headline, tuple(reversed(dated[: max(1, n)])), None) for n in counts]
