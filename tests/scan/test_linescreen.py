"""The screen lets no line pass that a rule tells."""

from __future__ import annotations

import numpy as np
import pytest

from dedup.detect.codepoints import tables
from dedup.scanning.linescreen import CODE_POINTS, FRONT, WIDENS, screen
from dedup.text.rules import Rule, rules

WITH_PATTERN = [rule for rule in rules() if rule.pattern]


def found(text: bytes) -> tuple[int, int]:
    """Walk the automaton along a text; return the rules whose words and beginnings are in it."""
    tables_of_rules, state, needed, opened = screen(), 0, 0, 0
    for byte in text:
        state = int(tables_of_rules.steps[state, byte])
        needed |= int(tables_of_rules.needed[state])
        opened |= int(tables_of_rules.opened[state])
    return needed, opened


def test_words_are_found_anywhere_and_beginnings_at_the_front_alone() -> None:
    needed, opened = found(b"the photo")
    assert needed
    assert found(b"pho to") == (0, 0)
    assert opened == 0
    assert found(FRONT + b"photo")[1]
    assert found(FRONT + b"a photo") == (needed, 0)


def test_a_word_inside_another_is_found() -> None:
    both = found(b"additional reporting")[0]
    assert found(b"reporting")[0] & both == found(b"reporting")[0]


@pytest.mark.parametrize("rule", WITH_PATTERN, ids=lambda rule: rule.reason)
def test_what_a_rule_asks_for_is_lower_case_as_lines_are_folded(rule: Rule) -> None:
    for word in (*rule.needs, *rule.opens):
        assert word == " ".join(word.casefold().split(" "))
        assert "’" not in word


def test_characters_are_folded_as_lines_are_or_their_line_is_looked_at() -> None:
    words = [word for rule in rules() for word in (*rule.needs, *rule.opens)]
    words += [phrase for rule in rules() for phrase in (*rule.lines, *rule.starts, *rule.labels)]
    letters = set("".join(words).casefold())
    features, folds = screen().features, tables().folds
    for code in range(0x20000):
        folded = chr(code).casefold().replace("’", "'").replace("ʼ", "'")
        if not letters.intersection(folded):
            continue
        odd = code < CODE_POINTS and features[code] & WIDENS
        assert odd or chr(folds[code]) == folded, hex(code)


def test_every_length_and_place_has_its_rules() -> None:
    known = screen()
    assert (known.fits[:-1] & known.fits[1:] == known.fits[1:]).all()  # fewer for longer lines
    assert np.bitwise_or.reduce(known.stand) == known.fits[0]
