"""Who says something in a sentence, where, and what they vouch for."""

from __future__ import annotations

import pytest

from dedup.article import Article
from dedup.diff import diff
from dedup.diff.flags.claims import attributions
from dedup.diff.flags.pair import Pair
from dedup.text import segment

#: A sentence, and of each attribution: its words, its place, and the first and last word claimed.
SENTENCES = [
    ("Police said the man fled.", [("Police said", "front", "the", "fled")]),
    ("The man fled, police said.", [("police said", "end", "The", "fled")]),
    ("The man, police said, fled from the island.", [("police said", "middle", "The", "island")]),
    ("“I am tired,” said Ruud, a farmer.", [("said Ruud", "end", "I", "tired")]),
    (
        "“I am ill,” Anna Ruud told the court.",
        [("Anna Ruud told the court", "end", "I", "ill")],
    ),
    ("According to Ruud, the well is dry.", [("According to Ruud", "front", "the", "dry")]),
    ("The well is dry, according to two aides.", [("according to two aides", "end", "The", "dry")]),
    (
        "Ruud, the head of the union, said the well was dry.",
        [("Ruud, the head of the union, said", "front", "the", "dry")],
    ),
    (
        "Ruud, in a statement, said the well was dry.",
        [("Ruud, in a statement, said", "front", "the", "dry")],
    ),
    (
        "Police on Monday also said the well was dry.",
        [("Police on Monday also said", "front", "the", "dry")],
    ),
    ("The man who police said had fled is here.", [("police said", "front", "had", "here")]),
    (
        "The well is dry, Ruud said, and farmers say the sheep are ill.",
        [("Ruud said", "middle", "The", "dry"), ("farmers say", "middle", "the", "ill")],
    ),
    ("The army added that it had no ships.", [("The army added", "front", "that", "ships")]),
    ("The judge told him to sit down.", []),
    ("Ruud declined to say where the money is.", []),
    ("The king is said to have left the island.", []),
    ("They were told about the well.", []),
    ("“He said the well was dry,” the sign reads.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[s for s, _ in SENTENCES])
def test_attributions(sentence: str, expected: list[tuple[str, str, str, str]]) -> None:
    a, b = (segment(Article(text, language="en")) for text in (sentence, sentence + " Today."))
    side, _ = Pair(a, b, diff(a, b)).sides(0)
    found = []
    for one in attributions(side):
        span, claimed = side.span(one.start, one.end), list(one.claimed)
        first, last = side.span(claimed[0], claimed[0] + 1), side.span(claimed[-1], claimed[-1] + 1)
        words = (sentence[place.start : place.end] for place in (first, last))
        if one.sure:
            found.append((sentence[span.start : span.end], one.place.name.lower(), *words))
    assert found == expected
