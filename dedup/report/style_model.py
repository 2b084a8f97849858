"""The JSON contract of a check of house style, as values: what CI reads.

The docstrings below are published: they become the descriptions of the JSON Schema. Offsets are
half-open ranges of Unicode code points in the text as it was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dedup.diff.usage import Status
from dedup.report.model import Offsets
from dedup.report.tool import ToolReport


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """Where a form stands.

    Attributes:
        offsets: Its range in the article's text.
        line: Its line, counted from 1.
        column: Its column, counted from 1 in code points.
        text: The words as they stand.
    """

    offsets: Offsets
    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class FormReport:
    """A form of a rule that an article uses.

    Attributes:
        group: The first of the forms of one meaning; empty where the rule has no such groups.
        form: The form.
        variant: Which variant of the rule it is of, such as `British`; null where it has none.
        preferred: Whether the house wants it; null where the house says nothing about it.
        count: How often it stands there.
        places: Where.
    """

    group: str
    form: str
    variant: str | None
    preferred: bool | None
    count: int
    places: tuple[PlaceReport, ...]


@dataclass(frozen=True, slots=True)
class RuleReport:
    """A rule that an article has to do with.

    Attributes:
        rule: Its name.
        about: What it is about.
        status: `breached` where a form is against what the house prefers; `mixed` where forms of
            one meaning, or variants of the rule, stand side by side; else `followed`.
        forms: The forms that the article uses, in order of their first place.
    """

    rule: str
    about: str
    status: Status
    forms: tuple[FormReport, ...]


@dataclass(frozen=True, slots=True)
class ArticleStyleReport:
    """What one article makes of the rules of house style.

    Attributes:
        path: The file it was read from; null for standard input.
        sha256: SHA-256 of the bytes that were read.
        language: ISO 639-1 code, given or recognised; null when unknown.
        rules: The rules that it has to do with.
    """

    path: str | None
    sha256: str | None
    language: str | None
    rules: tuple[RuleReport, ...]


@dataclass(frozen=True, slots=True)
class StyleReport:
    """Articles checked against rules of house style.

    Attributes:
        schema_version: Major version of this contract.
        kind: Always `style`.
        tool: The program that wrote the report.
        style: The file with the house's own rules; null for the built-in ones alone.
        articles: One entry an article, in the order given.
        summary: How many rules are followed, mixed and breached, over all articles.
        exit_code: 1 where breaches were to fail the run and there is one, else 0.
    """

    schema_version: Literal["1"]
    kind: Literal["style"]
    tool: ToolReport
    style: str | None
    articles: tuple[ArticleStyleReport, ...]
    summary: dict[Status, int]
    exit_code: int
