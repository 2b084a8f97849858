"""Markup where a text is: how to tell it, and how to take it out without a parser of pages."""

from __future__ import annotations

import re

#: How a page begins, past an XML declaration and comments. (The group gives nothing back: else
#: a thousand comments would be tried in every combination.)
_PAGE = re.compile(
    r"(?>\s*(?:<\?xml[^>]*>|<!--.*?-->))*+"
    r"\s*<(?:!doctype\s+html|html|head|body|title|meta|main|article|section|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)

_LINE_BREAK = re.compile(r"<(?:br|/?(?:p|div|li|h[1-6]|blockquote))\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Return whether the text begins like a web page.

    >>> looks_like_html("<!doctype html><p>…"), looks_like_html("<b>Not</b> a page")
    (True, False)
    """
    return _PAGE.match(text) is not None


def without_markup(body: str) -> str:
    """Return the lines of a text that may have tags and entities in it; each block is a line.

    >>> without_markup("<p>Fish &amp; chips</p><p>A <b>second</b> line</p>")
    'Fish & chips\\nA second line'
    """
    from html import unescape

    plain = _TAG.sub("", _LINE_BREAK.sub("\n", unescape(body)))
    return "\n".join(filter(None, map(str.strip, plain.splitlines())))
