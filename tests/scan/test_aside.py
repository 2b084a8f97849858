"""What is set aside of an article is what its segmentation depends on."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.article import Article
from dedup.detect.engine import NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.reading.piece import Record
from dedup.scanning.aside import set_aside
from dedup.scanning.gathering import groups_of

NO_PAGES = np.empty(0, dtype=np.uint64)
TEXTS = st.text(st.characters(exclude_categories=[]), max_size=9)
MAYBE = st.none() | st.text(max_size=9)
RECORDS = st.builds(
    Record, st.just("a1"), TEXTS, MAYBE, st.none(), st.none(), MAYBE, MAYBE, st.just(""), st.just(0)
)


@given(st.lists(RECORDS, max_size=5))
@example([Record("a1", "þÿý", "", None, None, "https://daily.example/ÿ", "en", "", 0)])
@example([Record("a1", "Dam \ud800", "", None, None, "", "", "", 0)])
def test_an_article_is_read_as_it_was_set_aside(records: list[Record]) -> None:
    laid = [set_aside(group, NO_PAGES, NumpyEngine()) for group in groups_of(records, [])]
    assert [aside.article for asides in laid for aside in asides] == [
        Article(one.text, title=one.title, url=one.url or None, language=one.language or None)
        for one in records
    ]
    assert [len(asides.data) for asides in laid] == [asides.sizes.sum() for asides in laid]


@pytest.mark.skipif(find_spec("numba") is None, reason="there is no compiled engine")
@given(st.lists(RECORDS, max_size=5))
def test_both_engines_lay_articles_in_one_way(records: list[Record]) -> None:
    for group in groups_of(records, []):
        one, two = (
            set_aside(group, NO_PAGES, engine) for engine in (NumpyEngine(), KernelEngine())
        )
        assert one.data.tobytes() == two.data.tobytes()
        assert (one.starts.tolist(), one.sizes.tolist()) == (
            two.starts.tolist(),
            two.sizes.tolist(),
        )
