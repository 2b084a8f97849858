"""Plain text and Markdown: the text is what was read, character for character."""

from __future__ import annotations

import re

from dedup.article import Article

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

    A page or record keeps its headline apart; in the text, a changed headline is seen. The
    first three lines are looked at, since a kicker or a section name may stand above it.

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
    """Return whether one of the first three lines of the text begins with the headline."""
    wanted = " ".join(headline.split()).casefold()
    if not has_words(wanted):
        return False
    lines = (line for line in text.splitlines() if line.strip())
    opening = (" ".join(line.split()).casefold() for _, line in zip(range(3), lines, strict=False))
    return any(line.startswith(wanted) for line in opening)
