"""Why two articles are together, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.report.painter import Painter, drawn, painter_for
from dedup.report.quantities import count
from dedup.report.scan_model import ArticleReport, PairReport, Role
from dedup.report.view import View
from dedup.report.why import Answer, Relation
from dedup.report.wording import LABELS

if TYPE_CHECKING:
    from rich.text import Text

_REASONS = {
    Relation.PAIR: "a pair that was compared word for word ties them together",
    Relation.CLUSTER: "both are in one story",
    Relation.SPLIT: "taken by themselves they are versions of one story, but the chain of "
    "versions that they stand in joined articles that share nothing, and was cut between them",
    Relation.FURNITURE: "what they share stands on many pages that share nothing else",
    Relation.UNLIKE: "they were compared word for word, and share too little",
    Relation.NEVER: "they were not compared, for nothing hinted that they share enough to be "
    "versions of one story",
    Relation.ELSEWHERE: "they are not in one story",
}

#: What the pairs would add, where they are not at hand.
_WITHOUT_PAIRS = (
    "The pairs are not at hand: scan again with --pairs pairs.jsonl, and name that file with "
    "--pairs here."
)


def render(answer: Answer, view: View | None = None) -> str:
    """Return the answer as text, no line wider than the view and each with its line end."""
    view = view or View()
    return drawn(_lines(answer, painter_for(view)), view)


def _lines(answer: Answer, painter: Painter) -> Iterator[Text]:
    together = answer.relation.together
    title, style = ("TOGETHER", "bold green") if together else ("NOT TOGETHER", "bold yellow")
    yield from painter.wrapped([(title, style), (f": {_reason(answer)}", "bold")])
    yield painter.line()
    for name, id, article in zip("AB", answer.ids, (answer.a, answer.b), strict=True):
        yield from painter.hung(
            (f"{name}  ", "bold"), [(id, "bold"), (_facts(article, painter), "")]
        )
    for article in (answer.a, answer.b):
        if article and article.role is Role.DIGEST:
            yield painter.line()
            told = f"{article.id} holds passages of: {', '.join(article.stories)}"
            yield from painter.wrapped([(told, "")])
    here = answer.ids[0]
    for pair in answer.pairs:
        yield painter.line()
        if answer.relation is Relation.CHAIN:
            there = pair.b if pair.a == here else pair.a
            step = f"{here} {painter.glyphs.arrow} {there}"
            yield from painter.wrapped([(step, "bold")])
            here = there
        yield from painter.table(_evidence(pair))
    if answer.relation in (Relation.CLUSTER, Relation.ELSEWHERE):
        yield painter.line()
        yield from painter.wrapped([(_WITHOUT_PAIRS, "dim")])


def _reason(answer: Answer) -> str:
    if answer.relation is Relation.CHAIN:
        return f"a chain of {count(len(answer.pairs), 'verified pair')} ties them together"
    if answer.relation is Relation.DIGEST:
        name = next(a.id for a in (answer.a, answer.b) if a and a.role is Role.DIGEST)
        return f"{name} is a digest, which holds passages of several stories and joins none"
    return _REASONS[answer.relation]


def _facts(article: ArticleReport | None, painter: Painter) -> str:
    """Return what is known of an article, behind its id."""
    if article is None:
        return "  article of the older corpus"
    told = [article.title, article.outlet, article.date, count(article.words, "word")]
    if article.cluster is None:
        told.append(article.role)
    elif article.similarity is not None and article.representative != article.id:
        told.append(f"similarity {article.similarity:.2f} to {article.representative}")
    else:
        told.append(f"in the story {article.cluster}")
    return "  " + f" {painter.glyphs.dot} ".join(fact for fact in told if fact)


def _evidence(pair: PairReport) -> list[tuple[str, str]]:
    """Return what two articles share, as labels and values, the most telling first."""
    told: list[tuple[str, str]] = []
    if pair.label is not None:
        told.append(("verdict", f"{LABELS[pair.label][0].lower()}: {LABELS[pair.label][1]}"))
    if pair.coverage_unquoted is not None:
        told.append(
            ("own words in common", f"{pair.coverage_unquoted:.0%} of the shorter article's")
        )
    if pair.longest_run_unquoted is not None:
        run = count(pair.longest_run_unquoted, "word")
        told.append(("longest passage", f"{run} outside quotations"))
    told += [
        ("containment", f"{pair.containment:.2f}"),
        ("Jaccard similarity", f"{pair.jaccard:.2f}"),
    ]
    return told
