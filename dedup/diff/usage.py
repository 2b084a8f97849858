"""Which forms of the rules of house style one article uses, and whether it sticks to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from dedup.article import Span
from dedup.diff.figures import date_key, number_key, time_key
from dedup.diff.rules import Group, Rule, Style, compared_by, plain
from dedup.diff.style import form_in
from dedup.diff.surface import Word, surface_words
from dedup.text.document import Document
from dedup.text.normalize import fold

#: Rules that say how two articles differ, and nothing about one alone.
BETWEEN_TWO = frozenset({"ampersand", "case", "hyphenation", "punctuation"})

_QUOTES = re.compile("[\"'`´“”‘’„‟‚«»‹›]")
_CURLY = frozenset("“”‘’")
_OPENING = frozenset("\"'“‘«„")
_STRAIGHT = frozenset("\"'`´")
_ENDING = re.compile(r"([a-z]{3,}(?:i|(?=y[sz](?:e|ed|ing)$)y))([sz])(?:e|ed|es|ing|ations?)")
_PERCENT = re.compile(r"%|(?:percent|per cent|pct)$")
#: A scale in full, or a short one; "10m" alone may be metres.
_SCALE = re.compile(r"\d\s?(?:million|billion|trillion)\b|\d\s?(bn|mln|bln)\b|[$€£¥].*\d(m|tn)\b")


class Status(StrEnum):
    """What an article makes of a rule."""

    FOLLOWED = "followed"
    MIXED = "mixed"
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Use:
    """One form, and where it stands.

    Attributes:
        group: The first form of its group; "" where the rule has no groups.
        form: The form.
        variant: Of which variant of the rule it is; None where the rule has none.
        preferred: Whether the house wants it; None where the house says nothing.
        places: Where it stands in the article's text, in order.
    """

    group: str
    form: str
    variant: str | None
    preferred: bool | None
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule that an article has to do with.

    Attributes:
        rule: Its name.
        status: Breached where a form is against what the house prefers; mixed where forms of one
            meaning, or variants of the rule, stand side by side; else followed.
        uses: The forms, in order of their first place.
    """

    rule: str
    status: Status
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    rule: Rule
    group: str
    form: str
    variant: str | None
    place: Span


def usage(document: Document, style: Style | None = None) -> tuple[RuleUse, ...]:
    """Return the rules that an article's compared units have to do with, in the style's order.

    Linear in the words of the article. Capitalised words inside a sentence are names ("Centre"),
    which no rule of ordinary words speaks of.

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> found = usage(segment(Article("The colour of the theater was gray.")))
    >>> [(use.rule, use.status.value, [form.form for form in use.uses]) for use in found]
    [('spelling', 'mixed', ['colour', 'theater', 'gray'])]
    """
    style = style or Style.builtin()
    by_rule: dict[str, list[_Seen]] = defaultdict(list)
    for seen in _seen(document, style):
        by_rule[seen.rule.name].append(seen)
    return tuple(
        _rule_use(rule, by_rule[name]) for name, rule in style.rules.items() if by_rule[name]
    )


def _seen(document: Document, style: Style) -> Iterator[_Seen]:
    units = [index for index, unit in enumerate(document.units) if unit.kind.compared]
    english = document.language[:2] == "en"
    before: Word | None = None
    for word in surface_words(document, units, style):
        starts = before is None or before.unit != word.unit or before.text in _OPENING
        for rule, group, form, variant in _forms_in(word, style, english, starts):
            if rule.name in BETWEEN_TWO or (rule.after and (before and before.text) != rule.after):
                continue
            yield _Seen(rule, group, form, variant, word.span)
        before = word
    if (quotes := style.rules.get("quote_marks")) and quotes.variants:
        yield from _quote_marks(document, units, quotes)


def _quote_marks(document: Document, units: list[int], rule: Rule) -> Iterator[_Seen]:
    for index in units:
        unit = document.units[index]
        for match in _QUOTES.finditer(document.text, unit.start, unit.end):
            kind = 0 if match[0] in _STRAIGHT else 1 if match[0] in _CURLY else None
            variant = match[0] if kind is None else rule.variants[kind]
            yield _Seen(rule, "", variant, variant, Span(*match.span()))


_Found = tuple[Rule, str, str, str | None]


def _forms_in(word: Word, style: Style, english: bool, starts: bool) -> Iterator[_Found]:
    """Yield rule, group, form and variant of what one word of the page shows."""
    text = word.text
    if mark := style.marks.get(text):
        if mark.rule is not None and mark.rule != "quote_marks":
            yield _grouped(style, mark.form, mark.rule, text)
        return
    if not english:
        return
    folded = fold(text)
    if found := form_in(text, style):
        form, key, _ = found
        is_name = form in style.folded and text[0].isupper() and not starts
        if key.rule is not None and not is_name:
            yield _grouped(style, key.form, key.rule, form)
    elif any(map(str.isdigit, text)):
        yield from _of_figure(text, folded, style)
    elif starts or not text[0].isupper():
        yield from _of_ending(folded, style)


