"""A check of house style for a person at a terminal: what is not followed first, with places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.diff.rules import Style
from dedup.diff.usage import BETWEEN_TWO, Status, forms_of
from dedup.report.painter import Painter, Part, drawn, painter_for
from dedup.report.quantities import count
from dedup.report.style_model import ArticleStyleReport, FormReport, RuleReport, StyleReport
from dedup.report.view import View

if TYPE_CHECKING:
    from rich.text import Text

#: Places of a form that are named; the JSON has all.
MOST_PLACES = 5
#: Forms that a rule which is followed shows as examples.
MOST_FORMS = 8

_SIGNS = {Status.BREACHED: "!", Status.MIXED: "~", Status.FOLLOWED: "="}
_COLORS = {Status.BREACHED: "bold red", Status.MIXED: "bold yellow", Status.FOLLOWED: "bold green"}


def render(report: StyleReport, view: View | None = None) -> str:
    """Return the report as text, no line wider than the view.

    Breached rules stand first, then mixed ones, then those that are followed. Each form has the
    sign `-` where it is against what the house prefers, and the lines and columns it stands at.
    """
    view = view or View()
    painter = painter_for(view)
    lines = [line for article in report.articles for line in _article(article, painter)]
    return drawn([*lines, *_summary(report, painter)], view)


def render_rules(style: Style, view: View | None = None) -> str:
    """Return the rules of a style as text: what each is about, what is preferred, and its forms."""
    view = view or View()
    painter = painter_for(view)
    lines: list[Text] = []
    for rule in style.rules.values():
        lines += painter.hung((f"{rule.name}  ", "bold"), [(rule.about, "")])
        if rule.prefer:
            lines += painter.hung(("  ", ""), [(f"preferred: {', '.join(rule.prefer)}", "")])
        for group in forms_of(rule):
            lines += painter.hung(("  ", ""), [(" = ".join(group), "")])
        if rule.name in BETWEEN_TWO:
            lines += painter.hung(("  ", ""), [("only between two articles", "dim")])
    return drawn(lines, view)


def _article(article: ArticleStyleReport, painter: Painter) -> Iterator[Text]:
    yield from painter.wrapped([(article.path or "standard input", "bold")])
    for status in (Status.BREACHED, Status.MIXED, Status.FOLLOWED):
        for rule in article.rules:
            if rule.status is status:
                yield from _rule(rule, painter)
    if not article.rules:
        yield painter.line(("  no rule has to do with it", "dim"))
    yield painter.line()


def _rule(rule: RuleReport, painter: Painter) -> Iterator[Text]:
    sign, color = _SIGNS[rule.status], _COLORS[rule.status]
    about = f": {rule.about}" if rule.about else ""
    parts: list[Part] = [(f"{rule.rule} {rule.status.value}", color), (about, "")]
    yield from painter.hung((f"{sign} ", color), parts)
    if rule.status is Status.FOLLOWED:
        yield from painter.hung(("    ", ""), [(_followed(rule), "")])
        return
    for form in _told(rule):
        lead = "  - " if form.preferred is False else "    "
        yield from painter.hung((lead, color), [(_form(form), "")])


def _followed(rule: RuleReport) -> str:
    """Return the forms of a rule that is followed, with how often each stands there."""
    forms = [f"{_name(form)} {form.count:,}" for form in rule.forms[:MOST_FORMS]]
    more = len(rule.forms) - MOST_FORMS
    variants = dict.fromkeys(form.variant for form in rule.forms if form.variant != form.form)
    told = ", ".join([*forms, *([f"{more:,} more"] if more > 0 else [])])
    names = ", ".join(filter(None, variants))
    return f"{names}: {told}" if names else told


def _told(rule: RuleReport) -> list[FormReport]:
    """Return the forms that do not go together: of groups with several, or against the house."""
    if any(form.variant for form in rule.forms):
        rarest = Counter(form.variant for form in rule.forms)
        return sorted(rule.forms, key=lambda form: rarest[form.variant])
    groups = Counter(form.group for form in rule.forms)
    return [form for form in rule.forms if groups[form.group] > 1 or form.preferred is False]


def _form(form: FormReport) -> str:
    variant = f" ({form.variant})" if form.variant not in (None, form.form) else ""
    places = ", ".join(f"{place.line}:{place.column}" for place in form.places[:MOST_PLACES])
    more = " …" if form.count > MOST_PLACES else ""
    return f"{_name(form)}{variant}  {count(form.count, 'time')}, at {places}{more}"


def _name(form: FormReport) -> str:
    """Return the form; where it is a pattern ("3 p.m.", "$5m"), as one that others are like."""
    pattern = form.form == form.variant and any(map(str.isdigit, form.form))
    return f"like {form.form}" if pattern else form.form


def _summary(report: StyleReport, painter: Painter) -> Iterator[Text]:
    told = ", ".join(f"{number:,} {status.value}" for status, number in report.summary.items())
    yield from painter.wrapped(
        [(f"{count(len(report.articles), 'article')}: rules {told}", "bold")]
    )
