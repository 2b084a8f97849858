"""A saved web page: trafilatura takes out the article and what the page says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dedup.article import Article
from dedup.errors import InputError, MissingExtraError
from dedup.reading.markup import without_markup
from dedup.reading.records import describe, language_code, load
from dedup.reading.text import has_words, opens_with, whole, with_headline

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]
    from trafilatura.settings import Document

#: Dates that the page states, never one guessed from its words.
_STATED_DATES = {"extensive_search": False, "original_date": True}

#: Text for search engines this many times as long as what the page shows is the whole article,
#: of which the page shows the beginning.
_MUCH_LONGER = 2

#: Characters of a line that is longer than the words of any link.
_LONGEST_LINK = 300


def read_html(page: str, place: str) -> Article:
    """Return the article of a page: a line a paragraph, the headline first.

    Comments of readers and captions are left out; quotations, lists and tables stay. Where a
    page has its text, or all of it, only for search engines (`articleBody` of schema.org), it is
    taken from there.

    Raises:
        InputError: The page has no article.
        MissingExtraError: trafilatura is not installed.
    """
    extracted = _extract(page, place)
    if extracted is None:
        raise InputError(_no_article(place))
    tree, shown = extracted
    embedded = next(_embedded_articles(tree), Article(""))
    text = _fullest(shown.text or "", embedded.text)
    if not has_words(text) or _is_all_links(text, tree):
        raise InputError(_no_article(place))
    title = _line(shown.title or "") or embedded.title
    outlet = shown.sitename or embedded.outlet
    return Article(
        text=whole(with_headline(_headline(tree, outlet, text) or title, text)),
        title=title,
        outlet=outlet,
        date=shown.date or embedded.date,
        url=_canonical(tree) or shown.url or embedded.url,
        language=_language(tree) or embedded.language,
    )


def _extract(page: str, place: str) -> tuple[HtmlElement, Document] | None:
    """Return the page's tree and what trafilatura makes of it; None where it is no page."""
    try:
        import trafilatura
        from trafilatura.settings import Document
    except ImportError as error:
        raise MissingExtraError(place, "reading a web page", "html") from error
    _quieten("trafilatura", "htmldate", "courlan")
    try:
        tree = trafilatura.load_html(page)
        if tree is None:  # a bare fragment is no page to it
            tree = trafilatura.load_html(f"<html><body>{page}</body></html>")
        if tree is None:
            return None
        found = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=_STATED_DATES
        )
        if isinstance(found, Document):
            return tree, found
        return tree, trafilatura.extract_metadata(tree, date_config=_STATED_DATES)
    except Exception as error:  # broken pages raise anything, from deep inside
        raise InputError(_no_article(place)) from error


def _quieten(*names: str) -> None:
    """Keep libraries that log every odd page from writing to standard error by default."""
    import logging

    for name in names:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _fullest(shown: str, embedded: str) -> str:
    """Return the text that the page shows, or the one for search engines where it is better.

    Better is all where there was nothing; the same with its paragraphs kept, since trafilatura
    takes it for one; the whole of what the page shows the beginning of.
    """
    same = _line(shown) == _line(embedded)
    if same or len(embedded) > _MUCH_LONGER * len(shown):
        return embedded
    return shown.strip()


def _headline(tree: HtmlElement, outlet: str | None, text: str) -> str | None:
    """Return the headline that readers see, which may differ from the title for search engines.

    It is the top heading that the text begins with, or the only one; None where none is.
    """
    headings = [_line(heading.text_content()) for heading in tree.iter("h1")]
    headings = [heading for heading in headings if has_words(heading) and heading != outlet]
    for heading in headings:
        if opens_with(heading, text):
            return heading
    return headings[0] if len(headings) == 1 else None


def _embedded_articles(tree: HtmlElement) -> Iterator[Article]:
    """Yield each article (with an `articleBody`) that the page carries for search engines."""
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
                body = node.get("articleBody")
                if isinstance(body, str) and has_words(body):
                    yield describe(node, whole(without_markup(body)))
                pending.extend(node.get(key) for key in ("@graph", "mainEntity"))


def _is_all_links(text: str, tree: HtmlElement) -> bool:
    """Return whether every line of the text is that of a link: a menu or a front page."""
    if len(max(text.splitlines(), key=len)) > _LONGEST_LINK:
        return False  # before every link of the page is looked at
    links = {_line(link.text_content()) for link in tree.iter("a")}
    return all(_line(line).removeprefix("- ") in links for line in text.splitlines())


def _canonical(tree: HtmlElement) -> str | None:
    links = tree.xpath('//link[@rel="canonical"]/@href')
    return next((link.strip() for link in links if link.strip().startswith("http")), None)


def _language(tree: HtmlElement) -> str | None:
    """Return the language that the page states for itself."""
    stated = [
        tree.get("lang"),
        tree.get("xml:lang"),
        *tree.xpath('//meta[@property="og:locale"]/@content'),
        *tree.xpath('//meta[@http-equiv="content-language"]/@content'),
    ]
    return next(filter(None, map(language_code, stated)), None)


def _line(text: str) -> str:
    return " ".join(text.split())


def _no_article(place: str) -> str:
    return f"{place}: has no article in its HTML; save the page whole, or its text as a .txt file"
