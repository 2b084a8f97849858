"""See a headline that says another thing, house style and the outlet's name put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dedup.article import Kind, Span, Unit
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.diff.surface import surface_words
from dedup.diff.words import edits_between
from dedup.text.document import Document
from dedup.text.language import stopwords

#: What a page puts behind its headline: "| The Harbor Post", "- Harbor News".
_OUTLET = re.compile(
    r"\s+(?:\|[^|\n]{2,40}|[–—-]+\s[^|–—\n]{0,30}\b(?:News|Post|Times|Tribune|Herald|Journal|Guardian|"
    r"Telegraph|Gazette|Star|Sun|Mail|Press|Online|TV|Reuters|AP|AFP|BBC|CNN|NPR|\w+\.com))\Z"
)


def find(pair: Pair) -> Iterator[Finding]:
    """Yield `headline_changed` where both articles have a headline and the two say other words."""
    first, second = _headline(pair.a), _headline(pair.b)
    if first is None or second is None:
        return
    a, b = pair.a.units[first], pair.b.units[second]
    edits = edits_between(
        pair.a,
        pair.b,
        surface_words(pair.a, (first,), pair.style),
        surface_words(pair.b, (second,), pair.style),
        stopwords(pair.b.language),
    )
    end_a, end_b = _end(pair.a, a), _end(pair.b, b)
    if any(
        edit.style is None and not (_after(edit.a, end_a) and _after(edit.b, end_b))
        for edit in edits
    ):
        link = next(
            (n for n, link in enumerate(pair.diff.links) if first in link.a and second in link.b),
            None,
        )
        yield Finding(FlagKind.HEADLINE_CHANGED, link, a.span, b.span)


def _headline(document: Document) -> int | None:
    """Return the index of the headline; it stands above the text, so few units are looked at."""
    kinds = enumerate(unit.kind for unit in document.units)
    return next((index for index, kind in kinds if kind is Kind.HEADLINE), None)


def _end(document: Document, unit: Unit) -> int:
    """Return where a headline ends, the outlet's name behind it put aside."""
    text = document.text_of(unit)
    match = _OUTLET.search(text)
    return unit.start + (match.start() if match else len(text))


def _after(place: Span, end: int) -> bool:
    return place.start >= end
