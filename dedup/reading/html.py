"""A saved web page: trafilatura takes out the article and what the page says of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.article import Article
from dedup.errors import InputError, MissingExtraError
from dedup.reading.records import language_code, load, whole
from dedup.reading.text import has_words, opens_with, with_headline

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

#: How a page begins, past comments, an XML declaration and white space.
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)

#: Dates that the page states, never one guessed from its words.
_STATED_DATES = {"extensive_search": False, "original_date": True}

_SILENT = logging.NullHandler()


def looks_like_html(text: str) -> bool:
    """Return whether the text begins like a web page.

    >>> looks_like_html("<!doctype html><p>…"), looks_like_html("<b>Not</b> a page")
    (True, False)
    """
    return _PAGE.match(text) is not None


def read_html(page: str, place: str) -> Article:
    """Return the article of a page: a line a paragraph, the headline first.

    Comments of readers are left out; quotations, lists and tables stay. Where the page has its
    text only for search engines (`articleBody` of schema.org), it is taken from there.

    Raises:
        InputError: The page has no article.
        MissingExtraError: trafilatura is not installed.
    """
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtraError(place, "reading a web page", "html") from error
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).addHandler(_SILENT)  # they report odd pages on standard error
    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            tree = trafilatura.load_html(f"<html><body>{page}</body></html>")
        if tree is None:
            raise InputError(_no_article(place))
        return _article(tree, place)
    except InputError:
        raise
    except Exception as error:  # broken pages raise whatever they like deep inside of it
        raise InputError(_no_article(place)) from error


def _article(tree: HtmlElement, place: str) -> Article:
    import trafilatura
    from trafilatura.settings import Document

    found = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, date_extraction_params=_STATED_DATES
    )
    known = (
        found
        if isinstance(found, Document)
        else trafilatura.extract_metadata(tree, date_config=_STATED_DATES)
    )
    text = known.text or ""
    embedded = next(_embedded_texts(tree), "")
    if _line(text) in ("", _line(embedded)):
        text = embedded  # the only text there is, or the same with its paragraphs kept
    if not has_words(text) or _is_all_links(text, tree):
        raise InputError(_no_article(place))
    title = _line(known.title or "") or None
    headed = any(opens_with(_line(h1.text_content()), text) for h1 in tree.iter("h1"))
    return Article(
        text=whole(text if headed else with_headline(title, text)),
        title=title,
        outlet=known.sitename or None,
        date=known.date or None,
        url=known.url or None,
        language=_language(tree),
    )


def _embedded_texts(tree: HtmlElement) -> Iterator[str]:
    """Yield each `articleBody` that the page carries as JSON for search engines."""
    for script in tree.iterfind('.//script[@type="application/ld+json"]'):
        try:
            pending = [load(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while pending:
            node = pending.pop(0)
            if isinstance(node, list):
                pending.extend(node)
            elif isinstance(node, dict):
                text = node.get("articleBody")
                if isinstance(text, str) and has_words(text):
                    yield text
                pending.extend(node.get(key) for key in ("@graph", "mainEntity"))


def _is_all_links(text: str, tree: HtmlElement) -> bool:
    """Return whether every line of the text is that of a link: a menu or a front page."""
    links = {_line(link.text_content()) for link in tree.iter("a")}
    return all(_line(line).removeprefix("- ") in links for line in text.splitlines())


def _language(tree: HtmlElement) -> str | None:
    """Return the language that the page states for itself."""
    stated = [
        tree.get("lang"),
        tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
        *tree.xpath('//meta[@property="og:locale"]/@content'),
        *tree.xpath('//meta[@http-equiv="content-language"]/@content'),
    ]
    return next(filter(None, map(language_code, stated)), None)


def _line(text: str) -> str:
    return " ".join(text.split())


def _no_article(place: str) -> str:
    return f"{place}: has no article in its HTML; save the page whole, or its text as a .txt file"
