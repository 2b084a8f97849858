"""Numbers, times and dates: how they are recognised, and the key that all ways of writing share.

The patterns recognise a figure with all that belongs to it, so that it is one word of a diff; the
functions read such a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dedup.diff.rules import HYPHENS, Key, Style, load
from dedup.text.normalize import visible

_DIGITS = rf"\d+(?:[{HYPHENS}.,:/–]\d+)*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_HALF = r"(?:[ap]\.m\.|[ap]m|A\.M\.|P\.M\.|AM|PM)"
_TIME = re.compile(r"(\d{1,2})(?:[:.]([0-5]\d))?\s?([ap])\.?m\.?")
_CLOCK = re.compile(r"(0\d|1[3-9]|2[0-3]):([0-5]\d)")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_HEAD = re.compile("[a-z]+")
#: What a number may begin with besides a number word: "No. 1", "number 1", "US$5".
_LEADS = frozenset({"no", "number", "us"})

#: A time of the twelve-hour clock: "3 p.m.", "3:30pm".
TIME = rf"(?<!\w)\d{{1,2}}(?:[:.][0-5]\d)?\s?{_HALF}(?!\w)"
#: Digits before a unit that is glued to them, as in "5km": the unit is a word of its own.
GLUED = rf"(?<!\w){_DIGITS}(?=(?:[cm]m|k[mg]|kph|mph|km/h)(?![{HYPHENS}\w]))"


@lru_cache(maxsize=1)
def amount() -> str:
    """Return the pattern of numbers with what belongs to them: "$5 million", "13th", "No. 1"."""
    data = load()
    tens = [word for word, value in data.numbers.items() if re.fullmatch("[2-9]0", value)]
    simple = [word for word in data.numbers if "-" not in word and not word.endswith("th")]
    ones = [word for word, value in data.numbers.items() if re.fullmatch("[1-9](th)?", value)]
    rest = [word for word in simple if word not in tens]
    words = rf"(?:{either(tens)})(?:[{HYPHENS}](?:{either(ones)}))?|{either(rest)}"
    scales = either(scale for scale in data.scales if len(scale) > 2)
    return (
        rf"(?<!\w)(?:(?:No\.|[Nn]umber)\s(?=\d|[Oo]ne\b))?(?:US\$|[$€£¥])?"
        rf"(?:{_DIGITS}(?:st|nd|rd|th|s|m|bn|tn)?|(?i:{words}))(?!\w)"
        rf"(?:[\s-](?:{scales})(?!\w))?(?:\s?%|\s(?:percent|per\scent|pct)(?!\w))?"
        rf"(?:\s(?:{either(data.currencies)})(?!\w))?(?![{HYPHENS}.,:/]?\w)"
    )


@lru_cache(maxsize=1)
def date() -> str:
    """Return the pattern of dates with a month's name and a day or a year."""
    month = f"(?:{either(load().months)})"
    year = r"(?:,?\s\d{4})?"
    return (
        rf"(?<!\w)(?:{month}\s{_DAY}{year}|(?:[Tt]he\s{_DAY}\sof|{_DAY}(?:\sof)?)\s{month}{year}"
        rf"|{month},?\s\d{{4}})(?!\w)"
    )


def either(forms: Iterable[str]) -> str:
    """Return a pattern of the forms, longest first.

    >>> either(["Jan", "Jan."])
    'Jan\\\\.|Jan'
    """
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


def number_key(folded: str, style: Style, english: bool) -> Key | None:
    """Return the key of a number with its currency, scale and percent sign, or None.

    >>> style = Style.builtin()
    >>> number_key("us$3bn", style, True), number_key("no. 1", style, True)
    (Key(form='number $3bn', rule='number'), Key(form='number #1', rule='number'))
    """
    data = load()
    head = _HEAD.match(folded)
    if head and head[0] not in data.numbers and head[0] not in _LEADS:
        return None
    match = _number().fullmatch(folded)
    if not match:
        return None
    rank, currency, digits, ordinal, word, scale, percent, unit = match.groups(default="")
    if word and word not in data.numbers:
        return None
    if not english and (rank or word or scale or unit):
        return None
    number = data.numbers[word] if word else digits
    number = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", number).replace("–", "-")
    sign = currency.removeprefix("us") or data.currencies.get(unit, "")
    if percent and "percent" in style:
        percent = "%"
    scaled = f"{sign}{number}{ordinal and 'th'}{data.scales.get(scale, '')}{visible(percent)}"
    return Key(f"number {'#' if rank else ''}{scaled}", "number")


def time_key(text: str) -> Key | None:
    """Return the key of a time of the day, or None.

    A time without "a.m." or "p.m." is one of the 24-hour clock only where it can be no other.

    >>> time_key("3 p.m.") == time_key("3pm") == time_key("3:00 PM") == time_key("15:00")
    True
    >>> time_key("3:00"), time_key("10:30"), time_key("14 p.m.")
    (None, None, None)
    """
    if not text[0].isdigit():
        return None
    if clock := _CLOCK.fullmatch(text):
        return Key(f"time {clock[1]}:{clock[2]}", "time")
    match = _TIME.fullmatch(text.lower())
    if not match or not 1 <= int(match[1]) <= 12:
        return None
    hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
    return Key(f"time {hour:02}:{match[2] or '00'}", "time")


def date_key(text: str) -> Key | None:
    """Return the key of a date with a month's name in it, or None.

    >>> date_key("Jan. 6") == date_key("6 January") == date_key("the 6th of January")
    True
    """
    months = load().months
    parts = re.findall(r"[^\W\d]+\.?|\d+", _ORDINAL.sub("", text))
    month = [months[part] for part in parts if part in months]
    digits = [part for part in parts if part.isdigit()]
    filling = sum(part in {"of", "the", "The"} for part in parts)
    if len(month) != 1 or not digits or len(digits) + 1 + filling != len(parts):
        return None
    day = next((int(part) for part in digits if len(part) < 3), 0)
    year = next((part for part in digits if len(part) == 4), "")
    return Key(f"date {year} {month[0]} {day}", "date")


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    """Compile the pattern that takes a folded number apart."""
    data = load()
    return re.compile(
        rf"((?:no\.|number)\s)?(us\$|[$€£¥])?\s?(?:({_DIGITS})(st|nd|rd|th)?|([a-z]+?(?:-[a-z]+?)??))"
        rf"(?:[\s-]?({either(data.scales)}))?(?:\s?(%|percent|per\scent|pct))?"
        rf"(?:\s({either(data.currencies)}))?"
    )
