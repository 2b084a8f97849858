"""The screen lets no line pass that a rule tells."""

from __future__ import annotations

import numpy as np
import pytest

from dedup.detect.codepoints import tables
from dedup.scanning.outlining.linescreen import (
    ANCHORED,
    CODE_POINTS,
    WIDENS,
    _all_asked,
    rules_of,
    screen,
)
from dedup.scanning.outlining.wordtrie import FOLD, SORTS, Trie
from dedup.text.rules import Rule, rule_for, rules

WITH_PATTERN = [rule for rule in rules() if rule.pattern]


def found(trie: Trie, text: bytes) -> int:
    """Walk a trie along a text, as long as it goes on; return what the words there say."""
    state = said = 0
    for byte in text:
        state = int(trie.steps[state, screen().columns[byte]])
        said |= int(trie.says[state])
        if not state:
            break
    return said


def may_begin(text: str) -> bool:
    """Say whether a word may begin as a text does, by the sorts of its first three bytes."""
    known = screen()
    first, second, third = known.sorts[list(text.encode().ljust(3, b" ")[:3])].tolist()
    return bool(int(known.starts[1, first * SORTS + second]) >> third & 1)


def test_words_are_found_where_a_walk_begins() -> None:
    for trie in (screen().needs, screen().beginnings):
        assert found(trie, b"photo") == found(trie, b"photographs") > 0
        assert found(trie, b"a photo") == found(trie, b"pho to") == 0


def test_a_word_that_begins_another_is_found() -> None:
    needs = screen().needs
    both = found(needs, b"reuters file")
    assert found(needs, b"reuters") & both == found(needs, b"reuters") > 0


def test_states_that_say_nothing_come_first() -> None:
    for trie in (screen().needs, screen().beginnings):
        assert not trie.says[: trie.silent].any()
        assert trie.says[trie.silent :].all()


def test_a_word_may_begin_however_it_is_written() -> None:
    for word in {word for rule in _all_asked() for word in rule.needs if word}:
        spread = f"{word[:1]}{word[1:].replace(' ', '  ')}"  # of blanks before it the last counts
        for written in (word, word.upper(), spread, word.replace(" ", "\u00a0"), f"{word}水"):
            assert may_begin(written), (word, written)


def test_few_words_begin_as_some_word_that_is_needed() -> None:
    assert not any(map(may_begin, ("the", "and", "her", "was", "Mon", "19", ", s", "ed ")))


def test_a_line_with_a_word_that_is_looked_for_by_its_anchor_has_the_anchor() -> None:
    known, anchored = screen(), int(screen().wants[ANCHORED])
    assert anchored
    for number, rule in enumerate(_all_asked()):
        for word in rule.needs if anchored >> number & 1 else ():
            folded = bytes(byte | FOLD for byte in word.encode())
            anchors = [
                bytes(anchor[anchor > 0])
                for anchor, rules_of in zip(known.anchors, known.anchored, strict=True)
                if int(rules_of) >> number & 1
            ]
            assert any(anchor in folded for anchor in anchors), word
            assert all(b" " not in anchor for anchor in anchors)


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


def test_a_rule_that_is_not_left_is_not_tried() -> None:
    lines = {line for rule in rules() for line in (*rule.lines, *rule.examples, *rule.counters)}
    everything = rules_of((1 << len([*_all_asked()])) - 1)
    for line in sorted(lines):
        assert rule_for(line, able=everything) == rule_for(line)
        assert rule_for(line, able=rules_of(0)) is None
