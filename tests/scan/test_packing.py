"""Sheets that are packed at once are packed as each alone is."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from newsdesk import POLICY, story

from dedup.article import Article
from dedup.detect.batch import offsets_of
from dedup.detect.shingles import shingle_hashes
from dedup.scanning.packing import pack_sheet, pack_sheets
from dedup.scanning.sheets import Sheet, make_sheet
from dedup.text import outline

NAMES = ("tokens", "letters", "breaks", "quotes", "pairs", "furniture", "page")
FURNITURE = np.unique(shingle_hashes(POLICY.lower().rstrip(".").split(), 3))
PIECES = ["", "Dam", "“It holds.”", "A B C", "\nAdvertisement\n", POLICY, " ".join(story(1))]
ARTICLES = st.builds(
    Article,
    st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join),
    url=st.sampled_from([None, "https://daily.example/dam"]),
)


def flat(sheets: list[Sheet], name: str) -> list[np.ndarray]:
    return [getattr(sheet, name).reshape(-1) for sheet in sheets]


@given(st.lists(ARTICLES, min_size=1, max_size=6))
def test_many_sheets_are_packed_as_each_is(articles: list[Article]) -> None:
    sheets = [make_sheet(outline(article), FURNITURE, 3) for article in articles]
    packed = pack_sheets(
        {name: np.concatenate(flat(sheets, name)) for name in NAMES},
        {name: offsets_of(map(len, flat(sheets, name))) for name in NAMES},
    )
    assert list(packed) == [pack_sheet(sheet) for sheet in sheets]
