"""What one article makes of the rules of house style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import document

from dedup.diff import Style
from dedup.diff.rules import Rule
from dedup.diff.usage import Status, usage


def told(text: str, style: Style | None = None) -> dict[str, tuple[str, dict[str, int]]]:
    """Return status and forms with their counts, by rule."""
    return {
        found.rule: (found.status.value, {use.form: len(use.places) for use in found.uses})
        for found in usage(document(*text.split("\n")), style)
    }


@pytest.mark.parametrize(
    ("text", "rule", "status", "forms"),
    [
        ("It rose 5% and 6%.", "percent", "followed", {"%": 2}),
        ("It rose 5% and 6 percent.", "percent", "mixed", {"%": 1, "percent": 1}),
        ("In Kyiv, not Kiev.", "name", "mixed", {"Kyiv": 1, "Kiev": 1}),
        ("In Kyiv and Mumbai.", "name", "followed", {"Kyiv": 1, "Mumbai": 1}),
        ("The colour of the theatre.", "spelling", "followed", {"colour": 1, "theatre": 1}),
        ("The colour of the theater.", "spelling", "mixed", {"colour": 1, "theater": 1}),
        ("They organised and realize.", "spelling", "mixed", {"organised": 1, "realize": 1}),
        ("The Dorn Centre for color.", "spelling", "followed", {"color": 1}),
        ("At 3 p.m. or 4pm.", "time", "mixed", {"3 p.m.": 1, "3pm": 1}),
        ("At 15:00 or 16:30.", "time", "followed", {"15:00": 2}),
        ("On Jan. 6 and 7 May.", "date", "mixed", {"January 6": 1, "6 January": 1}),
        ("It cost $5m or $6 million.", "number", "mixed", {"$5m": 1, "$5 million": 1}),
        ("It’s 'so'.", "quote_marks", "mixed", {"curly": 1, "straight": 2}),
        ("It’s “so”.", "quote_marks", "followed", {"curly": 3}),
        ("A dog – a cat — a cow.", "dash", "mixed", {"–": 1, "—": 1}),
        ("The World Health Organization met. The WHO left. The WHO won.", "organisation",
         "followed", {"World Health Organization": 1, "WHO": 2}),
        ("The U.S. and the US.", "abbreviation", "mixed", {"U.S.": 1, "US": 1}),
        ("The United States, the U.S., the United States.", "abbreviation", "followed",
         {"United States": 2, "U.S.": 1}),
        ("A spokesman, a spokeswoman.", "gender", "followed", {"spokesman": 1, "spokeswoman": 1}),
        ("A spokesman, a chairperson, a chair.", "gender", "mixed",
         {"spokesman": 1, "chairperson": 1, "chair": 1}),
        ("It cost $5m, in a 10m pool.", "number", "followed", {"$5m": 1}),
        ("WHO, W.H.O., WHO, W.H.O.", "organisation", "mixed", {"WHO": 2, "W.H.O.": 2}),
        ("In Dorn, Calif., in California.", "state", "followed", {"Calif.": 1}),
        ("In Dorn, Calif., Hale, California.", "state", "mixed", {"Calif.": 1, "California": 1}),
        ("Kiev's mayor, Kyiv's dogs.", "name", "mixed", {"Kiev": 1, "Kyiv": 1}),
    ],
)  # fmt: skip
def test_what_is_followed_and_what_is_mixed(
    text: str, rule: str, status: str, forms: dict[str, int]
) -> None:
    assert told(text)[rule] == (status, forms)


@pytest.mark.parametrize(
    "text",
    [
        "They promised to advise an enterprise.",
        "Dogs and cats left, and it may rain.",
        "The prize was of some size.",
        "The long-term plan of 13 goats.",
    ],
)
def test_words_without_a_choice_are_nobody_s_business(text: str) -> None:
    assert told(text) == {}


def preferring(name: str, *wanted: str) -> Style:
    rules = dict(Style.builtin().rules)
    rule = rules[name]
    rules[name] = Rule(
        name, rule.about, rule.groups, rule.variants, rule.endings, fixed=rule.fixed, prefer=wanted
    )
    return Style.of(rules.values())


@pytest.mark.parametrize(
    ("text", "rule", "prefer", "status"),
    [
        ("The colour.", "spelling", "British", Status.FOLLOWED),
        ("The colour.", "spelling", "American", Status.BREACHED),
        ("It was organised.", "spelling", "American", Status.BREACHED),
        ("In Kiev.", "name", "Kyiv", Status.BREACHED),
        ("In Bombay.", "name", "Kyiv", Status.FOLLOWED),
        ("At 4pm.", "time", "3 p.m.", Status.BREACHED),
        ("At 4 p.m.", "time", "3 p.m.", Status.FOLLOWED),
        ("It’s so.", "quote_marks", "straight", Status.BREACHED),
        ("It rose 5 pct.", "percent", "%", Status.BREACHED),
    ],
)
def test_what_a_house_prefers(text: str, rule: str, prefer: str, status: Status) -> None:
    found = {use.rule: use.status for use in usage(document(text), preferring(rule, prefer))}
    assert found[rule] is status


def test_a_house_may_take_the_name_of_a_rule_that_the_program_reads() -> None:
    names = ("number", "time", "date", "quote_marks")
    style = Style.of([Rule(name, groups=((f"{name}x", f"{name}y"),)) for name in names])
    assert told("“At 3pm” on Jan. 6 it cost $5 million, and $6m at 17:00.", style) == {}


def test_percent_as_a_house_writes_it_anew() -> None:
    style = Style.of([Rule("number"), Rule("percent", groups=(("percent", "pct"),))])
    assert told("It rose 5% and 6 pct and 7 percent.", style) == {
        "percent": ("mixed", {"pct": 1, "percent": 1})
    }


WORDS = st.sampled_from(
    ["colour", "color", "Kyiv", "Kiev", "5%", "5 percent", "dog", "3pm", "“", '"']
)


@given(st.lists(WORDS, min_size=1, max_size=12))
def test_every_place_shows_its_form(words: list[str]) -> None:
    page = document(" ".join(words))
    for found in usage(page):
        places = [place for use in found.uses for place in use.places]
        assert len(places) == len(set(places))
        assert all(page.text[place.start : place.end].strip() for place in places)
        if found.rule in {"spelling", "name"}:
            for use in found.uses:
                assert {page.text[place.start : place.end] for place in use.places} == {use.form}
