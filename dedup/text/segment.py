"""An article, segmented: what every comparison starts from."""

from __future__ import annotations

from dedup.article import Article
from dedup.text.credits import credits_of
from dedup.text.document import Document
from dedup.text.language import language_of
from dedup.text.paragraphs import paragraphs
from dedup.text.quotations import quotations
from dedup.text.structure import structure
from dedup.text.tokens import tokens_within


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
    tokens = tokens_within(article.text, (unit.span for unit in units if unit.kind.compared))
    return Document(article, language, units, quoted, sources, tokens)
