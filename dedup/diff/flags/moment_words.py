"""The words that times are named by (`moments.toml`), and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dedup.diff.flags.lexicon import read
from dedup.diff.rules import load as load_style
from dedup.text.normalize import fold


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `moments.toml`, and the patterns made of them.

    Attributes:
        weekdays: Their numbers by name, 0 for Monday.
        names: Words that make a name of a weekday that follows.
        ambiguous: Months that are also other words.
        before_month: Words behind which those are months.
        days: Days from the article's, by word.
        loose: Words for the day of the article, which may be dated a day late.
        spans: First and last day from the article's, by phrase.
        months: Months from the article's, by phrase.
        years: Years from the article's, by phrase.
        english: Pattern of every time that English names.
        year: Pattern of a year in any language.
        before_year: Words behind which a number of four digits is a year, whatever follows.
        openers: Words that a time can begin with.
        hints: Words that tell that a time may be near.
    """

    weekdays: Mapping[str, int]
    names: frozenset[str]
    ambiguous: frozenset[str]
    before_month: frozenset[str]
    days: Mapping[str, int]
    loose: frozenset[str]
    spans: Mapping[str, tuple[int, int]]
    months: Mapping[str, int]
    years: Mapping[str, int]
    english: re.Pattern[str]
    year: re.Pattern[str]
    before_year: frozenset[str]
    openers: frozenset[str]
    hints: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Words:
    """Return the words of `moments.toml`, read once."""
    data = read("moments")
    months = load_style().months
    relative = [*data["days"], *data["spans"], *data["months"], *data["years"]]
    month = "|".join(re.escape(form) for form in sorted(months, key=len, reverse=True))
    weekday = "|".join(data["weekdays"])
    phrase = "|".join(form.replace(" ", r"\s") for form in relative)
    year = r"(?:1[5-9]|20)\d\d(?!\d)"
    day = r"\d{1,2}(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)"
    bare = rf"(?<![$€£¥.,:/-]){year}(?![\w%:/-]|[.,]\d)"
    english = re.compile(
        rf"(?<!\w)(?:(?i:(?P<relative>{phrase}))(?!\w)"
        rf"|(?:(?P<weekday>{weekday}),?\s)?"
        rf"(?:(?P<month>{month})\s(?P<day>{day})(?:,?\s(?P<year>{year}))?"
        rf"|(?P<day2>{day})\s(?:of\s)?(?P<month2>{month})(?!\w)(?:,?\s(?P<year2>{year}))?)"
        rf"|(?:(?P<which>(?i:last|next|past|this))\s)?(?P<alone>{weekday})(?!\w)"
        rf"|(?P<month3>{month})(?!\w)(?:,?\s(?:of\s)?(?P<year3>{year}))?"
        rf"|(?P<decade>(?:1[5-9]|20)\d0)['’]?s(?!\w)|(?P<bare>{bare}))"
    )
    hints = {fold(word).rstrip(".") for word in (*months, *data["weekdays"])}
    openers = hints | {form.split()[0] for form in relative} | {"last", "next", "past", "this"}
    hints |= {form.split()[-1] for form in relative}
    return Words(
        {name: number for number, name in enumerate(data["weekdays"])},
        frozenset(data["names"]),
        frozenset(data["ambiguous"]),
        frozenset(data["before_month"]),
        data["days"],
        frozenset(word for word, days in data["days"].items() if not days),
        {phrase: (first, last) for phrase, (first, last) in data["spans"].items()},
        data["months"],
        data["years"],
        english,
        re.compile(rf"(?<!\w)(?P<bare>{bare})"),
        frozenset([*data["before_month"], "the", "a", "its", "his", "their"]),
        frozenset(openers),
        frozenset(hints),
    )
