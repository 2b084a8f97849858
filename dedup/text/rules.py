"""Lines that are no part of the story's text, told by rules that stand in `data/lines.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import Any, NamedTuple

from dedup.article import Kind
from dedup.text.data import table

#: Capital letters of the scripts that have them, for patterns: `re` has no class for them.
CAPITALS = (
    "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚΑ-ΩЀ-ЯҐӘҒҚҢӨҰҮҺ"
)
#: Lines from either end of an article that count as its edges.
EDGE = 6

#: What may stand around a phrase that is told whole, or before one.
AROUND = " \t\u00a0-–—:|·•*>»▶►→←↓[]()_…"
_LABEL_END = re.compile(r"\s{0,3}(?:[:：|»>]|[–—-]\s)\s*")
_SENTENCE_END = re.compile(r"[.。!?](?:[\"'”’)]?\s|$)")
#: A sentence that ends inside a line.
INNER_STOP = re.compile(rf"[a-zа-я)\d”’][.!?][”’\"')]*\s+[“‘\"(]?[{CAPITALS}]")
#: No rule looks at longer lines.
LONGEST = 640


class Place(StrEnum):
    """Where in its article a line stands."""

    TOP = "top"
    INSIDE = "inside"
    END = "end"


def place_of(index: int, count: int) -> Place:
    """Return where line `index` of `count` stands: among the first, the last or between."""
    if index < EDGE:
        return Place.TOP
    return Place.END if index >= count - EDGE else Place.INSIDE


@dataclass(frozen=True)
class Rule:
    """One way to tell that a line is no text.

    The fields are explained at the head of `data/lines.toml`.
    """

    kind: Kind
    reason: str
    lines: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    pattern: str | None = None
    needs: tuple[str, ...] = ("",)
    opens: tuple[str, ...] = ("",)
    slow: bool = False
    longest: int = 120
    places: tuple[str, ...] = ()
    headline: bool = False
    single: bool = False
    named: bool = False
    wordless: bool = False
    whole: bool = False
    heads: bool = False
    credit: bool = False
    examples: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled pattern, which must match a whole line."""
        return re.compile((self.pattern or "").replace(r"\p{U}", f"[{CAPITALS}]"))

    @cached_property
    def _needed(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.needs)))

    def matches(self, line: str, folded: str) -> bool:
        """Whether the line matches the pattern, begins as it wants and has a word that it needs.

        Most patterns fail at the first letters, sooner than a list of words can be looked up.
        """
        if not folded.startswith(self.opens):
            return False
        if (self.named and not _ends_with_name(line)) or (self.wordless and line[0].isalnum()):
            return False
        if self.slow:
            return self._needed.search(folded) is not None and self._fits(line)
        return self._fits(line) and any(map(folded.__contains__, self.needs))

    def _fits(self, line: str) -> bool:
        return self.expression.fullmatch(line) is not None

    def allows(self, line: str, place: Place) -> bool:
        """Whether the line has the length, place and form that the rule asks for."""
        return (
            len(line) <= self.longest
            and (not self.places or place in self.places)
            and not (self.headline and _SENTENCE_END.search(line))
            and not (self.single and INNER_STOP.search(line))
        )


#: What stands in a name as a letter would.
NAME_MARKS = "_&"
#: What a name begins with, and a name.
NAME_FRONT = re.compile(f"[{CAPITALS}]")
_NAME = re.compile(rf"[{CAPITALS}][\w{NAME_MARKS}]*")


def _ends_with_name(line: str) -> bool:
    """Whether what stands behind the last blank of a line is a name."""
    return _NAME.fullmatch(line, line.rfind(" ") + 1) is not None


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the file: the first that fires decides."""
    return tuple(_rule(entry) for entry in table("lines")["rule"])


def _rule(entry: dict[str, Any]) -> Rule:
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()
    }
    return Rule(**{**values, "kind": Kind(entry["kind"])})


@cache
def _phrases() -> tuple[dict[str, Rule], dict[str, list[tuple[str, Rule, bool]]]]:
    """Return the lines that are told whole, and the beginnings, by their first three characters."""
    whole: dict[str, Rule] = {}
    beginnings: dict[str, list[tuple[str, Rule, bool]]] = {}
    for rule in rules():
        for phrase in rule.lines:
            whole.setdefault(phrase_key(phrase), rule)
        for phrase in rule.starts:
            beginnings.setdefault(phrase[:3], []).append((phrase, rule, False))
        for phrase in rule.labels:
            beginnings.setdefault(phrase[:3], []).append((phrase, rule, True))
    return whole, beginnings


@cache
def _all_phrases() -> frozenset[str]:
    whole, beginnings = _phrases()
    begun = chain.from_iterable(beginnings.values())
    return frozenset(whole).union(phrase for phrase, _, _ in begun)


@lru_cache(maxsize=1024)
def _patterns(place: Place, first: str) -> tuple[Rule, ...]:
    """Return the rules with a pattern for lines at a place that begin with a character."""
    return tuple(
        rule
        for rule in rules()
        if rule.pattern
        and (not rule.places or place in rule.places)
        and any(not opening or opening[0] == first for opening in rule.opens)
    )


class Able(NamedTuple):
    """The rules that may tell a line.

    Attributes:
        phrases: Whether any that knows phrases is among them.
        patterns: Those of which the pattern may match, in order.
    """

    phrases: bool
    patterns: tuple[Rule, ...]


def rule_for(line: str, place: Place = Place.INSIDE, able: Able | None = None) -> Rule | None:
    """Return the rule that tells why a line is no text, or None where it is text.

    Args:
        line: One line, without white space at its ends.
        place: Where in its article it stands.
        able: The rules that may tell it, where that is known: no other is tried.

    >>> rule_for("Follow Ann Moss on Twitter: @annmoss").kind.value
    'furniture'
    >>> rule_for("Police followed Ann Moss on Twitter.") is None
    True
    """
    if len(line) > LONGEST:
        return None
    folded = _folded(line)
    if (able is None or able.phrases) and (told := _by_phrase(line, folded, place)) is not None:
        return told
    for rule in _patterns(place, folded[:1]) if able is None else able.patterns:
        if len(line) <= rule.longest and rule.matches(line, folded) and rule.allows(line, place):
            return rule
    return None


def _by_phrase(line: str, folded: str, place: Place) -> Rule | None:
    """Return the rule that tells a line by a phrase it says, or that it begins with."""
    whole, beginnings = _phrases()
    rule = whole.get(folded.strip(AROUND))
    if rule is not None and rule.allows(line, place):
        return rule
    front = folded.lstrip(AROUND)
    for phrase, begun, label in beginnings.get(front[:3], ()):
        if _begins(front, phrase, label=label) and begun.allows(line, place):
            return begun
    return None


def is_bare_label(line: str) -> bool:
    """Whether a line is a label with nothing behind it: a heading of what follows."""
    return phrase_key(line) in _all_phrases()


def _begins(line: str, phrase: str, *, label: bool) -> bool:
    if not line.startswith(phrase):
        return False
    if label:
        return _LABEL_END.match(line, len(phrase)) is not None
    following = line[len(phrase) : len(phrase) + 1]
    return not (following.isalnum() and phrase[-1].isascii())


@lru_cache(maxsize=8)  # of a line that a rule tells more is asked at once
def _folded(line: str) -> str:
    return " ".join(line.casefold().replace("’", "'").replace("ʼ", "'").split())


def phrase_key(line: str) -> str:
    """Return what a line says that is a phrase as a whole, as phrases are compared."""
    return _folded(line).strip(AROUND)
