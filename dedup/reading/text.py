"""Plain text and Markdown: the text is what was read, character for character."""

from __future__ import annotations

import re
from itertools import islice

from dedup.article import Article

#: A kicker, a section name or a byline may stand above the headline.
OPENING_LINES = 3

_WORD = re.compile(r"[^\W_]")


def read_text(text: str, place: str) -> Article:
    """Return the text as an article: nothing is known of it but its words."""
    return Article(text)


def has_words(text: str) -> bool:
    """Return whether the text has a letter or digit of any script.

    >>> has_words("東京"), has_words("* * *")
    (True, False)
    """
    return _WORD.search(text) is not None


def whole(text: str) -> str:
    """Return the text as valid Unicode: half of a surrogate pair (`"\\ud83d"`) becomes U+FFFD.

    >>> whole("\\ud83d\\ude00 \\ud83d")
    '😀 �'
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def with_headline(title: str | None, text: str) -> str:
    """Return `text` with `title` as its first line, unless it already opens with it.

    A page or record keeps its headline apart; in the text, a changed headline is seen.

    >>> with_headline("Bridge shut", "The bridge is shut.")
    'Bridge shut\\nThe bridge is shut.'
    >>> with_headline("Bridge shut", "WORLD\\nBridge  shut\\nThe bridge …")
    'WORLD\\nBridge  shut\\nThe bridge …'
    """
    headline = " ".join((title or "").split())
    if not has_words(headline) or opens_with(headline, text):
        return text
    return f"{headline}\n{text}"


def opens_with(headline: str, text: str) -> bool:
    """Return whether one of the first three lines of the text is the headline.

    Where a line goes on after it, a new sentence must begin: a text without line ends has its
    headline before the first sentence, but a sentence may begin with the words of a headline.

    >>> opens_with("Bridge shut", "Bridge shut The bridge of Port Hale …")
    True
    >>> opens_with("Bridge shut", "Bridge shut for months, mayor says")
    False
    """
    wanted = " ".join(headline.split())
    if not has_words(wanted):
        return False
    first = wanted[0].casefold()[0]
    lines = islice(filter(None, map(str.lstrip, text.splitlines())), OPENING_LINES)
    # The first letter tells most lines apart: of a million records, this is a third of the time.
    return any(
        line[0].casefold()[0] == first and _begins(" ".join(line.split()), wanted) for line in lines
    )


def _begins(line: str, headline: str) -> bool:
    start, rest = line[: len(headline)], line[len(headline) :]
    ends = not rest or (rest[0] == " " and not rest[1].islower())
    return ends and start.casefold() == headline.casefold()
