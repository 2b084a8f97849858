"""When two addresses name one page."""

from __future__ import annotations

import pytest

from dedup.detect.address import page_of, same_page

ONE_PAGE = [
    ("https://www.daily.example/a/ferry", "http://daily.example/a/ferry/"),
    ("https://daily.example/a/ferry#comments", "https://daily.example/a/ferry?utm_source=feed"),
    ("https://daily.example/story?id=7&page=2", "https://DAILY.example/story?page=2&id=7"),
]
TWO_PAGES = [
    ("https://daily.example/a/ferry", "https://daily.example/a/bridge"),
    ("https://daily.example/story?id=7", "https://daily.example/story?id=8"),
    ("https://daily.example/a/ferry", "https://gazette.example/a/ferry"),
    ("https://daily.example/", "https://daily.example/"),
    ("https://daily.example", "https://daily.example"),
    ("https://daily.example/a/ferry", None),
    (None, None),
    ("", ""),
    ("ferry", "ferry"),
    ("http://[broken", "http://[broken"),
]


@pytest.mark.parametrize(("a", "b"), ONE_PAGE)
def test_one_page_under_two_addresses(a: str, b: str) -> None:
    assert same_page(a, b)
    assert same_page(b, a)


@pytest.mark.parametrize(("a", "b"), TWO_PAGES)
def test_two_pages_or_none(a: str | None, b: str | None) -> None:
    assert not same_page(a, b)


def test_what_stays_is_host_path_and_query() -> None:
    assert page_of("HTTP://www.Daily.example/A/b/?id=7&utm_medium=x#y") == "daily.example/A/b?id=7"
