"""Compare two documents sentence by sentence, and each linked pair word by word."""

from __future__ import annotations

from bisect import bisect_left

from dedup.diff.align import Pairing, align
from dedup.diff.kinds import balance, kind_of, similarity_of
from dedup.diff.model import Diff, Link, LinkKind, Shape
from dedup.diff.order import heaviest_increasing
from dedup.diff.rules import Style
from dedup.diff.surface import surface_words
from dedup.diff.words import edits_between
from dedup.text.document import Document
from dedup.text.language import stopwords
from dedup.text.normalize import visible


def diff(a: Document, b: Document, style: Style | None = None) -> Diff:
    """Return what B changed against A: every compared unit once, linked or on one side only.

    What `style` (default: the built-in rules) takes for one way of writing is no change of words.
    O(words) time and memory over the texts, and O(n · m / 64) inside a link of n and m words.

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> a = segment(Article("The ferry ran aground on Tuesday. Nobody was hurt."))
    >>> b = segment(Article("The ferry ran aground Tuesday near Merrow."))
    >>> found = diff(a, b)
    >>> [(link.a, link.b, link.kind.value) for link in found.links], found.only_a
    ([((0,), (0,), 'reworded')], (1,))
    >>> [(edit.op.value, b.text[edit.b.start : edit.b.end]) for edit in found.links[0].edits]
    [('delete', ''), ('insert', 'near Merrow')]
    """
    style = style or Style.builtin()
    pairings = align(a, b, style=style)
    kept = _kept(a, b, pairings)
    links = tuple(
        _link(a, b, pairing, style, moved=position not in kept)
        for position, pairing in enumerate(pairings)
    )
    linked_a = {i for pairing in pairings for i in pairing.a}
    linked_b = {j for pairing in pairings for j in pairing.b}
    return Diff(
        links,
        tuple(i for i, u in enumerate(a.units) if u.kind.compared and i not in linked_a),
        tuple(j for j, u in enumerate(b.units) if u.kind.compared and j not in linked_b),
    )


def _kept(a: Document, b: Document, pairings: list[Pairing]) -> set[int]:
    """Return the positions of the pairings that keep the common order.

    A pairing stands where its first unit stands, and weighs as many words as both sides have.
    """
    weights = [
        sum(_words(a, i) for i in pairing.a) + sum(_words(b, j) for j in pairing.b)
        for pairing in pairings
    ]
    return set(heaviest_increasing([pairing.b[0] for pairing in pairings], weights))


def _words(document: Document, unit: int) -> int:
    starts, place = document.tokens.starts, document.units[unit].span
    return max(1, bisect_left(starts, place.end) - bisect_left(starts, place.start))


def _link(a: Document, b: Document, pairing: Pairing, style: Style, *, moved: bool) -> Link:
    shape = _shape(pairing)
    if _shown(a, pairing.a) == _shown(b, pairing.b):
        return Link(pairing.a, pairing.b, shape, LinkKind.IDENTICAL, moved, 1.0, ())
    words_a, words_b = surface_words(a, pairing.a, style), surface_words(b, pairing.b, style)
    stop = stopwords(b.language)
    edits = edits_between(a, b, words_a, words_b, stop, style)
    words = balance(words_a, words_b, edits, stop)
    kind, similarity = kind_of(edits, words), similarity_of(edits, words)
    return Link(pairing.a, pairing.b, shape, kind, moved, similarity, edits)


def _shown(document: Document, units: tuple[int, ...]) -> str:
    return visible(" ".join(document.text_of(document.units[index]) for index in units))


def _shape(pairing: Pairing) -> Shape:
    match len(pairing.a) > 1, len(pairing.b) > 1:
        case False, False:
            return Shape.ONE
        case False, True:
            return Shape.SPLIT
        case True, False:
            return Shape.MERGE
    return Shape.MANY
