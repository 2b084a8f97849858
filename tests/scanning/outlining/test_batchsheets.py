"""The sheets that the compiled engine makes are those of the outlines, bit for bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdesk import POLICY, story

from dedup.article import Article
from dedup.detect.address import page_digest
from dedup.detect.batch import encode, offsets_of
from dedup.detect.marking import Furniture
from dedup.detect.shingles import shingle_hashes
from dedup.scanning.ingesting.aside import PLACED, Asides, from_spool
from dedup.scanning.ingesting.gathering import SPOKEN, TITLED
from dedup.scanning.outlining import batchoutline, lineverdicts
from dedup.scanning.outlining.batchsheets import packed_sheets, room_for, write_sheets
from dedup.scanning.outlining.packing import pack_sheet, unpack_sheet
from dedup.scanning.outlining.sheets import make_sheet
from dedup.text import outline
from dedup.text.rules import LONGEST, rule_for, rules

pytest.importorskip("numba")

RULE_LINES = [
    line for rule in rules() for line in (*rule.lines[:3], *rule.examples, *rule.counters)
]
#: Lines and pieces of lines: headlines, furniture, quotations; what folds in odd ways, what has no
#: width, what is no text at all.
PIECES = [
    *"“”\"'‘’`ʼ.?!«»—「」。&_\n\n\n\n\r\x85\u2028\x1f\t ",
    *["ß", "ſ", "İ", "ﬁ", "Σ", "e\u0301", "\u00ad", "\u200b", "가", "\u1100\u1161", "\u00a0", "🚢"],
    *["\ud800", "水", "河川", "カ", "x", "Yz", "5", "don’t", "rock ’n’ roll", "6'2\"", "AP", "/"],
    *[" " * 70, "levee " * 110, "The ferry sank. ", "READ\u00a0  more: ", "ADVERTISEMENT"],
    "The ferry Marit sank off Bergen on Monday, and forty people were saved by fishermen. ",
    "“We saw the lights go out,” said Sen. Ann Moss, who was aboard. “Then nothing.” ",
    "\n- News\n- Sports\n- Weather\n- World\n- Business\n",
    "Divers look for the captain, pictured, left, with Lee Orr of Bergen\nPhoto: Ann Moss/AP\n",
    "The ferry left the harbor of Bergen late on Sunday night with a load of\n"
    "timber and fish for the southern ports, and was not heard of again until\n"
    "a fisherman from Merrow saw its lights go out in the fog, he said on the\n"
    "radio, and the divers who came found nothing but planks and a bell, and,\n",
    f"\n{POLICY}\n",
]
TITLES = [None, "Ferry sinks off Bergen", "Advertisement", "The ferry sank"]
FURNITURE = np.unique(
    np.concatenate([shingle_hashes(POLICY.lower().rstrip(".").split(), 3),
                    shingle_hashes(["the", "ferry", "sank"], 3)])
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from([*PIECES, *RULE_LINES]), max_size=20).map("\n".join),
)
ARTICLES = st.builds(
    Article,
    TEXTS,
    title=st.sampled_from(TITLES),
    url=st.sampled_from([None, "https://daily.example/dam"]),
)


#: Marks, and what stands around them when they do something else than usual.
MARKED = [
    *"\"“”„‟«»‹›「」『』〝〞〟＂‘’‚‛''''\"\"““””’’",
    *" \n\n.,(—–[s5a٣²𝟏/",
    *["The dam holds", "’90s", "‘em ", "'til", "6' 2", "5’11", "said", "s’ ", "ſ", "90s", "\u00a0"],
]
#: Words of every length around eight bytes and sixteen, and what may join or part them.
WORDS = [
    *"abcxyzé水カ'’`ʼ.,- \n-5٣",
    *["word", "letters", "eightlet", "ninelette", "sixteenletterwrd", "x水", "'s", "’s"],
]


def laid(articles: list[Article], behind: int = 0) -> Asides:
    """Lay articles end to end as they are set aside, and other bytes behind them."""
    data = [
        encode(article.text)
        + (b"" if article.title is None else TITLED + encode(article.title))
        + SPOKEN
        + PLACED
        + encode(article.url or "")
        for article in articles
    ]
    offsets = offsets_of(map(len, data))
    pages = np.array([page_digest(article.url) for article in articles], dtype=np.uint64)
    whole = np.frombuffer(b"".join(data) + b'"' * behind, dtype=np.uint8)
    return from_spool(whole, offsets[:-1], np.diff(offsets), pages)


def sheets_of(articles: list[Article], behind: int) -> list[bytes]:
    made = []
    for packed in packed_sheets(laid(articles, behind), Furniture(FURNITURE, 3)):
        data = b"".join(packed.pieces)
        ends = np.cumsum(packed.sizes).tolist()
        made += [data[end - size : end] for end, size in zip(ends, packed.sizes, strict=True)]
        assert len(data) == packed.sizes.sum()
    return made


def agree(articles: list[Article]) -> None:
    made = sheets_of(articles, 0)
    assert made == sheets_of(articles, 100)  # where even the last can be looked at by vectors
    assert len(made) == len(articles)
    for packed, article in zip(made, articles, strict=True):
        sheet = unpack_sheet(packed)
        expected = make_sheet(outline(article), FURNITURE, 3)
        for name in ("tokens", "letters", "breaks", "quotes", "pairs", "furniture", "page"):
            np.testing.assert_array_equal(getattr(sheet, name), getattr(expected, name), name)
        assert packed == pack_sheet(expected)


@settings(max_examples=300, deadline=None)
@given(st.lists(ARTICLES, max_size=6))
def test_any_texts(articles: list[Article]) -> None:
    agree(articles)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.builds(Article, st.lists(st.sampled_from(MARKED)).map("".join)), max_size=6))
def test_any_quotation_marks(articles: list[Article]) -> None:
    agree(articles)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.builds(Article, st.lists(st.sampled_from(WORDS)).map("".join)), max_size=6))
def test_any_words(articles: list[Article]) -> None:
    agree(articles)


@pytest.mark.parametrize("around", ["{}", "\n{}\n", "Ferry sinks\n{}\nThe ferry sank.\n“Help.”"])
def test_every_line_that_a_rule_tells_and_every_near_miss(around: str) -> None:
    lines = [*RULE_LINES, *map(str.upper, RULE_LINES), *(f"“{line}" for line in RULE_LINES)]
    agree([Article(around.replace("{}", line)) for line in lines])


@pytest.mark.parametrize("behind", ["", "s", "S", "’s", " s", "é", "—", "  : The dam", "."])
def test_every_phrase_and_what_follows_it(behind: str) -> None:
    phrases = {phrase for rule in rules() for phrase in (*rule.lines, *rule.starts, *rule.labels)}
    agree([Article(f"- {phrase}{behind}\nThe ferry sank.") for phrase in sorted(phrases)])


@pytest.mark.parametrize("name", ["Newsreel", "Éire", "A&M_2", "R", "newsreel", "Sun News", "5TV"])
@pytest.mark.parametrize("stop", ["", ".", "”", "\u00a0", " of", " 水"])
def test_a_name_behind_a_sentence(name: str, stop: str) -> None:
    line = "Divers still look for the captain of the ferry Marit, which sank on Monday. "
    agree([Article(f"{line}{name}{stop}"), Article(f"{line}Harbor\u00a0{name}{stop}")])


@pytest.mark.parametrize("note", ["All rights reserved.", "(AP Photo/Ann Moss)", "x@daily.example"])
def test_a_word_that_a_rule_needs_is_found_wherever_it_stands(note: str) -> None:
    agree([Article(f"{'y' * length} {note}\nThe ferry sank.") for length in range(150)])
    agree([Article(f"The ferry sank.\n{'Of a ferry, ' * 12}{note}")])


@pytest.mark.parametrize("length", [LONGEST - 1, LONGEST, LONGEST + 1])
def test_a_line_as_long_as_any_rule_allows(length: int) -> None:
    note = "An earlier version of this article misspelled the captain’s name"
    agree([Article(f"{note}{' very' * 200}"[:length].ljust(length, "y"))])


def test_a_rule_for_the_edges_holds_there_alone() -> None:
    text = [" ".join(story(1)[:2])] * 20
    agree([Article("\n".join([*text[:at], "By Ann Moss", *text[at:]])) for at in range(21)])


@pytest.mark.parametrize("length", [255, 256, 257, 65_535, 65_536])
def test_a_word_of_any_length(length: int) -> None:
    word = "y" * length
    agree([Article(word), Article(f"The ferry {word} sank.\nAdvertisement"), Article("It rained.")])
    agree([Article(f"{POLICY}\n{word}\n{word[:-1]}’s")])


AGENCIES = [
    *["AP", "(AP)", "The AP", "AP Writer", "LEE MOSS | AP Staff", "Lee Moss/AP"],
    *[
        "Agence France-Presse",
        "Ann Moss and Lee Orr, Press Association",
        "AP, The Associated Press",
    ],
    *["United Press International", "РИА Новости", "共同通信", "Ann Moss (dpa)", "Lee Orr — EFE"],
    *["Ann Moss via AP", "AP Photo", "Getty Images", "Moss|Pool", "Ann Moss - AP"],
]
NO_AGENCIES = ["Map", "Lee Moss Apt", "Grapes", "Lee Moss-AP", "MapAP"]


def test_the_name_of_an_agency_is_found_where_it_stands_for_itself() -> None:
    lines = [*AGENCIES, *NO_AGENCIES]
    agree([Article(f"The ferry sank.\n{line}\nIt rained.") for line in lines])
    assert [line for line in lines if rule_for(line) is None] == NO_AGENCIES


def test_what_a_line_says_of_its_neighbours_counts() -> None:
    below = [
        "Mayor quits over bridge",
        "The mayor quit, police said.",
        "Advertisement",
        "READ MORE:",
        "2 hours ago\nMayor quits over bridge",
        "Photo: Ann Moss/AP\nMayor quits over bridge",
    ]
    above = "Divers look for the captain, pictured, left, with Lee Orr of Bergen"
    agree([Article(f"The ferry sank.\nRelated stories\n{line}\nIt rained.") for line in below])
    agree([Article(f"Trending now\n{line}\nThe ferry sank.") for line in below])
    agree([Article(f"{above}\nPhoto: Ann Moss/AP"), Article("Photo: Ann Moss/AP\nIt rained.")])
    agree([Article("Advertisement\nThe ferry sank.", title="Advertisement - Bergen Daily")])


def test_furniture_that_overlaps_and_ends_a_text() -> None:
    line = "the ferry sank the ferry sank"
    agree([Article(line), Article(f"{line} on Monday\n{POLICY}"), Article(POLICY)])


def test_a_letter_to_be_is_no_letter() -> None:
    agree([Article("\U0003134b"), Article("\U0003134b\nThe ferry sank."), Article("𠀀\n𠀀𠀁")])


def test_little_room_and_a_short_memory_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batchoutline, "ROOM", 1)
    monkeypatch.setattr(batchoutline, "OTHER_ROOM", 1)
    monkeypatch.setattr(lineverdicts, "MOST_KNOWN", 2)
    articles = [Article(f"The ferry sank.\n{line}\nIt rained.") for line in RULE_LINES]
    agree([*articles, *articles, Article("Dam.")])


def test_no_articles_and_empty_ones() -> None:
    agree([])
    agree([Article(""), Article("\n \n"), Article("."), Article("dam")])


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["ferry", "sank", "dam", "holds", "rain", "fell"]), max_size=90),
    st.integers(0, 40),
)
def test_any_furniture(words: list[str], known: int) -> None:
    """Sheets are the same whatever share of the shingles is furniture, and how many others are."""
    text = " ".join(words)
    own = np.unique(np.array(shingle_hashes(words, 3), dtype=np.uint32))[:known]
    others = np.arange(1, 50_000_000, 50_021, dtype=np.uint32)[: known * 20]
    shingles = np.unique(np.concatenate([own, others]))
    (packed,) = packed_sheets(laid([Article(text)]), Furniture(shingles, 3))
    assert b"".join(packed.pieces) == pack_sheet(make_sheet(outline(Article(text)), shingles, 3))


def test_sheets_are_written_where_they_are_wanted() -> None:
    articles = [Article(f"The ferry sank.\n{line}\nIt rained.") for line in RULE_LINES[:50]]
    articles += [Article("The leve\u0301e holds."), Article("It rained.")]
    asides, furniture = laid(articles), Furniture(FURNITURE, 3)
    out = np.zeros(100 + room_for(asides) // 8, dtype=np.uint64)
    begins, end = write_sheets(asides, furniture, out, 800)
    assert end <= out.nbytes
    assert not out[:100].any()
    made, written = out.view(np.uint8), 800
    for begin, article in zip(begins.tolist(), articles, strict=True):
        expected = pack_sheet(make_sheet(outline(article), FURNITURE, 3))
        assert made[begin : begin + len(expected)].tobytes() == expected
        written += len(expected)
    assert written == end
