"""Markup is told from text, and taken out of it."""

from __future__ import annotations

import pytest

from dedup.reading.markup import looks_like_html, without_markup


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html>", True),
        ("\n <html lang=en>", True),
        ('<?xml version="1.0"?>\n<!-- saved --><!DOCTYPE html PUBLIC "x">', True),
        ("<p>A paragraph</p>", True),
        ("<article>", True),
        ("<patience> is a virtue", False),
        ("<b>bold</b>", False),
        ("words <html>", False),
        ("<?xml version='1.0'?><rss>", False),
        ("<!---->" * 5000 + "x", False),  # tried in every combination, this would take for ever
        ("<!--" * 5000, False),
    ],
)
def test_how_a_page_begins(text: str, expected: bool) -> None:
    assert looks_like_html(text) is expected


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br/>Two<BR>Three", "One\nTwo\nThree"),
        ("<ul><li>One</li>\n<li>Two</li></ul>", "One\nTwo"),
        ("A <a href='x>y'>link</a>", "A y'>link"),  # no parser: an attribute may fool it
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("&lt;p&gt;twice&lt;/p&gt;", "twice"),
        ("Fish &amp; chips&nbsp;again", "Fish & chips\u00a0again"),
        ("", ""),
    ],
)
def test_blocks_become_lines_and_tags_go(markup: str, text: str) -> None:
    assert without_markup(markup) == text


@pytest.mark.parametrize("hostile", ["<a" * 200_000, "<p" * 200_000, " " * 400_000, "<" * 400_000])
@pytest.mark.usefixtures("no_hang")
def test_hostile_markup_takes_linear_time(hostile: str) -> None:
    assert len(without_markup(hostile)) <= len(hostile)
