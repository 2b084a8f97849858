"""Lines that the compiled engine writes: bit for bit what is made of the rows one by one."""

from __future__ import annotations

import io
from dataclasses import fields, replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from dedup import Article, scan
from dedup.detect.batch import offsets_of
from dedup.report.scan_build import article_values, write_articles
from dedup.report.scan_model import ArticleReport
from dedup.report.tables import write_json_values
from dedup.scanning import Scan, rowlines
from dedup.scanning.columns import NOBODY, ROLES, Articles, Known, Names

#: Characters that JSON escapes, or not, and texts whose MessagePack begins in each way.
CHARACTERS = st.one_of(
    st.sampled_from('\x00\x01\x08\t\n\x0b\x0c\r\x1f"\\/\x7f é東😀'),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=40),
    st.text(CHARACTERS, max_size=3).map(lambda text: text * 30),
    st.sampled_from(["", "x" * 31, "x" * 32, "x" * 255, "x" * 256, "x" * 65_535, "é" * 40_000]),
)
MAYBE = st.none() | TEXTS
PLACES = st.one_of(
    st.integers(0, 300),
    st.sampled_from([127, 128, 255, 256, 65_535, 65_536, 2**32 - 1, 2**32, 2**40]),
)
KNOWN = st.builds(Known, TEXTS, MAYBE, PLACES, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE)
#: Of an article: what is known, cluster, role, representative, similarity, words.
ROWS = st.tuples(
    KNOWN,
    st.integers(NOBODY, 9),
    st.integers(0, len(ROLES) - 1),
    st.integers(NOBODY, 9),
    st.none() | st.floats(0, 1),
    st.sampled_from([0, 1, 9, 10, 2**31 - 1]),
)
Row = tuple[Known, int, int, int, float | None, int]


ONE = scan([Article("The dam holds.")], engine="numba", workers=1)


def scan_of(rows: list[Row], old: int) -> Scan:
    """Return a scan of such articles, whose rows name each other at random."""
    known, cluster, role, chosen, similarity, words = zip(*rows, strict=True)
    packed = [msgspec.msgpack.encode(one) for one in known]
    edges = offsets_of(map(len, packed))
    last = len(rows) - 1
    articles = Articles(
        Names(b"".join(packed), edges[:-1], edges[1:]),
        np.array(words, dtype=np.int32),
        np.array(role, dtype=np.uint8),
        np.minimum(np.array(cluster, dtype=np.int32), last),
        np.minimum(np.array(chosen, dtype=np.int32), last),
        np.array([np.nan if one is None else one for one in similarity]),
        old=min(old, last),
    )
    return replace(ONE, articles=articles)


def both_ways(found: Scan) -> tuple[bytes, bytes]:
    fast, plain = io.BytesIO(), io.BytesIO()
    write_articles(found, fast)
    write_json_values(article_values(found, 0, len(found.articles)), ArticleReport, plain)
    return fast.getvalue(), plain.getvalue()


@settings(max_examples=150, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=9), st.integers(0, 3), st.sampled_from([1, 2, 1024]))
def test_lines_are_those_of_the_rows(rows: list[Row], old: int, together: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dedup.report.scan_build.BATCH", together)
        fast, plain = both_ways(scan_of(rows, old))
    assert fast == plain


def test_columns_are_those_of_the_report() -> None:
    assert tuple(field.name for field in fields(ArticleReport)) == rowlines.COLUMNS


def test_digests_among_the_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dedup.report.scan_build.BATCH", 2)
    known = Known("a", None, 1, 'The "dam"', None, None, None, None)
    rows: list[Row] = [(known._replace(id=name), NOBODY, 2, NOBODY, None, 3) for name in "abcde"]
    found = scan_of(rows, 0)
    found = replace(found, articles=replace(found.articles, stories={3: (0, 4)}))
    fast, plain = both_ways(found)
    assert fast == plain
    assert b'"stories":["a","e"]' in fast


def test_no_article_is_no_line() -> None:
    assert not len(rowlines.lines_of(ONE.articles, 0, 0))
    assert both_ways(ONE)[0].startswith(b'{"id":"1","cluster":null,"role":"single",')
