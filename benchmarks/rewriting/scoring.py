"""How many of the links that are true an alignment finds, operation by operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dedup.article import Article, Kind, Unit
from dedup.diff.align import LIMITS, Limits, align
from dedup.text import Document
from dedup.text.tokens import tokenize
from rewriting.cases import Case, Link

Align = Callable[[Sequence[str], Sequence[str]], Iterable[Link]]


@dataclass(slots=True)
class Score:
    """True and false positives and negatives of one operation."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = 2 * self.found + self.wrong + self.missed
        return 2 * self.found / total if total else 1.0


def score(cases: Iterable[Case], aligner: Align) -> dict[str, Score]:
    """Return the score of each operation, and of all together under "all"."""
    scores: dict[str, Score] = defaultdict(Score)
    for case in cases:
        made = {(tuple(a), tuple(b)) for a, b in aligner(case.a, case.b)}
        operation_a = {i: op for (a, _), op in case.links.items() for i in a}
        operation_b = {j: op for (_, b), op in case.links.items() for j in b}
        for link, operation in case.links.items():
            hit = link in made
            for name in (operation, "all"):
                scores[name].found += hit
                scores[name].missed += not hit
        for a, b in made - case.links.keys():
            names = {operation_a.get(i, "cut") for i in a} | {
                operation_b.get(j, "insert") for j in b
            }
            for name in (*names, "all"):
                scores[name].wrong += 1
        linked_a = {i for a, _ in made for i in a}
        linked_b = {j for _, b in made for j in b}
        for name, alone, linked in (
            ("cut", case.cut, linked_a),
            ("insert", case.inserted, linked_b),
        ):
            scores[name].found += len(alone - linked)
            scores[name].missed += len(alone & linked)
    return dict(scores)


def document(sentences: Sequence[str]) -> Document:
    """Return a document with one body unit a sentence, as if so segmented."""
    units, start = [], 0
    for number, sentence in enumerate(sentences, start=1):
        units.append(Unit(start, start + len(sentence), Kind.BODY, number, "given"))
        start += len(sentence) + 1
    text = "\n".join(sentences)
    return Document(Article(text), "en", tuple(units), (), (), tokenize(text))


def ours(a: Sequence[str], b: Sequence[str], limits: Limits = LIMITS) -> list[Link]:
    """Return the links that dedup finds."""
    return [(pair.a, pair.b) for pair in align(document(a), document(b), limits)]
