"""Every entry of the line rules fires where it should and spares its near misses."""

from __future__ import annotations

import pytest

from dedup.article import Kind
from dedup.text.rules import Place, Rule, is_bare_label, place_of, rule_for, rules


def _place(rule: Rule) -> Place:
    return Place(rule.places[0]) if rule.places else Place.INSIDE


def _ids(value: object) -> str | None:
    return value.reason if isinstance(value, Rule) else None


FIRING = [
    (rule, line)
    for rule in rules()
    for line in (
        *rule.lines,
        *rule.examples,
        *(f"{start} 1" for start in rule.starts),
        *(f"{label}: One" for label in rule.labels),
    )
]
SPARED = [(rule, line) for rule in rules() for line in rule.counters]


@pytest.mark.parametrize("rule", rules(), ids=_ids)
def test_a_rule_has_a_reason_an_example_and_a_near_miss(rule: Rule) -> None:
    assert rule.reason
    assert rule.examples or rule.lines
    assert rule.counters
    assert not rule.kind.compared


@pytest.mark.parametrize(("rule", "line"), FIRING, ids=_ids)
def test_an_entry_fires(rule: Rule, line: str) -> None:
    found = rule_for(line, _place(rule))
    assert found is not None
    assert found.kind is rule.kind


@pytest.mark.parametrize(("rule", "line"), SPARED, ids=_ids)
def test_a_near_miss_is_text(rule: Rule, line: str) -> None:
    assert rule_for(line, _place(rule)) is None


@pytest.mark.parametrize(
    "phrase", [phrase for rule in rules() for phrase in (*rule.lines, *rule.starts, *rule.labels)]
)
def test_a_phrase_inside_a_sentence_is_text(phrase: str) -> None:
    assert rule_for(f"On the wall Moss read “{phrase}” and laughed.") is None


@pytest.mark.parametrize(
    "line",
    [
        "“Share this,” he said.",
        "“Help.”",
        "Help!",
        "Why?",
        "He was 61.",
        "No.",
        "“We won.”",
        "What do you think?",
        "Related to the queen by marriage, Orr was rich.",
        "Follow the money, she said.",
        "The Associated Press first reported the sale.",
        "Reuters could not verify the video.",
        "“It was bad,” Moss told The Associated Press.",
        "The photo, taken by Ann Moss, shows a ship.",
        "Comment was not available.",
        "The copyright office is closed.",
        "More than 40 were hurt.",
        "Watch out, he told them.",
        "Subscribers fell by a tenth.",
        "In this town nobody sleeps.",
        "By Monday, the fire was out.",
        "Print journalists were barred.",
        "Orr, left, and Moss shook hands.",
        "Read his lips: no new taxes.",
        "The video shows a man (in a red coat) running.",
        "Sign of the times?",
    ],
)
@pytest.mark.parametrize("place", list(Place))
def test_short_real_lines_are_text(line: str, place: Place) -> None:
    assert rule_for(line, place) is None


@pytest.mark.parametrize(
    ("name", "told"),
    [("Newsreel", True), ("Éire A&M_2", True), ("newsreel", False), ("Sun said", False)],
)
def test_a_source_behind_a_sentence_is_a_name(name: str, told: bool) -> None:
    line = "Divers still look for the captain of the ferry Marit, which sank on Monday. "
    assert (rule_for(line + name, Place.TOP) is not None) == told
    assert rule_for(f"{line}{name}.", Place.TOP) is None


def test_first_and_last_lines_are_the_edges() -> None:
    places = [place_of(index, 30) for index in range(30)]
    assert places[0] is Place.TOP
    assert places[15] is Place.INSIDE
    assert places[29] is Place.END


def test_a_label_alone_heads_what_follows() -> None:
    assert is_bare_label("RELATED:")
    assert is_bare_label("Read more")
    assert not is_bare_label("Related: The ferry")


@pytest.mark.parametrize(
    "line", ["(" * 600, "A/" * 300, "By " + "A " * 300, "x" * 10**6, "@a " * 200]
)
def test_hostile_lines_are_judged_quickly(line: str) -> None:
    found = rule_for(line, Place.TOP)
    assert found is None or found.kind is not Kind.BODY
