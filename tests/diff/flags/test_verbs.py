"""Forms of one verb have one stem."""

from __future__ import annotations

import pytest

from dedup.diff.flags.verbs import is_past, stem

FAMILIES = [
    "open opens opened opening",
    "close closes closed closing",
    "carry carries carried carrying",
    "stop stops stopped stopping",
    "pass passes passed passing",
    "take takes took taken taking",
    "be is are was were been being",
    "have has had having",
    "will won't",
    "die dies died dying",
    "use uses used using",
    "agree agrees agreed agreeing",
    "win wins won winning",
]


@pytest.mark.parametrize("family", FAMILIES)
def test_one_stem(family: str) -> None:
    assert len({stem(form) for form in family.split()}) == 1


def test_verbs_have_stems_of_their_own() -> None:
    assert len({stem(family.split()[0]) for family in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize("word", ["opened", "took", "won", "carried", "held", "built", "met"])
def test_past(word: str) -> None:
    assert is_past(word)


@pytest.mark.parametrize("word", ["open", "takes", "red", "need", "put", "cut", "opening", "the"])
def test_not_past(word: str) -> None:
    assert not is_past(word)
