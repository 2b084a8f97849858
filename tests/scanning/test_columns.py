"""Columns look like the lists of values that they were made of."""

from __future__ import annotations

import pytest
from columns_made import articles_of, pairs_of
from hypothesis import given
from hypothesis import strategies as st
from newsdesk import corpus

from dedup import Article, scan
from dedup.detect.verdict import Label
from dedup.scanning import Apart, Pair, Role, Scanned

IDS = st.text(min_size=1, max_size=5)
MAYBE = st.none() | st.text(max_size=4)


def scanned(id: str, role: Role = Role.SINGLE, **known: object) -> Scanned:
    about = dict.fromkeys(
        ["path", "title", "outlet", "date", "url", "language", "cluster", "representative"]
    )
    rest = {"place": 0, "words": 0, "similarity": None, "stories": ()}
    return Scanned(id=id, role=role, **{**about, **rest, **known})  # type: ignore[arg-type]


@st.composite
def corpora(draw: st.DrawFn) -> list[Scanned]:
    ids = sorted(draw(st.sets(IDS, min_size=1, max_size=8)))
    name = st.none() | st.sampled_from(ids)
    return [
        Scanned(
            id=id,
            path=draw(MAYBE),
            place=draw(st.integers(0, 1 << 40)),
            title=draw(MAYBE),
            outlet=draw(MAYBE),
            date=draw(MAYBE),
            url=draw(MAYBE),
            language=draw(MAYBE),
            words=draw(st.integers(0, 1 << 31 - 1)),
            role=draw(st.sampled_from(Role)),
            cluster=draw(name),
            representative=draw(name),
            similarity=draw(st.none() | st.floats(0, 1)),
            stories=tuple(sorted(draw(st.sets(st.sampled_from(ids), max_size=3)))),
        )
        for id in ids
    ]


@given(corpora())
def test_articles_come_out_as_they_went_in(rows: list[Scanned]) -> None:
    articles = articles_of(reversed(rows))
    assert list(articles) == rows
    assert articles[:] == rows
    assert articles[-1] == rows[-1]
    assert [articles.row_of(one.id) for one in rows] == list(range(len(rows)))


@given(corpora(), st.data())
def test_pairs_come_out_as_they_went_in(rows: list[Scanned], data: st.DataObject) -> None:
    names = articles_of(rows).names
    ids = [one.id for one in rows]
    keys = data.draw(st.sets(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=5))
    ratio = st.floats(0, 1)
    pairs = [
        Pair(
            *key,
            label=data.draw(st.none() | st.sampled_from(Label)),
            same_story=data.draw(st.booleans()),
            jaccard=data.draw(ratio),
            containment=data.draw(ratio),
            coverage_unquoted=data.draw(st.none() | ratio),
            longest_run_unquoted=data.draw(st.none() | st.integers(0, 1 << 30)),
            joined=data.draw(st.booleans()),
            apart=data.draw(st.none() | st.sampled_from(Apart)),
        )
        for key in sorted(keys)
    ]
    columns = pairs_of(reversed(pairs), names)
    assert list(columns) == pairs
    assert columns.of(0) == [pair for pair in pairs if ids[0] in (pair.a, pair.b)]


def test_a_result_is_shown_in_a_line_however_large_it_is() -> None:
    found = scan([Article(str(record["text"])) for record in corpus()])
    assert repr(found) == f"Scan(mode='stories', threshold=None, counts={found.counts})"
    assert repr(found.articles) == f"<Articles: {len(found.articles)}>"
    assert repr(found.pairs) == f"<Pairs: {len(found.pairs)}>"
    assert repr(found.articles.names) == f"<Names: {len(found.articles)}>"


def test_what_is_not_there_is_an_error() -> None:
    articles = articles_of([scanned("b"), scanned("d")])
    for id in "ace":
        with pytest.raises(KeyError):
            articles.row_of(id)
    with pytest.raises(IndexError):
        articles[2]


def test_an_id_of_an_older_corpus_is_a_row_of_it() -> None:
    copy = scanned("new", Role.MEMBER, cluster="old", representative="old", similarity=0.5)
    articles = articles_of([copy])
    assert articles.old == 1
    assert list(articles) == [copy]
