"""Read the numbers of a text with what they count, so that they can be held against each other.

`thirteen people`, `1,200 jobs`, `$5m`, `4.5 percent`, `two-thirds`, `a dozen`, `7-year-old`,
`hundreds`, `10:30 a.m.`: each has a kind, a value and a unit. In languages other than English
only digits are read, with their sign.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from dedup.article import Span
from dedup.diff.flags.amount_words import Words, load
from dedup.diff.rules import load as load_style
from dedup.text.document import Document
from dedup.text.language import stopwords


class Measure(Enum):
    """What a number says."""

    COUNT = auto()
    MONEY = auto()
    PERCENT = auto()
    POINTS = auto()
    FRACTION = auto()
    ORDINAL = auto()
    CLOCK = auto()
    VAGUE = auto()


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with what it counts.

    Attributes:
        span: Its place, with sign, scale and unit or noun.
        measure: What it says.
        value: Its value; minutes since midnight for a time of day; of what is vague its order.
        unit: Sign of a currency, form of a unit, or the noun that is counted, without plural;
            `""` where there is none.
    """

    span: Span
    measure: Measure
    value: float
    unit: str


_PLAIN = re.compile(r"\d+(?:[.,]\d+)*")
_SIGN = re.compile(r"(?:US|A|C|NZ|HK|S)?([$€£¥])\s?\Z")
_COMPOUND = re.compile(r"(?:-[^\W\d_]+)+")
_HYPHENED = re.compile(r"\d+(?:[-–]\d+)+")
_NEXT = re.compile(r"[\s-]([^\W\d_]+(?:['’][^\W\d_]+)?)")
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
#: A noun stands so many words behind its number at most: "13 armed men".
_NOUN_WITHIN = 2


def amounts(document: Document, units: tuple[int, ...]) -> Iterator[Amount]:
    """Yield the numbers of some units of an article, in order.

    Linear in the length of the units.

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> text = "The fire killed thirteen people and cost $5m, he said."
    >>> document = segment(Article(text, language="en"))
    >>> [(text[n.span.start : n.span.end], n.value, n.unit) for n in amounts(document, (0,))]
    [('thirteen people', 13.0, 'people'), ('$5m', 5000000.0, '$')]
    """
    tokens = document.tokens
    english = document.language[:2] == "en"
    for index in units:
        unit = document.units[index]
        done = unit.start
        for n in range(bisect_left(tokens.starts, unit.start), len(tokens)):
            start, word = tokens.starts[n], tokens.words[n]
            if start >= unit.end:
                break
            if start < done or not (word[0].isdigit() or (english and word in load().hints)):
                continue
            found = (
                _english(document.text, start, unit.end)
                if english
                else _foreign(document.text, start, unit.end)
            )
            if found is not None:
                amount, done = found
                yield amount


def _foreign(text: str, start: int, end: int) -> tuple[Amount, int] | None:
    """Return the number in digits that begins at a place, and where it ends."""
    match = _PLAIN.match(text, start, end)
    if match is None:
        return None
    digits = re.sub(r"[.,](?=\d{3}(?:\D|\Z))", "", match[0]).replace(",", ".")
    value = float(digits) if digits.count(".") < 2 else float(digits.replace(".", ""))
    sign = _SIGN.search(text, max(0, start - 4), start)
    percent = re.compile(r"\s?%").match(text, match.end(), end)
    measure = Measure.PERCENT if percent else Measure.MONEY if sign else Measure.COUNT
    place = Span(sign.start() if sign else start, percent.end() if percent else match.end())
    return Amount(place, measure, value, sign[1] if sign else ""), match.end()


def _english(text: str, start: int, end: int) -> tuple[Amount, int] | None:
    """Return the number that begins at a place, and where its figure ends."""
    words = load()
    clock = words.clock.match(text, start, end)
    if clock is not None:
        return Amount(Span(*clock.span()), Measure.CLOCK, *_time(clock)), clock.end()
    match = words.number.match(text, start, end)
    if match is None:
        return None
    if match["vague"]:
        order = words.vague.index(match["vague"].lower().split()[-1])
        value = order + 0.5 if " " in match["vague"] else float(order)
        return Amount(Span(*match.span()), Measure.VAGUE, value, ""), match.end()
    sign = _SIGN.search(text, max(0, start - 5), start)
    place = Span(sign.start() if sign else start, match.end())
    measure, unit = _measure(match, sign), ""
    if measure is Measure.MONEY:
        unit = sign[1] if sign else load_style().currencies[match["currency"].lower()]
    elif measure is Measure.COUNT:
        last, unit = _counted(text, match.end(), end, words)
        place = _joined(text, Span(place.start, last), start)
    return Amount(place, measure, _value(match, words), unit), match.end()


def _measure(match: re.Match[str], sign: re.Match[str] | None) -> Measure:
    """Return what a number says, by what is written beside it."""
    if match["order"] or (match["words"] and _is_ordinal(match["words"]) and not match["part"]):
        return Measure.ORDINAL
    for group, measure in (
        ("part", Measure.FRACTION),
        ("points", Measure.POINTS),
        ("percent", Measure.PERCENT),
        ("currency", Measure.MONEY),
    ):
        if match[group]:
            return measure
    return Measure.MONEY if sign else Measure.COUNT


def _joined(text: str, place: Span, start: int) -> Span:
    """Return the place of a number with what a hyphen joins to it: a score, a range."""
    for match in _HYPHENED.finditer(text, max(0, start - 8), min(len(text), place.end + 8)):
        if match.start() <= start < match.end():
            return Span(match.start(), max(place.end, match.end()))
    return place


def _value(match: re.Match[str], words: Words) -> float:
    if match["digits"]:
        value = float(match["digits"].replace(",", "")) + _GLYPHS.get(match["glyph"] or "", 0.0)
    elif match["words"]:
        value = words.values[match["words"].lower()]
    elif match["one"]:
        value = 0.5 if match["one"].lower().startswith("half") else 1.0
    else:
        value = 1.0
    if match["half"]:
        value += 0.5
    for name in ("scale", "more", "short"):
        if match[name]:
            value *= words.values[match[name].lower()]
    if match["part"]:
        value *= words.parts[match["part"].lower()]
    return value


def _time(match: re.Match[str]) -> tuple[float, str]:
    """Return the minutes of a time of day, and whether its half of the day is known."""
    if match["noon"]:
        return (720.0 if match["noon"].lower() == "noon" else 0.0), "m"
    hour, minute = int(match["hour"]), int(match["minute"] or match["minutes"] or 0)
    half = (match["half"] or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return float(hour * 60 + minute), "m" if half or hour > 12 else ""


def _is_ordinal(word: str) -> bool:
    return load_style().numbers.get(word.lower(), "").endswith("th")


def _counted(text: str, start: int, end: int, words: Words) -> tuple[int, str]:
    """Return where the unit or noun behind a number ends, and what it is."""
    unit = words.unit.match(text, start, end)
    compound = _COMPOUND.match(text, start, end)
    if unit is not None:
        return max(unit.end(), compound.end() if compound else 0), unit[1]
    if compound is not None:
        return compound.end(), compound[0].split("-")[1].lower()
    place, stop = start, stopwords("en")
    for _ in range(_NOUN_WITHIN):
        following = _NEXT.match(text, place, end)
        if following is None or (word := following[1].lower()) in stop:
            break
        place = following.end()
        if word in words.plurals:
            return place, word
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "'s", "’s")):
            return (start, "") if word in words.not_plurals else (place, word.removesuffix("s"))
    return start, ""
