"""Whether two names mean one source."""

from __future__ import annotations

import pytest

from dedup.article import Article
from dedup.diff import diff
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.sources import same_source
from dedup.text import segment

TEXT = "Sgt. Ines Calder, a police spokeswoman, and Mayor Tom Ashe met the press in Merrow."


def are_one(a: str, b: str, text: str = TEXT) -> bool:
    article = segment(Article(text, language="en"))
    return same_source(Pair(article, article, diff(article, article)), a.split(), b.split())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("police", "the police"),
        ("calder", "sgt ines calder"),
        ("calder", "he"),
        ("calder", "who"),
        ("calder", "a police spokeswoman"),
        ("tom ashe", "the mayor"),
        ("the mayor", "mayor ashe"),
        ("a spokesman for the ministry", "the ministry"),
        ("officials", "fire officials"),
        ("authorities", "officials"),
        ("fbi", "the federal bureau of investigation"),
        ("the lax police", "los angeles airport police"),
        ("german ministers", "germany's ministers"),
        ("anna zurawski", "anna zurawki"),
        ("the lawsuit", "the suit"),
        ("brown", "the woman"),
        ("several witnesses", "witnesses"),
    ],
)
def test_one_source(a: str, b: str) -> None:
    assert are_one(a, b)
    assert are_one(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("police", "officials"),
        ("calder", "ashe"),
        ("ines calder", "tom ashe"),
        ("russian officials", "ukrainian officials"),
        ("the defence ministry", "the foreign ministry"),
        ("witnesses", "prosecutors"),
        ("calder", "the governor"),
        ("the army", "the rebels"),
        ("mayor tom ashe", "deputy mayor ines calder"),
        ("the union", "the company"),
    ],
)
def test_two_sources(a: str, b: str) -> None:
    assert not are_one(a, b)
    assert not are_one(b, a)


def test_an_office_belongs_to_whom_an_article_names_beside_it() -> None:
    assert are_one("moor", "the governor", "Gov. Lena Moor spoke first.")
    assert not are_one("moor", "the governor", "Lena Moor spoke first.")
