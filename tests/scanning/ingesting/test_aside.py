"""What is set aside of an article is what its segmentation depends on."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.article import Article
from dedup.reading.piece import Record
from dedup.scanning.ingesting.aside import Asides, from_spool, set_aside, where_they_lie
from dedup.scanning.ingesting.gathering import groups_of

TEXTS = st.text(st.characters(exclude_categories=[]), max_size=9)
MAYBE = st.none() | st.text(max_size=9)
RECORDS = st.builds(
    Record, st.just("a1"), TEXTS, MAYBE, st.none(), st.none(), MAYBE, MAYBE, st.just(""), st.just(0)
)
ODD = Record("a1", "þÿý", "", None, None, "https://daily.example/ÿ", "en", "", 0)
SURROGATE = Record("a1", "Dam \ud800", "", None, None, "", "", "", 0)


def articles(records: list[Record], *, placed: bool) -> list[Article]:
    return [
        Article(
            one.text,
            title=one.title,
            url=(one.url or None) if placed else None,
            language=one.language or None,
        )
        for one in records
    ]


def read(groups: list[Asides]) -> list[Article]:
    for asides in groups:
        rows = range(len(asides))
        assert [asides.read(row) for row in rows] == [aside.article for aside in asides]
        assert [asides.title(row) for row in rows] == [aside.article.title for aside in asides]
    return [aside.article for asides in groups for aside in asides]


@given(st.lists(RECORDS, max_size=5))
@example([ODD])
@example([SURROGATE])
def test_an_article_is_read_as_it_was_set_aside(records: list[Record]) -> None:
    laid = [set_aside(group) for group in groups_of(records, [])]
    found = [
        from_spool(one.data, one.offsets[:-1], np.diff(one.offsets), np.zeros(len(one), np.uint64))
        for one in laid
    ]
    assert read(found) == articles(records, placed=True)
    assert [len(one.data) for one in laid] == [one.offsets[-1] for one in laid]


@given(st.lists(RECORDS, max_size=5))
@example([ODD])
@example([SURROGATE])
def test_an_article_is_read_where_it_lies(records: list[Record]) -> None:
    found = [
        where_they_lie(group, np.arange(len(group.texts), dtype=np.uint64))
        for group in groups_of(records, [])
    ]
    assert read(found) == articles(records, placed=False)
    for asides in found:
        some = asides[np.arange(len(asides))[::-2].copy()]
        assert [*some] == [*asides][::-2]
        assert some.pages.tolist() == [*range(len(asides))][::-2]


def test_a_line_is_a_part_of_a_text() -> None:
    (group,) = groups_of(
        [Record("a1", text, "Dam", None, None, None, "en", "", 0) for text in ("x", "Levée\nDam")],
        [],
    )
    asides = where_they_lie(group, np.zeros(2, dtype=np.uint64))
    assert (asides.line(1, 0, 6), asides.line(1, 7, 10)) == ("Levée", "Dam")
