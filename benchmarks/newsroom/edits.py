"""A story as the wire sends it, and what a desk makes of it: a version, or an excerpt.

Editors work in stretches: a sentence that is kept stands beside others that are kept, and what a
desk cuts, rewrites or adds comes in paragraphs. Of every sentence it is known which of the wire's
words it keeps; `newsroom/kept.py` says what follows from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from random import Random

from newsroom.kept import VERSION
from newsroom.phrasebook import Phrasebook, Pools, Voice

#: Words of a story: log-normal, with this median and spread, and never outside these bounds.
MEDIAN_WORDS, SPREAD_WORDS, WORDS = 420, 0.5, (60, 3000)
#: Chance that an editor treats a sentence as the one before it, without a thought. In labelled
#: versions a sentence after a kept one is kept so much oftener than any sentence.
STICK = 0.5
#: Nobody prints fewer words of the wire than these: of real pages one in a hundred is so short.
LEAST_WORDS = 80
#: What an excerpt takes, as a share of the words of itself or of the wire, whichever has fewer.
TAKEN = (0.15, 0.36)

Paragraph = tuple[str, ...]
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Edition:
    """What is printed, before the page is put around it.

    Attributes:
        headline: The headline.
        paragraphs: Each a tuple of sentences; one that begins with a quotation mark is quoted.
        place: Where the dateline says it was written; None for pages without one.
        own: Words outside the quoted paragraphs.
        kept: Which words of the wire's copy (numbered outside its quoted paragraphs) stand here.
    """

    headline: str
    paragraphs: tuple[Paragraph, ...]
    place: str | None
    own: int = 0
    kept: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """How a desk edits. Bounds are drawn between for each version.

    Attributes:
        name: What the truth calls it.
        share: Its share of all versions.
        keep: Bounds of the part that is left when the end is cut.
        cut: Bounds of the share of sentences that are dropped from the rest.
        rewrite: The same for those told anew.
        touch: The same for those edited lightly.
        add: Bounds of the desk's own words for each word that it kept.
        move: Chance of a paragraph to change places with the next.
        title: Chance of a headline of its own.
    """

    name: str
    share: float
    keep: tuple[float, float]
    cut: tuple[float, float]
    rewrite: tuple[float, float]
    touch: tuple[float, float]
    add: tuple[float, float]
    move: float
    title: float


NONE = (0.0, 0.0)
DESKS = (
    Desk("verbatim", 0.42, (1.0, 1.0), NONE, NONE, NONE, NONE, 0, 0.2),
    Desk("light", 0.26, (0.7, 1.0), (0, 0.05), (0, 0.03), (0, 0.25), (0, 0.06), 0.02, 0.4),
    Desk("medium", 0.14, (0.5, 1.0), (0, 0.2), (0.05, 0.3), (0.15, 0.55), (0, 0.4), 0.04, 0.6),
    Desk("heavy", 0.07, (0.4, 0.9), (0.05, 0.3), (0.1, 0.4), (0.3, 0.7), (0.1, 0.5), 0.06, 0.8),
    Desk("brief", 0.06, (0.1, 0.4), (0, 0.1), (0, 0.35), (0, 0.6), (0, 0.2), 0, 0.7),
    Desk("long", 0.05, (0.8, 1.0), (0, 0.1), (0, 0.15), (0, 0.4), (0.6, 2.5), 0.04, 0.8),
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
        new = [_say_paragraph(rng, voice)]
        if waiting and rng.random() < 0.3:
            new.append(waiting.pop(rng.randrange(len(waiting))))
        words += sum(length(sentence) for paragraph in new for sentence in paragraph)
        paragraphs += new
    own = sum(length(line) for part in paragraphs if not quoted(part) for line in part)
    headline, place = voice.say("headline"), voice.name("PLACE")
    return Edition(headline, tuple(paragraphs), place, own, ((0, own),))


def say_quote(rng: Random, voice: Voice) -> Paragraph:
    """Return a paragraph that is a quotation of one to three sentences and who said it."""
    speech = [voice.say("quote") for _ in range(rng.randrange(1, 4))]
    speech[0] = f"“{speech[0]}"
    speech[-1] = f"{speech[-1].removesuffix('.')},” {voice.name('L')} said."
    return tuple(speech)


def _say_paragraph(rng: Random, voice: Voice) -> Paragraph:
    return tuple(voice.say() for _ in range(rng.randrange(1, 4)))


def length(sentence: str) -> int:
    """Return how many words a sentence has."""
    return sentence.count(" ") + 1


def quoted(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a quotation."""
    return paragraph[0].startswith("“")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with the words of the wire's copy that it keeps; `own` without quotations."""

    text: str
    own: int
    kept: tuple[Range, ...] = ()


