"""An article, segmented: what every comparison starts from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain

from dedup.article import Article, Unit
from dedup.text.credits import credits_of
from dedup.text.document import Document
from dedup.text.language import language_of
from dedup.text.paragraphs import paragraphs
from dedup.text.quotations import quotations
from dedup.text.structure import structure
from dedup.text.tokens import Tokens, tokenize


def segment(article: Article) -> Document:
    """Split an article into units and say what each is.

    Returns:
        The document. Every visible character of the text is in exactly one unit; units are in
        order and have no white space at their ends.

    >>> document = segment(Article("Ferry sinks\\n\\nOSLO (AP) — A ferry sank. Nobody died."))
    >>> [document.text_of(unit) for unit in document.units]
    ['Ferry sinks', 'OSLO (AP) —', 'A ferry sank.', 'Nobody died.']
    >>> [unit.kind.value for unit in document.units]
    ['headline', 'dateline', 'body', 'body']
    """
    lines = paragraphs(article.text)
    language = language_of(article)
    quoted = quotations(article.text, lines)
    units = structure(article, lines, language)
    sources = credits_of(article.text, units)
    return Document(article, language, units, quoted, sources, _tokens(article.text, units))


def _tokens(text: str, units: Sequence[Unit]) -> Tokens:
    """Return the tokens of the units that are compared."""
    every = tokenize(text)
    kept: list[slice] = []
    for unit in units:
        if unit.kind.compared:
            start = bisect_left(every.starts, unit.start)
            kept.append(slice(start, bisect_left(every.starts, unit.end, start)))
    return Tokens(
        tuple(chain.from_iterable(every.words[part] for part in kept)),
        tuple(chain.from_iterable(every.starts[part] for part in kept)),
        tuple(chain.from_iterable(every.ends[part] for part in kept)),
    )
