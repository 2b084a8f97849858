"""An article, outlined: what decides whether two are one story, without a look at sentences.

A scan takes a second look at every article that has a candidate, and asks only what is compared,
what is quoted, and where something is left out. All of that is settled line by line.
"""

from __future__ import annotations

from dedup.article import Article
from dedup.text.document import Outline
from dedup.text.paragraphs import paragraphs
from dedup.text.quotations import quotations
from dedup.text.structure import judge_lines
from dedup.text.tokens import tokens_within


def outline(article: Article) -> Outline:
    """Return what the verdict needs of an article: the same as of its `segment`.

    Linear in the length of the text.

    >>> found = outline(Article("Ferry sinks\\n\\nAdvertisement\\n\\nA ferry sank. Nobody died."))
    >>> found.tokens.words, found.gaps
    (('ferry', 'sinks', 'a', 'ferry', 'sank', 'nobody', 'died'), (13,))
    """
    text = article.text
    spans = paragraphs(text)
    lines = judge_lines(article, spans)
    gaps = tuple(line.span.start for line in lines if not line.compared)
    tokens = tokens_within(text, (line.span for line in lines if line.compared))
    return Outline(article, gaps, quotations(text, spans), tokens)
