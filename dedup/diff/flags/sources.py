"""Tell whether two attributions name one source: "Smith", "the mayor", "he", "Mayor Ann Smith"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache

from dedup.diff.flags.lexicon import lexicon
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.verbs import stem
from dedup.diff.style import key_of
from dedup.text.document import Document

#: Words that begin with as many equal letters are forms of one ("Germany's", "German").
KIN = 4
#: Most words between a name and an office that belong together.
NEAR = 4


def same_source(pair: Pair, a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names of a source, as tokens, can mean one source in these articles.

    A pronoun, or no name at all, can mean anybody. Other names mean one source where they share
    the words that tell who it is; where one is the other's initials; and where one is an office
    that an article names beside the other ("the mayor, Ann Smith").
    """
    if _is_pronoun(a) or _is_pronoun(b) or _initials(a, b) or _initials(b, a):
        return True
    first, second = _telling(a), _telling(b)
    if first == second:
        return True
    if not first or not second:
        return False
    roles, shared = _roles(), first.keys() & second.keys()
    own_a, own_b = _own(first, second), _own(second, first)
    if shared and (not (own_a and own_b) or a[-1] == b[-1] not in lexicon("speech")["roles"]):
        return True
    if _misspelt(a[-1], b[-1]) or _are_papers(a, b) or _is_described(a) or _is_described(b):
        return True
    if shared:
        return False
    if roles.isdisjoint(first) and roles.isdisjoint(second):
        return False
    names_a = _forms(first.keys() - roles or first.keys(), first)
    names_b = _forms(second.keys() - roles or second.keys(), second)
    return any(_side_by_side(document, names_a, names_b) for document in (pair.a, pair.b))


def _is_pronoun(name: Sequence[str]) -> bool:
    return lexicon("speech")["pronouns"].issuperset(name)


def _telling(name: Sequence[str]) -> dict[str, str]:
    """Return the words that tell who it is, by what they are compared by."""
    light, synonyms = lexicon("speech")["light"], lexicon("speech")["synonyms"]
    return {
        stem(key_of(synonyms.get(word, word)).form): word
        for word in name
        if word not in light and len(word) > 1 and not word[0].isdigit()
    }


@cache
def _roles() -> frozenset[str]:
    lists = lexicon("speech")
    return frozenset(stem(key_of(word).form) for word in lists["roles"] | lists["papers"])


def _misspelt(a: str, b: str) -> bool:
    """Whether two long last words of names are one but for a letter."""
    from rapidfuzz.distance import Levenshtein

    return a != b and min(len(a), len(b)) > 5 and Levenshtein.distance(a, b, score_cutoff=1) <= 1


def _own(names: Mapping[str, str], others: Mapping[str, str]) -> set[str]:
    """Return the words that tell one source from the other; "German" is much like "Germany"."""
    known = {key[:KIN] for key in others}
    return {key for key in names.keys() - _roles() if key[:KIN] not in known}


def _is_described(name: Sequence[str]) -> bool:
    """Whether it means somebody who has been named: "the woman"."""
    return name[0] == "the" and name[-1] in lexicon("speech")["persons"]


def _are_papers(a: Sequence[str], b: Sequence[str]) -> bool:
    papers = lexicon("speech")["papers"]
    return not papers.isdisjoint(a) and not papers.isdisjoint(b)


def _initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a name has the first letters of the other: "FBI", "U.N.", "LAX police"."""
    light = lexicon("speech")["light"]
    word = "".join(part for part in short if part not in light or len(part) == 1)
    names = [part for part in long if part not in light]
    if len(names) > 1 and word == "".join(name[0] for name in names):
        return True
    first = next((part for part in short if part not in light), "")
    own = [part for part in names if part not in short]
    many = len(first) < 5 and first not in names and len(set(short) & set(names)) > 0
    return many and len(own) > 1 and first[:2] == own[0][0] + own[1][0]


def _forms(keys: Set[str], words: Mapping[str, str]) -> set[str]:
    """Return how the words of a name may stand in a text: "governor", "gov"."""
    synonyms = lexicon("speech")["synonyms"]
    full = {synonyms.get(words[key], words[key]) for key in keys}
    return full | {short for short, long in synonyms.items() if long in full}


def _side_by_side(document: Document, a: set[str], b: set[str]) -> bool:
    """Whether a word of one name stands near a word of the other anywhere in an article."""
    words = document.tokens.words
    for word in a:
        at = -1
        for _ in range(words.count(word)):
            at = words.index(word, at + 1)
            if not b.isdisjoint(words[max(0, at - NEAR) : at + NEAR + 1]):
                return True
    return False
