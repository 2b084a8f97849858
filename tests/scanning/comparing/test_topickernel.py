"""The compiled engine finds topics as alike as `likeness` does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Article
from dedup.scanning.comparing.batchtopics import likeness_of, open_topics
from dedup.scanning.comparing.weighing import likeness
from dedup.scanning.outlining.flatsheets import lay_sheets
from dedup.scanning.outlining.packing import pack_sheet
from dedup.scanning.outlining.sheets import make_sheet
from dedup.text import segment

pytest.importorskip("numba")

#: Words of all lengths that weigh differently, some of them of one character without a space.
WORDS = st.sampled_from(
    ["reservoir" * 40, "reservoir", "levee", "dam", "spillways", "a", "河", "水", "河水", " ", "\n"]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.lists(WORDS, max_size=150), min_size=1, max_size=4), st.booleans(), st.booleans()
)
def test_any_texts(texts: list[list[str]], spaced: bool, stripped: bool) -> None:
    sheets = [make_sheet(segment(Article((" " if spaced else "").join(text)))) for text in texts]
    sheets = [
        replace(sheet, furniture=np.arange(0, len(sheet.tokens), 3, dtype=np.int32))
        for sheet in sheets
    ]
    flat = lay_sheets([pack_sheet(sheet) for sheet in sheets])
    topics = open_topics(flat)
    pairs = np.array([(a, b) for a in range(len(sheets)) for b in range(len(sheets))])
    for bare in (stripped, not stripped, stripped):
        some = pairs[::2] if bare == stripped else pairs  # some topics were found before
        found = likeness_of(topics, some, bare)
        here = [sheet.stripped for sheet in sheets] if bare else sheets
        expected = [likeness(here[a], here[b]) for a, b in some.tolist()]
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
        assert (found <= 1).all()
