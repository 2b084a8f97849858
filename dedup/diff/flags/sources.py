"""Tell whether two attributions name one source: "Smith", "the mayor", "he", "Mayor Ann Smith"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache

from dedup.diff.flags.lexicon import word_set, word_table
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.verbs import stem
from dedup.diff.style import key_of
from dedup.text.document import Document

#: With one of these in front, a name describes somebody: "the matron".
ARTICLES = frozenset({"the", "a", "an", "his", "her", "its", "their"})
#: Most letters of the initials of a place before a noun that both names have: "LAX police".
LONGEST_INITIALS = 4
#: Words that begin with as many equal letters are forms of one ("Germany's", "German").
KIN = 4
#: Most words between a name and an office that belong together.
NEAR = 4


def same_source(pair: Pair, a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names of a source, as tokens, can mean one source in these articles.

    A pronoun, or no name at all, can mean anybody. Other names mean one source where they share
    the words that tell who it is; where one is the other's initials; and where one is an office
    or a description that an article has beside the other ("the mayor, Ann Smith").
    """
    if _is_pronoun(a) or _is_pronoun(b) or _initials(a, b) or _initials(b, a):
        return True
    first, second = _telling(a), _telling(b)
    if first.keys() == second.keys() or _alike(a, b):
        return True
    if first.keys().isdisjoint(second):
        if (a[0] in ARTICLES) == (b[0] in ARTICLES) and _roles().isdisjoint({*first, *second}):
            return False
        return bool(first and second) and _stand_together(pair, first, second)
    ends_alike = a[-1] == b[-1] and a[-1] not in word_set("speech", "roles")
    return ends_alike or not (_own(first, second) and _own(second, first))


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the last words of two names are misspelt, papers, or "the woman" for her name."""
    papers = word_set("speech", "papers")
    both = all(any(word.removesuffix("'s") in papers for word in name) for name in (a, b))
    return both or _is_described(a) or _is_described(b) or _misspelt(a[-1], b[-1])


def _stand_together(pair: Pair, a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    """Whether one article has a word of one name beside a word of the other."""
    roles, documents = _roles(), (pair.a, pair.b)
    names_a = _forms(a.keys() - roles or a.keys(), a)
    names_b = _forms(b.keys() - roles or b.keys(), b)
    return any(
        _side_by_side(document, names_a, names_b) or _side_by_side(document, names_b, names_a)
        for document in documents
    )


def _is_pronoun(name: Sequence[str]) -> bool:
    """Whether a name is a pronoun or several: "he", "one of them"."""
    return word_set("speech", "pronouns").issuperset(word for word in name if word != "of")


def _telling(name: Sequence[str]) -> dict[str, str]:
    """Return the words that tell who it is, by what they are compared by."""
    light, full = word_set("speech", "light"), _full()
    return {
        _key(full.get(word, word)): word
        for word in name
        if word not in light and len(word) > 1 and not word[0].isdigit()
    }


def _key(word: str) -> str:
    """Return what a word is compared by; "Ruud's" lawyer is not Ruud."""
    return stem(key_of(word).form) + ("'s" if word.endswith("'s") else "")


@cache
def _roles() -> frozenset[str]:
    return frozenset(
        stem(key_of(word).form)
        for word in word_set("speech", "roles") | word_set("speech", "papers")
    )


def _misspelt(a: str, b: str) -> bool:
    """Whether two long last words of names are one but for a letter."""
    from rapidfuzz.distance import Levenshtein

    return a != b and min(len(a), len(b)) > 5 and Levenshtein.distance(a, b, score_cutoff=1) <= 1


def _own(names: Mapping[str, str], others: Mapping[str, str]) -> set[str]:
    """Return the words that tell one source from the other; "German" is much like "Germany"."""
    known = {key[:KIN] for key in others}
    return {key for key in names.keys() - _roles() if key[:KIN] not in known}


def _is_described(name: Sequence[str]) -> bool:
    """Whether it means somebody who has been named: "the woman", "the 22-year-old"."""
    aged = "year" in name and name[-1] == "old"
    return name[0] == "the" and (aged or name[-1] in word_set("speech", "persons"))


def _initials(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a name has the first letters of the other: "FBI", "U.N.", "LAX police"."""
    light = word_set("speech", "light")
    word = "".join(part for part in short if part not in light or len(part) == 1)
    names = [part for part in long if part not in light]
    if len(names) > 1 and word == "".join(name[0] for name in names):
        return True
    first = next((part for part in short if part not in light), "")
    own = [part for part in names if part not in short]
    many = (
        len(first) <= LONGEST_INITIALS and first not in names and not set(short).isdisjoint(names)
    )
    return many and len(own) > 1 and first[:2] == own[0][0] + own[1][0]


def _forms(keys: Set[str], words: Mapping[str, str]) -> set[str]:
    """Return how the words of a name may stand in a text: "governor", "gov"."""
    full = {_full().get(words[key], words[key]) for key in keys}
    short = (word_table("speech", "synonyms").get(word, ()) for word in full)
    return full.union(*short, (word.removesuffix("s") for word in full))


@cache
def _full() -> dict[str, str]:
    """Return the full form of each short one."""
    synonyms = word_table("speech", "synonyms").items()
    return {short: full for full, forms in synonyms for short in forms}


def _side_by_side(document: Document, a: set[str], b: set[str]) -> bool:
    """Whether a word of one name stands near a word of the other anywhere in an article."""
    words = document.tokens.words
    for word in a:
        for at in (i for i, other in enumerate(words) if other[:KIN] == word[:KIN]):
            near = words[max(0, at - NEAR) : at + NEAR + 1]
            if (words[at] == word or _misspelt(words[at], word)) and not b.isdisjoint(near):
                return True
    return False
