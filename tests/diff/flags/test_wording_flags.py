"""Attributions, hedges, denials and tenses: tricky cases, and what always holds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import Article, compare
from dedup.diff.flags import FlagKind as Kind
from dedup.diff.flags import FlagSettings, Severity

KINDS = (
    Kind.ATTRIBUTION_ADDED,
    Kind.ATTRIBUTION_DROPPED,
    Kind.ATTRIBUTION_MOVED,
    Kind.ATTRIBUTION_CHANGED,
    Kind.HEDGE_ADDED,
    Kind.HEDGE_DROPPED,
    Kind.NEGATION_CHANGED,
    Kind.TENSE_CHANGED,
)
OPPOSITES = {
    Kind.ATTRIBUTION_ADDED: Kind.ATTRIBUTION_DROPPED,
    Kind.ATTRIBUTION_DROPPED: Kind.ATTRIBUTION_ADDED,
    Kind.HEDGE_ADDED: Kind.HEDGE_DROPPED,
    Kind.HEDGE_DROPPED: Kind.HEDGE_ADDED,
}
EVERYTHING = FlagSettings(dict.fromkeys(KINDS, Severity.MEDIUM))
CASES = Path(__file__).parent / "cases"
PAIRS = [
    (case["a"], case["b"])
    for kind in KINDS
    for case in tomllib.loads((CASES / f"{kind}.toml").read_text("utf-8"))["case"]
]


def wording(a: str, b: str, language: str = "en") -> list[tuple[Kind, str, str]]:
    """Return the flags of these kinds with their words before and after."""
    found = compare(Article(a, language=language), Article(b, language=language), flags=EVERYTHING)
    return [
        (
            flag.kind,
            a[flag.a.start : flag.a.end] if flag.a else "",
            b[flag.b.start : flag.b.end] if flag.b else "",
        )
        for flag in found.flags
    ]


TRICKY = {
    "two changes of one sentence": (
        "The suspected spy did not enter the port on Monday, the navy said.",
        "The spy entered the port on Monday.",
        [
            (Kind.HEDGE_DROPPED, "suspected", ""),
            (Kind.NEGATION_CHANGED, "did not enter", "entered"),
            (Kind.ATTRIBUTION_DROPPED, "the navy said", ""),
        ],
    ),
    "a source in place of a hedge": (
        "He allegedly set fire to the barn and drove away.",
        "He set fire to the barn and drove away, the sheriff said.",
        [(Kind.ATTRIBUTION_ADDED, "", "the sheriff said")],
    ),
    "a description with commas of its own": (
        "Rep. Lena Moor, of Ohio, the head of the panel, said the ship was unsafe for its crew.",
        "The ship was unsafe for its crew.",
        [
            (
                Kind.ATTRIBUTION_DROPPED,
                "Rep. Lena Moor, of Ohio, the head of the panel, said",
                "",
            )
        ],
    ),
    "the source named in another way": (
        "Gov. Amos Reed said the dam would hold. Mr. Reed had visited it on Sunday.",
        "The governor said the dam would hold. Mr. Reed had visited it on Sunday.",
        [],
    ),
    "a quotation whose speaker stands in the sentence before": (
        "“The bees are gone,” Ruud said. “We have no honey for the winter,” she said.",
        "“The bees are gone,” Ruud said. “We have no honey for the winter.”",
        [],
    ),
    "a sentence amid a quotation, whose speaker stands far away": (
        "“We have no honey for the winter at all,” Ruud said.",
        "“The bees are gone,” Ruud said on the farm. “They left in May. They went to the hills. "
        "The hives are empty now. We have no honey for the winter at all.”",
        [],
    ),
    "a quotation that a colon announces": (
        "“The talks are over and we are going home,” the ministry said.",
        "The answer of the ministry was short: “The talks are over and we are going home.”",
        [],
    ),
    "another verb, perhaps of speech": (
        "The navy said the wreck lies at a depth of 900 metres off the cape.",
        "The navy believes the wreck lies at a depth of 900 metres off the cape.",
        [],
    ),
    "nested sources": (
        "The mayor said the bridge was closed, the Daily Crier reported.",
        "The mayor said the bridge was closed, Radio Merrow reported.",
        [
            (
                Kind.ATTRIBUTION_CHANGED,
                "the Daily Crier reported",
                "Radio Merrow reported",
            )
        ],
    ),
    "the source of a sentence that is the first of two": (
        "The flood took the mill and the bridge, farmers said.",
        "The flood took the mill. It took the bridge, too, farmers said.",
        [],
    ),
    "a month is no hedge": (
        "The museum reopens on May 4 with a new wing for the ships.",
        "The museum reopens on Friday with a new wing for the ships.",
        [],
    ),
    "one denial for another": (
        "The firm never paid the fishermen of the island for their boats.",
        "The firm failed to pay the fishermen of the island for their boats.",
        [],
    ),
    "a denial between two that stay": (
        "The guards did not see or hear the boat, and nobody called the port.",
        "The guards did not see the boat or hear it, and nobody called the port.",
        [],
    ),
    "reported speech follows the verb of speech": (
        "The union says the mine is flooded and the pumps do not work.",
        "The union said the mine was flooded and the pumps did not work.",
        [],
    ),
    "a plan that was carried out": (
        "The fleet will sail for the north on Sunday with a crew of 90.",
        "The fleet sailed for the north on Sunday with a crew of 90.",
        [(Kind.TENSE_CHANGED, "will sail", "sailed")],
    ),
    "a speaker who is described first": (
        "“The dam was thin,” said one of them, Rob Pell.",
        "Rob Pell, one of the divers, said: “The dam was thin.”",
        [(Kind.ATTRIBUTION_MOVED, "said one of them", "Rob Pell, one of the divers, said")],
    ),
    "a description before the name": (
        "The find will rewrite the maps of the coast, said Nora Lind of the survey.",
        "The find will rewrite the maps of the coast, one of the divers, Nora Lind, said.",
        [],
    ),
    "a speaker by her age": (
        "“I tried everything, but the pain is too much,” the 22-year-old said.",
        "“I tried everything, but the pain is too much,” said Moll.",
        [],
    ),
    "the lawyer of a speaker": (
        "Pell's lawyer said the divers were never paid for the night.",
        "Pell said the divers were never paid for the night.",
        [(Kind.ATTRIBUTION_CHANGED, "Pell's lawyer said", "Pell said")],
    ),
    "a speaker whose name is May": (
        "Ms. May said the mine would stay shut until the autumn.",
        "The mine would stay shut until the autumn.",
        [(Kind.ATTRIBUTION_DROPPED, "Ms. May said", "")],
    ),
    "said to the court": (
        "The pumps were never tested, the nurse told the inquiry.",
        "The pumps were never tested, the nurse said to the inquiry.",
        [],
    ),
    "said on a day that": (
        "Prime Minister Ada Moll said on Sunday that the ports would stay shut to trawlers.",
        "In spite of the third march in a month through the old town, Ada Moll, the prime "
        "minister, said on Sunday that the ports would stay shut to trawlers.",
        [],
    ),
    "a sentence that was cut with its source": (
        "The mine is flooded. The pumps do not work, the union says.",
        "The mine is flooded.",
        [],
    ),
}


@pytest.mark.parametrize("name", TRICKY)
def test_tricky_cases(name: str) -> None:
    a, b, expected = TRICKY[name]
    assert sorted(wording(a, b)) == sorted(expected)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_a_text_against_itself_raises_nothing(a: str, b: str) -> None:
    assert wording(a, a) == wording(b, b) == []


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_added_and_dropped_change_places_with_the_articles(a: str, b: str) -> None:
    there = sorted(
        (OPPOSITES.get(kind, kind), after, before) for kind, before, after in wording(a, b)
    )
    assert sorted(wording(b, a)) == there


@pytest.mark.parametrize(("a", "b"), PAIRS[::7])
def test_the_words_of_other_languages_are_not_read(a: str, b: str) -> None:
    assert wording(a, b, language="nl") == []


VOCABULARY = """
    police the said , . “ ” told reporters according to not may alleged will opened opens Ruud mayor
    and that who he is was never no denied a in on Monday ; : says - Mr. reported could
"""
TEXT = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=30).map(" ".join)


@given(TEXT, TEXT)
def test_any_words_at_all_are_read(a: str, b: str) -> None:
    found = compare(Article(a, language="en"), Article(b, language="en"), flags=EVERYTHING).flags
    for flag in found:
        assert flag.link is not None
        assert flag.a is not None and 0 <= flag.a.start <= flag.a.end <= len(a)
        assert flag.b is not None and 0 <= flag.b.start <= flag.b.end <= len(b)
        assert flag.a or flag.b
    assert wording(a, a) == []
