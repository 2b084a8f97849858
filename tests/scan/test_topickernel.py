"""The compiled engine finds topics as alike as `likeness` does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Article
from dedup.detect.batch import offsets_of
from dedup.scanning.sheets import make_sheet
from dedup.scanning.weighing import likeness
from dedup.text import segment

pytest.importorskip("numba")

#: Words of all lengths that weigh differently, some of them of one character without a space.
WORDS = st.sampled_from(
    ["reservoir", "levee", "dam", "spillways", "a", "河", "水", "河水", " ", "\n"]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=40), min_size=1, max_size=4), st.booleans())
def test_any_texts(texts: list[list[str]], spaced: bool) -> None:
    from dedup.scanning.topickernel import liken

    sheets = [make_sheet(segment(Article((" " if spaced else "").join(text)))) for text in texts]
    pairs = np.array([(a, b) for a in range(len(sheets)) for b in range(len(sheets))])
    found = np.full(len(pairs), np.nan)
    liken(
        pairs,
        np.concatenate([sheet.tokens for sheet in sheets]),
        offsets_of([len(sheet.tokens) for sheet in sheets]),
        np.concatenate([sheet.letters for sheet in sheets]),
        np.concatenate([sheet.pairs for sheet in sheets]),
        offsets_of([len(sheet.pairs) for sheet in sheets]),
        found,
    )
    expected = [likeness(sheets[a], sheets[b]) for a, b in pairs.tolist()]
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    assert (found <= 1).all()
