"""The words that numbers are written with (`amounts.toml`), and the patterns made of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dedup.diff.flags.lexicon import read
from dedup.diff.rules import load as load_style


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement: `base = (value - offset) * size`."""

    of: str
    size: float
    offset: float


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `amounts.toml`, and the patterns made of them.

    Attributes:
        units: Units by their forms.
        plurals: Plurals without an s.
        not_plurals: Words in s that are no plurals.
        qualifiers: Words that stand between a number and what it belongs to.
        hints: Words that tell that a number or a unit may be near.
        number: Pattern of a number that begins where it is matched.
        clock: Pattern of a time of day.
        unit: Pattern of a unit, with the space or hyphen before it.
        values: Value of each number word and scale.
        parts: Value of each fraction.
        vague: Words for figures that are none, from small to large.
    """

    units: Mapping[str, Unit]
    plurals: frozenset[str]
    not_plurals: frozenset[str]
    qualifiers: frozenset[str]
    hints: frozenset[str]
    number: re.Pattern[str]
    clock: re.Pattern[str]
    unit: re.Pattern[str]
    values: Mapping[str, float]
    parts: Mapping[str, float]
    vague: tuple[str, ...]


@lru_cache(maxsize=1)
def load() -> Words:
    """Return the words of `amounts.toml`, read once."""
    data = read("amounts")
    style = load_style()
    units = {
        form: Unit(group["of"], size, group.get("offset", 0))
        for group in data["unit"]
        for size, *forms in group["sizes"]
        for form in forms
    }
    values = {word: float(value.removesuffix("th")) for word, value in style.numbers.items()}
    values |= data["scales"] | data["short"]
    hints = {
        part for word in (*values, *data["fractions"]) if len(word) > 2 for part in word.split("-")
    }
    hints |= {*data["vague"], "noon", "midnight", "tens"}
    return Words(
        units,
        frozenset(data["plurals"]),
        frozenset(data["not_plurals"]),
        frozenset(data["qualifiers"]),
        frozenset(hints | {"a"}),
        _number(data, list(style.numbers), list(style.currencies)),
        _clock(),
        re.compile(rf"(?:\s|-)?({_either(list(units))})(?!\w)"),
        values,
        data["fractions"],
        tuple(data["vague"]),
    )


def _either(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


def _number(
    data: Mapping[str, Mapping[str, float] | list[str]], numbers: list[str], currencies: list[str]
) -> re.Pattern[str]:
    scales, vague = _either(list(data["scales"])), _either(list(data["vague"]))
    long = _either([scale for scale in data["scales"] if len(scale) > 3])
    parts = _either(list(data["fractions"]))
    return re.compile(
        rf"(?:(?P<vague>(?:(?:tens|hundreds|thousands)\sof\s)?(?:{vague}))(?!\w)"
        rf"|(?:(?P<bare>)(?=(?:{parts})\sof(?!\w))|(?P<digits>\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<glyph>[½¼¾⅓⅔])?"
        rf"|(?P<words>{_either(numbers)})(?!\w)|(?P<one>a|half\sa)(?=[\s-](?:{long})(?!\w))"
        r")"
        rf"(?P<half>\sand\sa\shalf)?"
        rf"(?:(?P<short>{_either(list(data['short']))})(?!\w)|[\s-](?P<scale>{scales})(?!\w)"
        rf"(?:\s(?P<more>thousand|million|billion)(?!\w))?)?"
        rf"(?(bare)|(?P<order>st|nd|rd|th)?(?![^\W_]))"
        rf"(?:[\s-]?(?P<part>{parts})(?!\w))?"
        rf"(?:[\s-]?(?P<points>percentage[\s-]points?)|\s?(?P<percent>%|-?(?:percent|per\scent|pct)))?"
        rf"(?:\s(?P<currency>{_either(currencies)})(?!\w))?)",
        re.IGNORECASE,
    )


def _clock() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?P<noon>noon|midnight)(?!\w)|(?P<hour>\d{1,2})(?:(?:[:.](?P<minute>[0-5]\d))?\s?"
        r"(?P<half>[ap](?:\.m\.|m)(?!\w))|:(?P<minutes>[0-5]\d)(?![\d:])))",
        re.IGNORECASE,
    )
