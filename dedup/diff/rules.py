"""Read the rules of house style (`style.toml`) into tables and patterns, once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dedup.text.normalize import APOSTROPHES, fold

HYPHENS = "-\u2010\u2011"
_DIGITS = rf"\d+(?:[.,:/{HYPHENS}–]\d+)*"


@dataclass(frozen=True, slots=True)
class Key:
    """What a word is compared by, and the rule that made it so (None: no more than folding)."""

    form: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """The rules of `style.toml`, read once.

    Attributes:
        exact: Forms with capitals, as they stand, to their key.
        folded: Forms that match in any case, to their key.
        punctuation: A mark to the mark it is compared by.
        endings: British endings to American ones.
        numbers: Number words (and ordinals) to digits.
        scales: Words like "million" to one sign each.
        currencies: Words like "dollars" to signs.
        months: Names of months to their number.
        courtesy: Forms of address, without full stop.
        titles: Titles that stand before names.
        stock: Words that every news text has.
        number: Regular expression that takes a number apart.
        phrase: Regular expression of the forms that hold a space, a full stop or a hyphen.
        amount: Regular expression of numbers with what belongs to them ("$5 million", "13th").
        date: Regular expression of dates.
    """

    exact: Mapping[str, Key]
    folded: Mapping[str, Key]
    punctuation: Mapping[str, str]
    endings: Mapping[str, str]
    numbers: Mapping[str, str]
    scales: Mapping[str, str]
    currencies: Mapping[str, str]
    months: Mapping[str, int]
    courtesy: frozenset[str]
    titles: frozenset[str]
    stock: frozenset[str]
    number: re.Pattern[str]
    phrase: str
    amount: str
    date: str


@lru_cache(maxsize=1)
def load() -> Style:
    """Return the rules of `style.toml`."""
    import tomllib
    from importlib.resources import files

    data = tomllib.loads(files("dedup.diff").joinpath("style.toml").read_text("utf-8"))
    exact: dict[str, Key] = {}
    folded: dict[str, Key] = {}
    for rule in data["rule"]:
        for group in rule["groups"]:
            key = Key(fold(group[0]), rule["name"])
            for form in group:
                if fold(form) == form:
                    folded[form] = key
                else:
                    exact[form] = key
    numbers = _numbers(data["numbers"])
    months = {
        form: number
        for number, forms in enumerate(data["dates"]["months"], start=1)
        for form in forms
    }
    return Style(
        exact,
        folded,
        data["punctuation"],
        data["endings"],
        numbers,
        data["numbers"]["scales"],
        data["numbers"]["currencies"],
        months,
        frozenset(data["titles"]["courtesy"]),
        frozenset(data["titles"]["words"]),
        frozenset(data["stock"]["words"]),
        _number_parts(numbers, data["numbers"]),
        _phrase_pattern([*exact, *folded]),
        _amount_pattern(numbers, data["numbers"]),
        _date_pattern(months),
    )


def _numbers(data: Mapping[str, list[str]]) -> dict[str, str]:
    numbers = {word: str(value) for value, word in enumerate(data["words"])}
    for ten, word in enumerate(data["tens"], start=2):
        numbers[word] = str(ten * 10)
        for one, digit in enumerate(data["words"][1:10], start=1):
            numbers[f"{word}-{digit}"] = str(ten * 10 + one)
    numbers |= {word: f"{value}th" for value, word in enumerate(data["ordinals"])}
    return numbers


def _either(forms: list[str]) -> str:
    """Return a pattern of the forms, longest first, with any white space for a space."""
    escaped = (re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    apostrophes = f"[{APOSTROPHES}]"
    return "|".join(
        form.replace("'", apostrophes) for form in sorted(escaped, key=len, reverse=True)
    )


def _number_parts(
    numbers: Mapping[str, str], data: Mapping[str, Mapping[str, str]]
) -> re.Pattern[str]:
    return re.compile(
        rf"(us\$|[$€£¥])?\s?({_DIGITS}|{_either(list(numbers))})(st|nd|rd|th)?"
        rf"(?:[\s-]?({_either(list(data['scales']))}))?(?:\s?(%|percent|per\scent|pct))?"
        rf"(?:\s({_either(list(data['currencies']))}))?"
    )


def _phrase_pattern(forms: list[str]) -> str:
    long = [form for form in forms if re.search(r"\w[\s.-]", form)]
    any_case = _either([form for form in long if fold(form) == form])
    as_is = _either([form for form in long if fold(form) != form])
    return rf"(?<!\w)(?:(?:{as_is})|(?i:{any_case}))(?![{HYPHENS}]?\w)"


def _amount_pattern(numbers: Mapping[str, str], data: Mapping[str, Mapping[str, str]]) -> str:
    words = _either([word for word in numbers if not word.endswith("th")])
    scales = _either([scale for scale in data["scales"] if len(scale) > 2])
    units = _either(list(data["currencies"]))
    return (
        rf"(?<!\w)(?:US\$|[$€£¥])?(?:{_DIGITS}(?:st|nd|rd|th|s|m|bn|tn)?|(?i:{words}))(?!\w)"
        rf"(?:[\s-](?:{scales})(?!\w))?(?:\s?%|\s(?:percent|per\scent|pct)(?!\w))?"
        rf"(?:\s(?:{units})(?!\w))?(?![{HYPHENS}.,:/]?\w)"
    )


def _date_pattern(months: Mapping[str, int]) -> str:
    month = f"(?:{_either(list(months))})"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    year = r"\d{4}"
    return (
        rf"(?<!\w)(?:{month}\s{day}(?:,?\s{year})?|{day}\s(?:of\s)?{month}(?:,?\s{year})?"
        rf"|{month},?\s{year})(?!\w)"
    )
