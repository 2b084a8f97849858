"""A check of house style as its report, with lines and columns; and the rules themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from dedup.article import Span
from dedup.diff.rules import Style
from dedup.diff.usage import RuleUse, Status, Use, usage
from dedup.report.build import encodable
from dedup.report.json import schema_of
from dedup.report.style_model import (
    ArticleStyleReport,
    FormReport,
    PlaceReport,
    RuleReport,
    StyleReport,
)
from dedup.report.tool import this_tool
from dedup.text.document import Document


def build(
    documents: Sequence[Document], style: Style, path: str | None = None, fail: bool = False
) -> StyleReport:
    """Return the report on articles: a pure function of them and of the program's version.

    Args:
        documents: The articles.
        style: The rules that they are checked against.
        path: The house file that the rules are from.
        fail: Whether a breach makes the exit code 1.
    """
    articles = tuple(_article(document, style) for document in documents)
    counts = Counter(rule.status for article in articles for rule in article.rules)
    return StyleReport(
        schema_version="1",
        kind="style",
        tool=this_tool(),
        style=path and encodable(path),
        articles=articles,
        summary={status: counts[status] for status in Status},
        exit_code=int(fail and counts[Status.BREACHED] > 0),
    )


def to_json(report: StyleReport) -> str:
    """Return the report as indented JSON, with a line end after the last brace."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode("utf-8") + "\n"


def schema_json() -> str:
    """Return the JSON Schema of the report, indented, with a line end after the last brace."""
    import json

    return json.dumps(schema_of(StyleReport, "style"), indent=2, ensure_ascii=False) + "\n"


def _article(document: Document, style: Style) -> ArticleStyleReport:
    article = document.article
    lines = [0, *(place + 1 for place, char in enumerate(article.text) if char == "\n")]
    return ArticleStyleReport(
        path=article.path and encodable(article.path),
        sha256=article.sha256,
        language=None if document.language == "und" else document.language,
        rules=tuple(_rule(use, style, article.text, lines) for use in usage(document, style)),
    )


def _rule(use: RuleUse, style: Style, text: str, lines: Sequence[int]) -> RuleReport:
    return RuleReport(
        use.rule,
        style.rules[use.rule].about,
        use.status,
        tuple(_form(form, text, lines) for form in use.uses),
    )


def _form(use: Use, text: str, lines: Sequence[int]) -> FormReport:
    return FormReport(
        use.group,
        use.form,
        use.variant,
        use.preferred,
        len(use.places),
        tuple(_place(span, text, lines) for span in use.places),
    )


def _place(span: Span, text: str, lines: Sequence[int]) -> PlaceReport:
    line = bisect_right(lines, span.start)
    words = encodable(text[span.start : span.end])
    return PlaceReport((span.start, span.end), line, span.start - lines[line - 1] + 1, words)
