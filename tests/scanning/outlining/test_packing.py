"""A packed sheet is its arrays, and can be read as numbers where it lies among others."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from newsdesk import POLICY, story

from dedup.article import Article
from dedup.detect.shingles import shingle_hashes
from dedup.scanning.outlining.packing import ALIGNED, pack_sheet, unpack_sheet
from dedup.scanning.outlining.sheets import make_sheet
from dedup.text import outline

NAMES = ("tokens", "letters", "breaks", "quotes", "pairs", "furniture", "page")
FURNITURE = np.unique(shingle_hashes(POLICY.lower().rstrip(".").split(), 3))
PIECES = ["", "Dam", "“It holds.”", "A B C", "\nAdvertisement\n", POLICY, " ".join(story(1))]
ARTICLES = st.builds(
    Article,
    st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join),
    url=st.sampled_from([None, "https://daily.example/dam"]),
)


@given(ARTICLES)
def test_what_was_packed_is_unpacked(article: Article) -> None:
    sheet = make_sheet(outline(article), FURNITURE, 3)
    packed = pack_sheet(sheet)
    assert len(packed) % ALIGNED == 0
    for name in NAMES:
        np.testing.assert_array_equal(getattr(unpack_sheet(packed), name), getattr(sheet, name))
