"""See what a desk did to the shape of a story: another lede, a buried sentence, a raised one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dedup.article import Kind, Span
from dedup.diff.flags.corrections import notes
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.numbers import tokens_in
from dedup.diff.flags.pair import Pair
from dedup.diff.model import Link
from dedup.text.document import Document

#: Sentences at the top of a story that a reader takes with them.
TOP = 3
#: Fewest sentences of both articles for which "the last third" means something.
LONG = 9
#: Similarity of a link below which a lede is told anew: read on 236 pairs of one story, where
#: ledes linked at 0.5 and less had other news, another order or another actor in front.
REWRITTEN = 0.5
#: Least similarity of a sentence that stands elsewhere, to be the same sentence.
SAME = 0.6

_ENDED = re.compile(r"[.?!…。？！؟][\"'”’»)\]」』]*\Z")


def find(pair: Pair) -> Iterator[Finding]:
    """Yield `lede_rewritten`, `buried` and `raised`, for any language; linear in the links.

    A story's lede is its first sentence of text. It is rewritten where nothing in B is linked to
    it, only what shares less than `REWRITTEN` of its telling words, or what comes after another
    lede; nothing is said where no other sentence of the two articles is linked. A sentence is
    buried where it is among the first `TOP` of A and in the last third of B, and raised the other
    way round; articles of fewer than `LONG` sentences have no last third.
    """
    a, b = _body(pair.a), _body(pair.b)
    if not a or not b:
        return
    yield from _rewritten(pair, _lede(pair.a, a), _lede(pair.b, b))
    if min(len(a), len(b)) >= LONG:
        yield from _moved(pair, a, b)


def _body(document: Document) -> list[int]:
    return [index for index, unit in enumerate(document.units) if unit.kind is Kind.BODY]


def _lede(document: Document, body: list[int]) -> int:
    """Return the first sentence that has a stop at its end: a page's date has none."""
    return next((unit for unit in body if _ENDED.search(_end_of(document, unit))), body[0])


def _end_of(document: Document, unit: int) -> str:
    return document.text[max(0, document.units[unit].end - 4) : document.units[unit].end]


def _rewritten(pair: Pair, first: int, second: int) -> Iterator[Finding]:
    links = pair.diff.links
    own = next((n for n, link in enumerate(links) if first in link.a), None)
    kin = any(
        n != own and pair.a.units[link.a[0]].kind is Kind.BODY for n, link in enumerate(links)
    )
    later = own is not None and min(links[own].b) > second
    if kin and (own is None or later or _is_told_anew(pair, links[own])):
        spans = pair.a.units[first].span, pair.b.units[second].span
        if later and any(note.start <= spans[1].start < note.end for note in notes(pair.b)):
            return  # a note of correction stands above the lede
        yield Finding(FlagKind.LEDE_REWRITTEN, own, *spans)


def _is_told_anew(pair: Pair, link: Link) -> bool:
    """Whether a link is of other words: where only a quotation mark is missing, none are."""
    if link.similarity >= REWRITTEN:
        return False
    mine, other = (
        [word for unit in units for word in tokens_in(document, document.units[unit].span)]
        for document, units in ((pair.a, link.a), (pair.b, link.b))
    )
    return mine != other


def _moved(pair: Pair, a: list[int], b: list[int]) -> Iterator[Finding]:
    top_a, top_b = a[TOP - 1], b[TOP - 1]
    last_a, last_b = a[-(len(a) // 3)], b[-(len(b) // 3)]
    for place, link in enumerate(pair.diff.links):
        if link.similarity < SAME:
            continue
        if link.a[0] <= top_a and link.b[0] >= last_b:
            yield Finding(FlagKind.BURIED, place, *_sides(pair, link))
        elif link.b[0] <= top_b and link.a[0] >= last_a:
            yield Finding(FlagKind.RAISED, place, *_sides(pair, link))


def _sides(pair: Pair, link: Link) -> tuple[Span, Span]:
    """Return the first sentence of either side of a link."""
    return pair.a.units[link.a[0]].span, pair.b.units[link.b[0]].span
