"""What became of a quotation: tricky cases beyond the labelled ones, and what always holds."""

from __future__ import annotations

import pytest
from flagging import EVERYTHING, OPPOSITES, case_pairs, flagged
from hypothesis import given
from hypothesis import strategies as st

from dedup import Article, compare
from dedup.diff.flags import FlagKind as Kind

KINDS = tuple(kind for kind in Kind if "quote" in kind.value)
PAIRS = case_pairs(*(kind.value for kind in KINDS))

TRICKY = {
    "an alteration in one sentence, a cut in another": (
        "“The dam is old. It was never repaired. We warned them, and then we warned them again,” "
        "said Rosa Pell.",
        "“The dam is new. It was never repaired. We warned them,” said Rosa Pell.",
        [
            (Kind.QUOTE_ALTERED, "“The dam is old.", "“The dam is new."),
            (
                Kind.QUOTE_TRUNCATED,
                "We warned them, and then we warned them again,”",
                "We warned them,”",
            ),
        ],
    ),
    "an altered sentence that lost its end too is shown once": (
        "“The dam is old, and it will break before the winter,” said Rosa Pell.",
        "“The dam is very old,” said Rosa Pell.",
        [
            (
                Kind.QUOTE_ALTERED,
                "“The dam is old, and it will break before the winter,”",
                "“The dam is very old,”",
            )
        ],
    ),
    "a quotation that lost both its ends": (
        "“Frankly, nobody came to help us that night,” Vera Hollis said.",
        "Vera Hollis said “nobody came to help us.”",
        [
            (
                Kind.QUOTE_TRUNCATED,
                "“Frankly, nobody came to help us that night,”",
                "“nobody came to help us.”",
            )
        ],
    ),
    "a quotation of two paragraphs against one of one": (
        "“The river took the road. We had no warning.\n\n“It took the old school as well,” said "
        "Olga Prins.",
        "“The river took the road. We had no warning. It took the new school as well,” said "
        "Olga Prins.",
        [
            (
                Kind.QUOTE_ALTERED,
                "“It took the old school as well,”",
                "It took the new school as well,”",
            )
        ],
    ),
    "words that could be cut here or there are cut where a sentence begins": (
        "“We tried. We failed. We paid,” said Sven Aro, the captain of the ship.",
        "“We failed. We paid,” said Sven Aro, the captain of the ship.",
        [(Kind.QUOTE_TRUNCATED, "“We tried. We failed.", "“We failed.")],
    ),
    "a second quotation in the sentence is no continuation": (
        "He called her “a liar,” and said that the plan was “a joke” in his speech at Holm.",
        "He called her “a liar,” and said that the plan would fail in his speech at Holm.",
        [],
    ),
    "a quotation that became two, the other way round": (
        "“We have no choice. The money is gone,” said Lyle Hart, the treasurer, in Holm.",
        "“The money is gone,” said Lyle Hart, the treasurer, in Holm. “We have no choice.”",
        [],
    ),
    "a phrase that is quoted twice in one article": (
        "The alarm told students to “run, hide, fight” and to lock the doors of the hall.",
        "The alarm told students to “run, hide, fight” and to lock the doors. “Run, hide, fight” "
        "means that those who can hide should hide from the shooter, and then fight.",
        [],
    ),
    "brackets put around words that stay": (
        "“They came in January and took the files,” a clerk said.",
        "“They came [in January] and took the files,” a clerk said.",
        [(Kind.QUOTE_BRACKETED, "in January", "[in January]")],
    ),
    "parentheses put around words that stay": (
        "“They came in January and took the files,” a clerk said.",
        "“They came (in January) and took the files,” a clerk said.",
        [],
    ),
    "a list of names in quotation marks": (
        "They sang “Rivers of Home,” “The Wren” and “Salt Road” until the buses came at dawn.",
        "They sang “Rivers of Home” and “The Wren” until the buses came at dawn.",
        [],
    ),
}


@pytest.mark.parametrize("name", TRICKY)
def test_a_tricky_case(name: str) -> None:
    a, b, expected = TRICKY[name]
    assert flagged(a, b, *KINDS) == expected


def test_an_unbalanced_quotation_is_not_held_against_what_it_runs_into() -> None:
    a = "“We stay,” he said. The crowd in the square cheered and sang until the evening."
    b = "“We stay, he said. The crowd in the square wept and sang until the evening."
    assert {kind for kind, _, _ in flagged(a, b, *KINDS)} == {Kind.QUOTE_UNBALANCED}


def test_quotations_of_another_language_are_read_too() -> None:
    a = "„Wir bleiben hier, bis der letzte Zug gefahren ist“, sagte der Minister in der Halle."
    b = "„Wir bleiben hier, bis der erste Zug gefahren ist“, sagte der Minister in der Halle."
    assert flagged(a, b, *KINDS, language="de") == [
        (
            Kind.QUOTE_ALTERED,
            "„Wir bleiben hier, bis der letzte Zug gefahren ist“",
            "„Wir bleiben hier, bis der erste Zug gefahren ist“",
        )
    ]


@pytest.mark.parametrize("text", sorted({text for pair in PAIRS for text in pair}))
def test_a_text_against_itself_raises_nothing(text: str) -> None:
    assert flagged(text, text, *KINDS) == []


@pytest.mark.parametrize("pair", PAIRS, ids=range(len(PAIRS)))
def test_a_and_b_change_places(pair: tuple[str, str]) -> None:
    there, back = flagged(*pair, *KINDS), flagged(*reversed(pair), *KINDS)
    swapped = [(OPPOSITES.get(kind, kind), after, before) for kind, before, after in there]
    assert sorted(swapped) == sorted(back)


PIECES = st.sampled_from(
    [
        "“We",
        "will",
        "go”",
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "[the",
        "[W]e",
        "(he)",
        "…",
        "...",
        "f***",
        "f---",
        "will",
        "not",
        "go,",
        "he",
        "said",
        ".",
        "?",
        "!",
        "\n\n",
        "“No,”",
        "[",
        "]",
        "(",
        ")",
        "«oui»",
        "13",
        "thirteen",
        "Nobody",
        "knows",
        "*",
        "--",
        "’’",
    ]
)
TEXT = st.lists(PIECES, max_size=30).map(" ".join)


@given(TEXT, TEXT)
def test_every_flag_lies_inside_the_texts(a: str, b: str) -> None:
    first, second = Article(a, language="en"), Article(b, language="en")
    for flag in compare(first, second, flags=EVERYTHING).flags:
        assert flag.a or flag.b  # a side that lacks the words has the place where they would stand
        assert flag.a is None or 0 <= flag.a.start <= flag.a.end <= len(a)
        assert flag.b is None or 0 <= flag.b.start <= flag.b.end <= len(b)
