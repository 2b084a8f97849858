"""An outline holds what the segmented document holds, for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Article
from dedup.text import outline, segment

#: Lines and pieces of lines that are headlines, datelines, furniture, captions, quotations …
PIECES = [
    *"“”\"'‘’.?!«»—「」。\n\n\n\n\r\x85\u2028\t ",
    " ",
    "\n\n",
    "\u00a0",
    "\u00ad",
    "\u200b\n",
    "The ferry Marit sank off Bergen on Monday, and forty people were saved by fishermen.",
    "“We saw the lights go out,” said Sen. Ann Moss, who was aboard. “Then nothing.” ",
    "Divers look for the captain, pictured, left, with Lee Orr of Bergen",
    "KYIV, Ukraine (AP) — ",
    "MERROW — ",
    "Berlin, 5. Januar (dpa) – Der Minister hat das am Montag gesagt, und die Partei auch.",
    "新华社北京1月5日电 渡轮周一沉没。船长说：「我们看见了灯。」",
    "【ロンドン共同】フェリーが沈没した。",
    "МОСКВА, 5 января. /ТАСС/. Паром затонул в понедельник.",
    "القاهرة (رويترز) - غرقت العبارة يوم الاثنين.",
    "Ferry sinks off Bergen",
    "\nAdvertisement\n",
    "\nRelated stories\n",
    "\nRelated: Fog closes the port\n",
    "\nBy Ann Moss and Lee Orr\n",
    "\nPhoto: Ann Moss/AP\n",
    "\nThe Associated Press contributed to this report.\n",
    "The ferry left the harbor of Bergen late on Sunday night with a load of\n"
    "timber and fish for the southern ports, and was not heard of again until\n"
    "a fisherman from Merrow saw its lights go out in the fog, he said on the\n"
    "radio, and the divers who came found nothing but planks and a bell, and,\n"
    "as they told the paper, went home.\n",
    "e\u0301lite",
    "6'2\"",
    "🚢",
    "\ud800",
]
TITLES = [None, "Ferry sinks off Bergen", "Ferry sinks off Bergen - Harbor News", "Advertisement"]
NEWS_LIKE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(max_size=200), NEWS_LIKE),
    st.sampled_from(TITLES),
    st.sampled_from([None, "en", "de", "zh", "xx"]),
)
def test_an_outline_is_what_the_document_says(
    text: str, title: str | None, language: str | None
) -> None:
    article = Article(text, title=title, language=language)
    document, found = segment(article), outline(article)
    assert found.article is article
    assert found.tokens == document.tokens
    assert found.gaps == document.gaps
    assert found.quotations == document.quotations


@pytest.mark.parametrize("title", TITLES)
def test_a_headline_that_looks_like_furniture_is_no_gap(title: str | None) -> None:
    text = "Advertisement\n\nThe ferry sank on Monday, and all of the crew were saved by boats."
    assert outline(Article(text, title=title)).gaps == (() if title == "Advertisement" else (0,))
