"""Numbers and dates that changed: tricky cases beyond the labelled ones, and what always holds."""

from __future__ import annotations

import pytest
from flagging import case_pairs, flagged

from dedup.diff.flags import FlagKind as Kind

KINDS = (Kind.NUMBER_CHANGED, Kind.DATE_CHANGED)
PAIRS = case_pairs(*(kind.value for kind in KINDS))

TRICKY = {
    "two numbers of a sentence": (
        "The storm killed 9 people and destroyed 40 houses in the hills above Tamle.",
        "The storm killed 11 people and destroyed 45 houses in the hills above Tamle.",
        [
            (Kind.NUMBER_CHANGED, "9 people", "11 people"),
            (Kind.NUMBER_CHANGED, "40 houses", "45 houses"),
        ],
    ),
    "a number and a date": (
        "The court fined the port 40,000 euros on March 3 for the spill in the bay.",
        "The court fined the port 50,000 euros on March 5 for the spill in the bay.",
        [
            (Kind.NUMBER_CHANGED, "40,000 euros", "50,000 euros"),
            (Kind.DATE_CHANGED, "March 3", "March 5"),
        ],
    ),
    "the same number twice, once of them changed": (
        "Police arrested 15 men in Pell and 15 men in Holm after the riot at the port.",
        "Police arrested 15 men in Pell and 13 men in Holm after the riot at the port.",
        [(Kind.NUMBER_CHANGED, "15 men", "13 men")],
    ),
    "numbers that change places": (
        "The blast killed 13 people and wounded 15 people in the market at Tamle.",
        "The blast killed 15 people and wounded 13 people in the market at Tamle.",
        [
            (Kind.NUMBER_CHANGED, "13 people", "15 people"),
            (Kind.NUMBER_CHANGED, "15 people", "13 people"),
        ],
    ),
    "a row of a table gave way to another": (
        "Orso 47, Feld 43, Corde 5, Brandt 2, others 3, said the poll by Survo.",
        "Orso 41, Feld 38, Corde 9, Brandt 8, others 4, said the poll by Survo.",
        [],
    ),
    "the date of the dateline is the outlet's": (
        "VELDEN, March 3 (Reuters) - Shares in the port fell after the ministry closed the bay.",
        "VELDEN, March 4 (Reuters) - Shares in the port fell after the ministry closed the bay.",
        [],
    ),
    "a date that moved to the front, and is another one": (
        "The mayor of Port Hale resigned on Tuesday after a vote of the council.",
        "On Wednesday, the mayor of Port Hale resigned after a vote of the council.",
        [(Kind.DATE_CHANGED, "Tuesday", "Wednesday")],
    ),
    "two dates of two events": (
        "On Tuesday, the mayor of Port Hale said that the harbor would be sold to the bank.",
        "The mayor of Port Hale said that the harbor and its cranes would be sold on Friday.",
        [],
    ),
    "another decade": (
        "The mill was a prison in the 1980s, when the mayor was a boy in Port Hale.",
        "The mill was a prison in the 1990s, when the mayor was a boy in Port Hale.",
        [(Kind.DATE_CHANGED, "1980s", "1990s")],
    ),
    "a number in a quotation": (
        "“We lost 40 sheep,” said Col Jarvis, who farms at Hope End on the coast.",
        "“We lost 50 sheep,” said Col Jarvis, who farms at Hope End on the coast.",
        [(Kind.NUMBER_CHANGED, "40 sheep", "50 sheep")],
    ),
}


@pytest.mark.parametrize("name", TRICKY)
def test_a_tricky_case(name: str) -> None:
    a, b, expected = TRICKY[name]
    assert flagged(a, b, *KINDS) == expected


def test_digits_and_years_of_another_language_are_held_against_each_other() -> None:
    a = "Die Mühle von 1887 wurde für 1.200 Euro verkauft, sagte der Bürgermeister am Abend."
    b = "Die Mühle von 1878 wurde für 1.300 Euro verkauft, sagte der Bürgermeister am Abend."
    assert flagged(a, b, *KINDS, language="de") == [
        (Kind.DATE_CHANGED, "1887", "1878"),
        (Kind.NUMBER_CHANGED, "1.200", "1.300"),
    ]


@pytest.mark.parametrize("text", sorted({text for pair in PAIRS for text in pair}))
def test_a_text_against_itself_raises_nothing(text: str) -> None:
    assert flagged(text, text, *KINDS) == []


@pytest.mark.parametrize("pair", PAIRS, ids=range(len(PAIRS)))
def test_a_and_b_change_places(pair: tuple[str, str]) -> None:
    there, back = flagged(*pair, *KINDS), flagged(*reversed(pair), *KINDS)
    assert sorted((kind, after, before) for kind, before, after in there) == sorted(back)