def _grouped(style: Style, key: str, name: str, form: str) -> _Found:
    rule = style.rules[name]
    group = _groups(style)[name, key]
    shown = form if form in group else form.partition(" ")[2]  # without its "the"
    if shown not in group:
        shown = next(one for one in group if plain(one) == shown or fold(one) == fold(shown))
    place = group.index(shown)
    variant = rule.variants[place] if place < len(rule.variants) else None
    return rule, group[0], shown, variant


@lru_cache(maxsize=16)
def _groups(style: Style) -> dict[tuple[str, str], Group]:
    """Return the groups of a style by rule and key."""
    return {
        (rule.name, compared_by(group[0])): group
        for rule in style.rules.values()
        for group in rule.groups
    }


def _of_figure(text: str, folded: str, style: Style) -> Iterator[_Found]:
    rule = style.rules.get("percent")
    if (percent := _PERCENT.search(folded)) and rule and number_key(folded, style, True):
        for group in rule.groups:
            if percent[0] in group:
                yield rule, group[0], percent[0], None
    if (rule := _with_variants(style, "time")) and time_key(text):
        shown = 3 if ":" in text and text[-1].isdigit() else 0 if "." in text[-3:] else 1
        if shown == 1 and " " not in text:
            shown = 2
        yield rule, "", rule.variants[shown], rule.variants[shown]
    elif (rule := _with_variants(style, "date")) and date_key(text):
        if len(re.findall(r"\b\d{1,2}(?!\d)", text)):
            variant = rule.variants[0 if text[0].isalpha() and text[:3].lower() != "the" else 1]
            yield rule, "", variant, variant
    elif (rule := _with_variants(style, "number")) and (scale := _SCALE.search(folded)):
        variant = rule.variants[1 if scale[1] or scale[2] else 0]
        yield rule, "", variant, variant


def _with_variants(style: Style, name: str) -> Rule | None:
    """Return a rule that the program reads; None where it is off, or a house wrote its own."""
    rule = style.rules.get(name)
    return rule if rule and rule.variants else None


def _of_ending(folded: str, style: Style) -> Iterator[_Found]:
    """Yield what "-ise" and "-ize" say about the spelling, of words that have a choice."""
    match = _ENDING.fullmatch(folded)
    for rule in style.rules.values() if match else ():
        if match and rule.endings and f"{match[1]}{match[2]}e" not in rule.fixed:
            yield rule, "", folded, rule.variants[0 if match[2] == "z" else 1]


def _rule_use(rule: Rule, seen: list[_Seen]) -> RuleUse:
    places: dict[tuple[str, str, str | None], list[Span]] = defaultdict(list)
    for one in seen:
        places[one.group, one.form, one.variant].append(one.place)
    uses = tuple(
        Use(group, form, variant, _preferred(rule, group, form, variant), tuple(found))
        for (group, form, variant), found in places.items()
    )
    if any(use.preferred is False for use in uses):
        return RuleUse(rule.name, Status.BREACHED, uses)
    if any(use.variant for use in uses):
        mixed = len({use.variant for use in uses if use.variant}) > 1
    else:
        groups = [(use.group, _class(rule, use.form)) for use in uses]
        mixed = len(set(groups)) < len(groups)
    settled = bool(rule.prefer) and all(use.preferred for use in uses)
    return RuleUse(rule.name, Status.MIXED if mixed and not settled else Status.FOLLOWED, uses)


def _class(rule: Rule, form: str) -> bool:
    """Return whether a form is a name in full, where that may stand beside the short form."""
    return rule.in_full and " " in form


def _preferred(rule: Rule, group: str, form: str, variant: str | None) -> bool | None:
    """Return whether the house wants a form; None where it says nothing about it."""
    if not rule.prefer:
        return None
    if form in rule.prefer or variant in rule.prefer:
        return True
    if variant is not None and any(wanted in rule.variants for wanted in rule.prefer):
        return False
    forms = next((found for found in rule.groups if found[0] == group), ())
    same = (wanted for wanted in rule.prefer if _class(rule, wanted) == _class(rule, form))
    return False if any(wanted in forms for wanted in same) else None


def forms_of(rule: Rule) -> tuple[Group, ...]:
    """Return what a rule chooses between: its groups, or where it has none its variants."""
    return rule.groups or ((rule.variants,) if rule.variants else ())
