"""Were two articles published at one address? Then they are states of one page."""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import parse_qsl, urlsplit


def page_of(url: str | None) -> str | None:
    """Return what stays the same of a page's address, or None where it names no page of its own.

    Scheme, `www.`, fragment, tracking parameters and a last slash do not matter. The front page of
    a site is no page of an article.

    >>> page_of("http://www.daily.example/2026/ferry/?utm_source=feed#top")
    'daily.example/2026/ferry'
    >>> page_of("https://daily.example/") is None
    True
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    path = parts.path.rstrip("/")
    kept = [pair for pair in parse_qsl(parts.query) if not pair[0].lower().startswith("utm_")]
    if not parts.netloc or not (path or kept):
        return None
    query = "&".join(f"{name}={value}" for name, value in sorted(kept))
    return f"{parts.netloc.lower().removeprefix('www.')}{path}{'?' if query else ''}{query}"


def same_page(a: str | None, b: str | None) -> bool:
    """Whether two addresses are known and name one page."""
    page = page_of(a)
    return page is not None and page == page_of(b)


def page_digest(url: str | None) -> int:
    """Return 64 bits that stand for the page of an address, 0 where it names none.

    >>> page_digest("https://daily.example/ferry") == page_digest("http://daily.example/ferry/")
    True
    """
    page = page_of(url)
    if page is None:
        return 0
    return int.from_bytes(blake2b(page.encode(errors="replace"), digest_size=8).digest(), "little")
