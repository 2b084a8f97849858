"""How far the two sides of a link differ."""

import pytest

from dedup.article import Span
from dedup.diff.kinds import Balance, kind_of, similarity_of
from dedup.diff.model import Edit, LinkKind, Op

CHANGE = Edit(Op.REPLACE, Span(0, 3), Span(0, 4))
STYLE = Edit(Op.REPLACE, Span(0, 3), Span(0, 4), "spelling")


@pytest.mark.parametrize(
    ("edits", "words", "kind"),
    [
        ([], Balance(9, 9, 0, 0), LinkKind.IDENTICAL),
        ([STYLE], Balance(9, 9, 0, 0), LinkKind.HOUSE_STYLE),
        ([STYLE, CHANGE], Balance(9, 9, 1, 1), LinkKind.REWORDED),
        ([CHANGE], Balance(9, 9, 8, 8), LinkKind.REWORDED),
        ([CHANGE], Balance(8, 12, 0, 4), LinkKind.PARTIAL),
        ([CHANGE], Balance(12, 8, 4, 0), LinkKind.PARTIAL),
        ([CHANGE], Balance(8, 12, 3, 7), LinkKind.PARTIAL),
        ([CHANGE], Balance(20, 23, 0, 3), LinkKind.REWORDED),
        ([CHANGE], Balance(3, 5, 0, 2), LinkKind.REWORDED),
    ],
)
def test_kind(edits: list[Edit], words: Balance, kind: LinkKind) -> None:
    assert kind_of(edits, words) is kind


def test_similarity_is_the_share_of_words_that_stand_on_both_sides() -> None:
    assert similarity_of([], Balance(9, 9, 0, 0)) == 1
    assert similarity_of([CHANGE], Balance(10, 10, 2, 3)) == 0.75
    assert similarity_of([CHANGE], Balance(0, 0, 0, 0)) == 0
