"""Who is kin: samples and topics say it of most pairs, and a verdict is asked of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup.detect.buckets import pack_pairs
from dedup.detect.verdict import Label
from dedup.scanning.columns import LABELS
from dedup.scanning.deciding.book import FIGURES, Book, Page
from dedup.scanning.deciding.judging import LEAST_TOPIC, Judge

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Of four pairs: whether samples say that they are kin, how alike their topics are, what the
#: verdict would be without furniture, and whether they are kin.
CASES = [
    (True, 0.0, Label.UNRELATED, True),
    (False, LEAST_TOPIC / 2, Label.SAME_STORY, False),
    (False, LEAST_TOPIC, Label.UNRELATED, False),
    (False, LEAST_TOPIC, Label.SHARED_PASSAGES, True),
]
PAIRS = pack_pairs(np.arange(4, dtype=np.uint64), np.arange(4, 8, dtype=np.uint64))


def book(asked: list[int]) -> Book:
    """Return one that notes of which pairs a verdict was asked."""

    def measure(pairs: NDArray[np.uint64]) -> Page:
        places = np.searchsorted(PAIRS, pairs)
        asked.extend(places.tolist())
        figures = np.zeros(len(pairs), dtype=FIGURES)
        figures["bare"] = [LABELS.index(CASES[place][2]) for place in places]
        return Page(pairs, figures)

    return Book(measure)


def near(pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
    return np.array([case[0] for case in CASES])[np.searchsorted(PAIRS, pairs)]


def likeness(pairs: NDArray[np.uint64]) -> NDArray[np.float64]:
    return np.array([case[1] for case in CASES])[np.searchsorted(PAIRS, pairs)]


def test_a_verdict_is_asked_where_samples_and_topics_do_not_tell() -> None:
    asked: list[int] = []
    judge = Judge(book(asked), None, near, likeness)
    assert judge.kin(PAIRS).tolist() == [kin for *_, kin in CASES]
    assert asked == [2, 3]


@pytest.mark.parametrize("few", [0, 1])
def test_none_is_asked_where_all_is_known(few: int) -> None:
    asked: list[int] = []
    assert Judge(book(asked), None, near, likeness).kin(PAIRS[:few]).tolist() == [True] * few
    assert not asked


def test_without_either_it_is_asked_of_all() -> None:
    asked: list[int] = []
    kin = Judge(book(asked), None).kin(PAIRS)
    assert kin.tolist() == [label is not Label.UNRELATED for _, _, label, _ in CASES]
    assert asked == [0, 1, 2, 3]