def numbered(wire: Edition) -> list[list[Line]]:
    """Return the paragraphs of the wire's copy as lines."""
    start, paragraphs = 0, []
    for paragraph in wire.paragraphs:
        lines = []
        for sentence in paragraph:
            own = 0 if quoted(paragraph) else length(sentence)
            lines.append(Line(sentence, own, ((start, start + own),) if own else ()))
            start += own
        paragraphs.append(lines)
    return paragraphs


def printed(wire: Edition, headline: str, paragraphs: Sequence[Sequence[Line]]) -> Edition:
    """Return the edition that the lines make."""
    lines = [line for paragraph in paragraphs for line in paragraph]
    texts = tuple(tuple(line.text for line in paragraph) for paragraph in paragraphs)
    kept = sorted(
        place for line in lines for start, end in line.kept for place in range(start, end)
    )
    own = sum(line.own for line in lines)
    return replace(wire, headline=headline, paragraphs=texts, own=own, kept=tuple(_ranges(kept)))


def edit(
    rng: Random, wire: Edition, voice: Voice, book: Phrasebook, desk: Desk | None = None
) -> tuple[Edition, str]:
    """Return what a desk made of the wire's copy, and the desk's name; any desk when left out.

    What keeps too little of it to be a version (`newsroom/kept.py`), or is too short to be
    printed, is thrown away.
    """
    desk = desk or rng.choices(DESKS, [desk.share for desk in DESKS])[0]
    while True:
        edition = _edit(rng, desk, wire, voice, book)
        kept = sum(end - start for start, end in edition.kept)
        enough = edition.own >= min(LEAST_WORDS, wire.own // 2)
        if enough and kept >= VERSION * min(edition.own, wire.own):
            return edition, desk.name


def _edit(rng: Random, desk: Desk, wire: Edition, voice: Voice, book: Phrasebook) -> Edition:
    treatment = _treatments(rng, desk)
    edited: list[list[Line]] = []
    for paragraph in _head(numbered(wire), rng.uniform(*desk.keep)):
        lines = [_treat(rng, next(treatment), line, voice, book) for line in paragraph]
        if paragraph[0].own:
            edited.append([line for line in lines if line])
        elif None not in lines:  # a desk cuts a quotation, it does not reword it
            edited.append(paragraph)
    edited = [paragraph for paragraph in edited if paragraph]
    for place in range(1, len(edited) - 1):
        if rng.random() < desk.move:
            edited[place : place + 2] = edited[place + 1], edited[place]
    left = sum(line.own for paragraph in edited for line in paragraph)
    _add(rng, edited, round(left * rng.uniform(*desk.add)), voice)
    headline = voice.say("headline") if rng.random() < desk.title else wire.headline
    return printed(wire, headline, edited)


def _head(paragraphs: list[list[Line]], share: float) -> list[list[Line]]:
    """Return the first of the paragraphs: a share of them, and no less than is ever printed."""
    count, words = round(len(paragraphs) * share), 0
    for place, paragraph in enumerate(paragraphs):
        if place >= count and words >= LEAST_WORDS:
            return paragraphs[:place]
        words += sum(line.own for line in paragraph)
    return paragraphs


def _treatments(rng: Random, desk: Desk) -> Iterator[str]:
    """Yield what befalls each sentence, in stretches."""
    names = ("cut", "rewrite", "touch", "keep")
    chances = [rng.uniform(*bounds) for bounds in (desk.cut, desk.rewrite, desk.touch)]
    weights = [*chances, max(0.0, 1 - sum(chances))]
    now = rng.choices(names, weights)[0]
    while True:
        yield now
        if rng.random() >= STICK:
            now = rng.choices(names, weights)[0]


def _treat(rng: Random, treatment: str, line: Line, voice: Voice, book: Phrasebook) -> Line | None:
    match treatment:
        case "cut":
            return None
        case "rewrite":
            told = _rewrite(rng, line.text, voice)
            return Line(told, length(told))
        case "touch":
            return _touch(rng, line, voice, book)
        case _:
            return line


def _rewrite(rng: Random, sentence: str, voice: Voice) -> str:
    """Tell a sentence anew, mostly around a few words of the old one."""
    words, new = sentence.split(" "), voice.say().split(" ")
    if rng.random() < 0.8 and len(words) > 6:
        count = rng.randrange(3, max(4, min(10, len(words) // 2)) + 1)
        start = rng.randrange(1, len(words) - count)
        middle = len(new) // 2
        new[middle : middle + count] = words[start : start + count]
    return " ".join(new)


def _touch(rng: Random, line: Line, voice: Voice, book: Phrasebook) -> Line:
    """Change a sentence in a place or two: other words, some left out, some put in."""
    if not line.kept or length(line.text) < 5:
        return line
    words, first = line.text.split(" "), line.kept[0][0]
    origin: list[int | None] = list(range(first, first + len(words)))
    for _ in range(rng.choice((1, 1, 1, 2))):
        start = rng.randrange(len(words))
        gone = min(rng.randrange(5), len(words) - start)
        swap = book.swaps.get(words[start])
        put = [swap] if swap else voice.say().split(" ")[1 : 1 + rng.randrange(5)]
        gone = 1 if swap else gone
        words[start : start + gone], origin[start : start + gone] = put, [None] * len(put)
    left = words or [line.text]
    return Line(" ".join(left), len(left), tuple(_ranges(origin)))


def _ranges(origin: Sequence[int | None]) -> Iterator[Range]:
    """Yield the runs of numbers that follow each other."""
    places = [place for place in origin if place is not None]
    start = 0
    for i in range(1, len(places) + 1):
        if i == len(places) or places[i] != places[i - 1] + 1:
            yield places[start], places[i - 1] + 1
            start = i


def _add(rng: Random, paragraphs: list[list[Line]], words: int, voice: Voice) -> None:
    """Put in the desk's own paragraphs, about so many words, one to four at a place."""
    while words > 0:
        place = rng.randrange(len(paragraphs) + 1)
        for _ in range(rng.randrange(1, 5)):
            own = [Line(text, length(text)) for text in _say_paragraph(rng, voice)]
            if words < sum(line.own for line in own) / 2:
                return
            paragraphs.insert(place, own)
            words -= sum(line.own for line in own)


def excerpt(rng: Random, wire: Edition, report: Edition, voice: Voice, book: Phrasebook) -> Edition:
    """Return an outlet's own report with a passage of the wire's copy in it.

    Args:
        rng: What decides.
        wire: What the passage is taken from, past its first third: the background, not the news.
        report: The outlet's own.
        voice: Who touches the passage here and there.
        book: The language.
    """
    lines = [line for paragraph in numbered(wire) for line in paragraph if line.own]
    wanted = rng.uniform(*TAKEN) * min(wire.own, report.own)
    place = rng.randrange(len(lines) // 3, max(len(lines) // 3, len(lines) * 2 // 3) + 1)
    passage: list[list[Line]] = []
    for line in lines[min(place, len(lines) - 1) :]:
        touched = _touch(rng, line, voice, book) if rng.random() < 0.4 else line
        passage.append([touched])
        wanted -= line.own
        if wanted <= 0:
            break
    own = [[replace(line, kept=()) for line in paragraph] for paragraph in numbered(report)]
    place = rng.randrange(1, len(own) + 1)
    edition = printed(report, report.headline, [*own[:place], *passage, *own[place:]])
    return replace(edition, place=None)
