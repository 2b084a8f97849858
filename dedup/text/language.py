"""Which language an article is in: as given with it, or told by its script and function words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from dedup.article import Article
from dedup.text.data import table
from dedup.text.tokens import tokenize

UNKNOWN = "und"
#: How much of a text is looked at.
SAMPLE = 4000
#: Share of words that must be function words of a language.
FLOOR = 0.12

_GIVEN = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_].*)?\s*\Z", re.DOTALL)
_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")


@cache
def stopwords(language: str) -> frozenset[str]:
    """Return the function words of a language as folded tokens; none where it is not known.

    >>> "the" in stopwords("en"), stopwords("und")
    (True, frozenset())
    """
    return frozenset(table("stopwords").get(language, ()))


def language_of(article: Article) -> str:
    """Return the article's language as an ISO 639-1 code, or `und` when it cannot be told.

    >>> language_of(Article("Der Minister hat das am Montag gesagt, und die Partei auch."))
    'de'
    >>> language_of(Article("", language="en-US"))
    'en'
    """
    given = _GIVEN.match(article.language or "")
    if given is not None and given[1].lower() != UNKNOWN:
        return given[1].lower()
    return recognise(article.text)


def recognise(text: str) -> str:
    """Return the language of a text from its first few thousand characters, or `und`."""
    sample = text[:SAMPLE]
    words = tokenize(sample).words
    kana, han = (
        (0, 0) if sample.isascii() else (len(_KANA.findall(sample)), len(_HAN.findall(sample)))
    )
    if han + kana > len(words) / 2:
        return "ja" if kana > (han + kana) / 10 else "zh"
    scores = dict.fromkeys(table("stopwords"), 0)
    for word, count in Counter(words).items():
        for language in _languages().get(word, ()):
            scores[language] += count
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= max(2, FLOOR * len(words)) else UNKNOWN


@cache
def _languages() -> dict[str, list[str]]:
    """Return the languages in which a word is a function word."""
    found: dict[str, list[str]] = {}
    for language, words in table("stopwords").items():
        for word in words:
            found.setdefault(word, []).append(language)
    return found
