"""What counts as one word on the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import document

from dedup.article import Span
from dedup.diff import Style
from dedup.diff.rules import plain
from dedup.diff.surface import covered, surface_words
from dedup.text.normalize import fold, visible

WHOLE = [
    ("the U.S. ship", ["the", "U.S.", "ship"]),
    ("a U.S.-led force", ["a", "U.S.-led", "force"]),
    ("the 13th day", ["the", "13th", "day"]),
    ("$5 million and €3.5bn", ["$5 million", "and", "€3.5bn"]),
    ("1,000 men, 3.5 tons", ["1,000", "men", ",", "3.5", "tons"]),
    ("5 percent, 5%, five per cent", ["5 percent", ",", "5%", ",", "five per cent"]),
    ("on Jan. 6, 2021, at 5 p.m.", ["on", "Jan. 6, 2021", ",", "at", "5 p.m."]),
    ("17 March 2023 or March 2023", ["17 March 2023", "or", "March 2023"]),
    ("a cease-fire, a 17-year-old", ["a", "cease-fire", ",", "a", "17-year-old"]),
    ("Mr. Berg’s dog", ["Mr.", "Berg’s", "dog"]),
    ("twenty-one goats", ["twenty-one", "goats"]),
    ("one-time oneself", ["one-time", "oneself"]),
    ("“Go,” he said...", ["“", "Go", ",", "”", "he", "said", "..."]),
    ("stop -- now — so", ["stop", "--", "now", "—", "so"]),
    ("3.5km from F-16s", ["3.5", "km", "from", "F-16s"]),
    ("in 2016-17 and the 1980s", ["in", "2016-17", "and", "the", "1980s"]),
    ("co\u00adoperate\u200b now", ["cooperate", "now"]),
    ("東京 2020", ["東", "京", "2020"]),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_numbers_dates_and_abbreviations_stay_whole(text: str, expected: list[str]) -> None:
    assert [word.text for word in surface_words(document(text), (0,))] == expected


@given(st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip())))
def test_no_visible_character_is_left_out(text: str) -> None:
    one_line = " ".join(text.split())
    words = surface_words(document(one_line), (0,))
    assert [c for word in words for c in visible(word.text) if c != " "] == [
        c for word in words for c in visible(one_line[word.start : word.end]) if c != " "
    ]
    kept = {n for word in words for n in range(word.start, word.end)}
    left_out = "".join(c for n, c in enumerate(one_line) if n not in kept)
    assert not visible(left_out)


FORMS = [
    form
    for rule in Style.builtin().rules.values()
    for group in rule.groups
    for form in rule.forms(group)
]
WORD = st.sampled_from(
    [*FORMS, "the", "The", "United", "of", "Gen.", "lt.", "per", "U.S.-led", "’s"]
)


@given(st.lists(WORD, min_size=1, max_size=8).map(" ".join))
def test_forms_are_found_as_a_search_of_all_lengths_finds_them(text: str) -> None:
    nothing = Style.of([])
    page, style = document(text), Style.builtin()
    parts = [(word.start, word.end) for word in surface_words(page, (0,), nothing)]
    found, at = [], 0
    while at < len(parts):
        start = parts[at][0]
        sizes = [
            size
            for size in range(2, min(14, len(parts) - at) + 1)
            if is_form(text, start, parts[at + size - 1][1], style)
        ]
        size = max(sizes, default=1)
        found.append((start, parts[at + size - 1][1]))
        at += size
    assert [(word.start, word.end) for word in surface_words(page, (0,), style)] == found


def is_form(text: str, start: int, end: int, style: Style) -> bool:
    """Whether a stretch of text stands in a table of the style, and no word goes on behind it."""
    if text[end : end + 1].isalnum() and text[end - 1].isalnum():
        return False
    form = plain(text[start:end]).removesuffix("'s").removesuffix("'S")
    return form in style.exact or fold(form) in style.folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U.S.", "United States"),
        ("Jan. 6", "January 6"),
        ("17 March 2023", "March 17, 2023"),
        ("1,000", "1000"),
        ("“", '"'),
        ("cease-fire", "ceasefire"),
        ("Advisor", "adviser"),
    ],
)
def test_house_style_does_not_change_a_key(one: str, other: str) -> None:
    keys = [[word.key for word in surface_words(document(text), (0,))] for text in (one, other)]
    assert keys[0] == keys[1]


def test_a_pronoun_is_not_a_country() -> None:
    us, country = (surface_words(document(text), (0,))[-1] for text in ("tell us", "the US"))
    assert us.key != country.key


def test_words_inside_spans() -> None:
    words = surface_words(document("one two three four"), (0,))
    assert covered(words, [Span(14, 18), Span(4, 7), Span(0, 0)]) == [False, True, False, True]


@pytest.mark.parametrize(
    "part", ["0", "1,", "1-", "a-", "the ", "five ", "U.S.", "$", "'", "No. ", "1st ", "twenty-"]
)
def test_long_runs_are_read_in_linear_time(part: str, no_hang: None) -> None:
    for text in (part * 3000, part * 3000 + "x", part * 3000 + "%"):
        assert surface_words(document(text), (0,))


def test_letters_do_not_stand_inside_a_number() -> None:
    words = surface_words(document("room 5a5 of 3/4"), (0,))
    assert [word.text for word in words] == ["room", "5a5", "of", "3/4"]
    assert words[1].key == "5a5"
