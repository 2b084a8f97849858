"""Names, places and titles: tricky cases as a table, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import Article, compare
from dedup.diff.flags import FlagKind, FlagSettings, Severity

ABOUT_NAMES = (FlagKind.NAME_CHANGED, FlagKind.PLACE_CHANGED, FlagKind.TITLE_CHANGED)
ALONE = FlagSettings(dict.fromkeys(ABOUT_NAMES, Severity.HIGH))

PEOPLE = ("Ann Moss", "Anne Moss", "Rita Vance", "Vance", "Dr. Owen Pratt", "Sgt. Dana Cole")
TITLES = ("the mayor", "the former mayor", "President", "Prime Minister", "acting director", "CEO")
TOWNS = ("Merrow", "Port Hale", "Port Dale", "Lyon", "France", "north", "Springfield, Ohio")
SENTENCES = (
    "{title} {person} said the bridge in {town} would open in May.",
    "The ferry left {town} at noon with {person} and 40 others on board.",
    "“I have never been to {town},” {person} told the court on Friday.",
    "Police in {town} arrested {person}, {title} of a steel company.",
)


@st.composite
def reports(draw: st.DrawFn) -> str:
    """Draw a report of one to six sentences."""
    chosen = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
    return " ".join(
        sentence.format(
            title=draw(st.sampled_from(TITLES)),
            person=draw(st.sampled_from(PEOPLE)),
            town=draw(st.sampled_from(TOWNS)),
        )
        for sentence in chosen
    )


def flags(a: str, b: str, language: str = "en") -> list[tuple[str, str, str]]:
    """Return kind, words before and words after of each flag about names."""
    first, second = Article(a, language=language), Article(b, language=language)
    found = compare(first, second, flags=ALONE).flags
    assert all(flag.a is not None and flag.b is not None for flag in found)
    return [
        (flag.kind.value, a[flag.a.start : flag.a.end], b[flag.b.start : flag.b.end])
        for flag in found
        if flag.a and flag.b
    ]


@given(reports())
@settings(max_examples=40, deadline=None)
def test_a_text_against_itself_raises_nothing(text: str) -> None:
    assert flags(text, text) == []


@given(reports(), reports())
@settings(max_examples=60, deadline=None)
def test_what_is_quoted_stands_in_the_texts_and_is_raised_once(a: str, b: str) -> None:
    found = compare(Article(a, language="en"), Article(b, language="en"), flags=ALONE).flags
    for flag in found:
        assert flag.a is not None and flag.b is not None
        assert 0 <= flag.a.start < flag.a.end <= len(a)
        assert 0 <= flag.b.start < flag.b.end <= len(b)
        assert a[flag.a.start : flag.a.end] != b[flag.b.start : flag.b.end]
    places = [(flag.kind, flag.a) for flag in found]
    assert len(set(places)) == len(places)


#: What A says, what B says, and the flag: its kind and the words before and after, if there is one.
NAMES: list[tuple[str, str, tuple[str, str, str] | None]] = [
    ("said Ann Moss, 34.", "said Rita Moss, 34.", ("name_changed", "Ann Moss", "Rita Moss")),
    ("Mr. Lund slept.", "Mr. Holm slept.", ("name_changed", "Lund", "Holm")),
    ("agents of the FBI.", "agents of the DEA.", ("name_changed", "FBI", "DEA")),
    ("by the LAX Police Department.", "by the Los Angeles Airport Police.", None),
    ("by the DOJ in May.", "by the Department of Justice in May.", None),
    ("by ExxonOil Corp. in May.", "by Exxon Oil Corp. in May.", None),
    ("said Mike Lund, 41.", "said Michael Lund, 41.", None),
    ("said M. Lund, 41.", "said Michael Lund, 41.", None),
    ("the Justice Department.", "the Justice Dept.", None),
    ("Rep. Ann Moss, D-Ohio, slept.", "Rep. Ann Moss, D-OH, slept.", None),
    ("said Osama Hussein, 41.", "said Osama Hussain, 41.", None),
    (
        "said Paul Hussein, 41.",
        "said Paul Hussain, 41.",
        ("name_changed", "Paul Hussein", "Paul Hussain"),
    ),
    (
        "the road to Merrow, Ohio.",
        "the road to Merrow, Iowa.",
        ("place_changed", "Merrow, Ohio", "Merrow, Iowa"),
    ),
    ("in northern Syria.", "in southern Syria.", ("place_changed", "northern", "southern")),
    ("in North Korea.", "in South Korea.", ("place_changed", "North Korea", "South Korea")),
    ("a house in Georgia.", "a house in Atlanta.", None),
    ("an envoy of Bolivia.", "a Bolivian envoy.", None),
    ("Mexico's ships sailed.", "Mexito's ships sailed.", ("place_changed", "Mexico", "Mexito")),
    ("a house in Britain.", "a house in London.", None),
    (
        "former U.S. senator Ann Moss slept.",
        "U.S. senator Ann Moss slept.",
        ("title_changed", "former U.S. senator", "senator"),
    ),
    ("the company's CEO, Ann Moss.", "the company's president and CEO, Ann Moss.", None),
]


@pytest.mark.parametrize(("a", "b", "flag"), NAMES)
def test_tricky_cases(a: str, b: str, flag: tuple[str, str, str] | None) -> None:
    start = "The harbour was closed on Monday after a night of storms, people there were told: "
    assert flags(start + a, start + b) == ([flag] if flag else [])


def test_other_languages_are_left_alone() -> None:
    a = "Der Minister Karl Lund hat das am Montag in Berlin gesagt, und die Partei auch."
    assert flags(a, a.replace("Lund", "Holm").replace("Berlin", "Wien"), "de") == []
    assert flags(a, a.replace("Lund", "Holm"), "en") == [("name_changed", "Karl Lund", "Karl Holm")]


def test_an_article_that_names_both_places_together_says_that_one_lies_in_the_other() -> None:
    a = "The fire began in a bakery in Aldgrave and spread to nine houses before noon."
    b = a.replace("Aldgrave", "Merrow")
    assert flags(a, b) == [("place_changed", "Aldgrave", "Merrow")]
    assert flags(a, b + " Aldgrave, a part of Merrow, is 400 years old.") == []


def test_a_dateline_is_compared_though_the_text_below_it_is_another() -> None:
    a = "LISBON (Reuters) - Two climbers were found alive after a night in the snow."
    b = "MADRID, Jan. 5 (AP) — Shares fell by a fifth on the first day of trading."
    assert flags(a, b) == [("place_changed", "LISBON", "MADRID")]
    assert flags(a, b.replace("MADRID", "Lisbon")) == []
