"""Plain text and Markdown: the text is what was read, character for character."""

from __future__ import annotations

import re
from itertools import islice

from dedup.article import Article

#: A kicker, a section name or a byline may stand above the headline.
OPENING_LINES = 3

#: Within so many characters the opening lines nearly always end.
_NEAR = 800

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
    return under_headline(" ".join((title or "").split()), text)


def under_headline(headline: str, text: str) -> str:
    """Return `text` as `with_headline` does, given a headline without needless spaces."""
    if not has_words(headline) or _opens_with(headline, text):
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
    return has_words(wanted) and _opens_with(wanted, text)


def _opens_with(headline: str, text: str) -> bool:
    first = headline[0].casefold()[0]
    for line in _opening(text):
        # One letter tells most lines apart.
        if line[0].casefold()[0] == first and _begins(" ".join(line.split()), headline):
            return True
    return False


def _opening(text: str) -> list[str]:
    """Return the first lines that are not blank; a long text is not split for them as a whole."""
    near = text[:_NEAR].splitlines()[:-1]  # the last may be cut
    lines = list(islice(filter(None, map(str.lstrip, near)), OPENING_LINES))
    if len(lines) == OPENING_LINES:
        return lines
    return list(islice(filter(None, map(str.lstrip, text.splitlines())), OPENING_LINES))


def _begins(line: str, headline: str) -> bool:
    start, rest = line[: len(headline)], line[len(headline) :]
    ends = not rest or (rest[0] == " " and not rest[1].islower())
    return ends and start.casefold() == headline.casefold()
