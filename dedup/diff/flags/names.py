"""See a person's or an organisation's name put for another, or misspelt.

A name is compared only with the name that stands in its place, and something must say that it is
a person's or a body's: a title, a word of saying, a word like "Ministry". In doubt nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache

from dedup.diff.flags import places
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.proper import Name, Replaced, places_of, replaced_names
from dedup.diff.flags.vocabulary import name_words
from dedup.diff.style import is_courtesy, is_title, key_of, same_name, skeleton
from dedup.text.document import Document
from dedup.text.normalize import fold

#: Characters before and after a name that are read for what it stands like.
AROUND = 28

#: Articles that a name in another alphabet is transcribed with or without.
_PREFIX = re.compile(r"^(?:[Aa]l|[Ee]l|[Uu]l)-")


class Stands(Enum):
    """What a name stands like in its sentence."""

    BODY = auto()
    PLACE = auto()
    UNKNOWN = auto()


def find(pair: Pair) -> Iterator[Finding]:
    """Yield `name_changed`, and `place_changed` for places inside the text; English alone.

    Linear in the sentences that an edit puts a name for a name in.
    """
    if not pair.english:
        return
    for change in replaced_names(pair):
        kind = _kind(change, pair)
        if kind is FlagKind.PLACE_CHANGED:
            spans = places.whole(pair.a, change.a), places.whole(pair.b, change.b)
            yield Finding(kind, change.place, *spans)
        elif kind is not None:
            yield Finding(kind, change.place, change.a.span, change.b.span)


def _kind(change: Replaced, pair: Pair) -> FlagKind | None:
    """Return what it means that a name stands for another, or None where it means nothing."""
    a, b = change.a, change.b
    if _same(a, b, pair):
        return None
    alike = _alike(a, b)
    known = places.known(a), places.known(b)
    if not alike and (change.stays or ((a.plain or b.plain) and not all(known))):
        return None
    if a.plain and b.plain and not any(known):
        return None
    stands, other = _stands(pair.a, a), _stands(pair.b, b)
    if alike and stands is not Stands.UNKNOWN:
        other = stands  # the one is the other misspelt
    both = {stands, other}
    if both == {Stands.PLACE, Stands.BODY}:
        return None
    if Stands.PLACE in both:
        differ = places.differ(a, b, pair, sure=Stands.UNKNOWN not in both)
        return FlagKind.PLACE_CHANGED if differ else None
    return FlagKind.NAME_CHANGED if alike or Stands.BODY in both else None


def _same(a: Name, b: Name, pair: Pair) -> bool:
    """Whether two names are one's, however much of it each gives, and however it is spelled."""
    if key_of(a.text).form == key_of(b.text).form or _plain(a.text) == _plain(b.text):
        return True
    if _stands_for(a, b) or _stands_for(b, a) or _is_family(a, b, pair):
        return True
    if _other_names().get(_plain(a.text), a.text) == _other_names().get(_plain(b.text), b.text):
        return True
    fewer, more = sorted((a.words, b.words), key=len)
    if len(fewer) == len(more) and all(map(_same_word, fewer, more)):
        spelled = _is_spelled(a, pair.a) or _is_spelled(b, pair.b)
        return not spelled or all(map(_same_letters, fewer, more))
    if all(any(_same_word(one, other) for other in more) for one in fewer):
        return True
    return _together(a, b, pair)


def _is_family(a: Name, b: Name, pair: Pair) -> bool:
    """Whether the one is the other's family: "the Feldmanns"."""
    if (one := _plain(a.words[-1])) == (other := _plain(b.words[-1])):
        return False
    document, name = (pair.a, a) if one.endswith("s") else (pair.b, b)
    before = document.text[max(0, name.span.start - 4) : name.span.start]
    return sorted((one, other))[0] + "s" == sorted((one, other))[1] and fold(before) == "the "


def _is_spelled(name: Name, document: Document) -> bool:
    """Whether a name is written in Latin letters from birth, as the given name before it tells."""
    ends = places_of(document, name.words[-1])
    before = (document.text[max(0, end - AROUND) : end] for end in ends)
    return any(fold(word) in _short_forms() for words in before for word in words.split()[-2:])


def _same_word(a: str, b: str) -> bool:
    """Whether two words are one name: transcribed otherwise, or as `_same_letters` says."""
    one, other = (re.sub("x", "ks", _PREFIX.sub("", word)) for word in (a, b))
    if one == other or same_name(one, other) or _same_letters(a, b):
        return True
    vowels = one[0] in "AEIOU" and other[0] in "AEIOU" and min(len(one), len(other)) > 4
    return vowels and skeleton(one)[1:] == skeleton(other)[1:] and not _is_given(one, other)


def _is_given(*words: str) -> bool:
    return any(_plain(word) in _short_forms() for word in words)


def _same_letters(a: str, b: str) -> bool:
    """Whether two words are one name, abbreviated, shortened, or without its accents."""
    one, other = _plain(a), _plain(b)
    if one == other or key_of(a).form == key_of(b).form:
        return True
    short, full = sorted((one, other), key=len)
    if len(short) == 3 and len(full) > 5 and full.startswith(short):  # the Fed, the Met
        return True
    if len(short) == 1 or _abbreviates(one, other) or _abbreviates(other, one):
        return one[:1] == other[:1]
    return bool(_short_forms().get(one, frozenset()) & _short_forms().get(other, frozenset()))


def _abbreviates(short: str, full: str) -> bool:
    """Whether a word is another with letters left out, its first and last kept: Dept."""
    letters = iter(full)
    return (
        2 * len(short) <= len(full) and short[-1:] == full[-1:] and all(c in letters for c in short)
    )


def _plain(word: str) -> str:
    """Return a word folded and without accents."""
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", fold(word)) if c.isalnum())


@cache
def _short_forms() -> dict[str, frozenset[int]]:
    """Return for each form of a given name the numbers of the names that it is a form of."""
    forms: dict[str, set[int]] = {}
    for number, group in enumerate(name_words().short_forms):
        for form in group:
            forms.setdefault(fold(form), set()).add(number)
    return {form: frozenset(numbers) for form, numbers in forms.items()}


@cache
def _other_names() -> dict[str, int]:
    """Return for each of a body's names the number of the body."""
    groups = enumerate(name_words().same_bodies)
    return {_plain(name): number for number, group in groups for name in group}


def _stands_for(short: Name, full: Name) -> bool:
    """Whether a name is, or has, another's initials: FBI, Federal Bureau of Investigation.

    The first two letters are enough in a name of several words: LAX Police, Los Angeles Police.
    """
    every = "".join(word[0] for word in re.findall(r"\w+", full.text)).upper()
    capitals = "".join(word[0] for word in full.words)
    letters = ["".join(filter(str.isalpha, word)) for word in short.words]
    if len(letters) == 1 and letters[0] in (every, capitals):
        return len(capitals) > 1
    return any(
        word.isupper() and len(word) > 2 and len(full.words) > 2 and capitals.startswith(word[:2])
        for word in letters
    )


def _together(a: Name, b: Name, pair: Pair) -> bool:
    """Whether either article gives a name that both are parts of: "Kanye" and "West"."""
    first, second = re.escape(a.words[-1]), re.escape(b.words[-1])
    between = r"[\s\"“”'‘’()]{1,3}(?:[A-Z]\w*\W{1,2})?"
    both = re.compile(rf"\b(?:{first}{between}{second}|{second}{between}{first})\b")
    return any(both.search(document.text) for document in (pair.a, pair.b))


def _alike(a: Name, b: Name) -> bool:
    """Whether two names are spelled so much alike that the one looks like the other misspelt."""
    if len(a.words) != len(b.words):
        return False
    from rapidfuzz.distance import Levenshtein

    changed = [words for words in zip(a.words, b.words, strict=True) if not _same_letters(*words)]
    if len(changed) != 1:
        return False
    if len(a.words) == 2 and changed[0][0] == a.words[0]:
        return True  # two given names before one surname
    one, other = changed[0]
    most = 2 if len(a.words) > 1 else 1
    return min(len(one), len(other)) > 3 and Levenshtein.distance(one, other) <= most


def _stands(document: Document, name: Name) -> Stands:
    """Return what a name stands like: the first sign decides, the surest are asked first."""
    before = document.text[max(0, name.span.start - AROUND) : name.span.start]
    after = document.text[name.span.end : name.span.end + AROUND]
    by, says = _sayings()
    signs = (
        (Stands.BODY, lambda: _is_body(name) or _has_title(before)),
        (Stands.PLACE, lambda: places.known(name)),
        (Stands.BODY, lambda: _is_acronym(name) or by.search(before) or says.match(after)),
        (Stands.PLACE, lambda: places.is_land(name)),
        (Stands.BODY, lambda: len(name.words) > 1 and _is_given(name.words[0])),
        (Stands.PLACE, lambda: places.stands_like_one(before, after)),
        (Stands.BODY, lambda: _is_spelled(name, document) or _speaks(document, name)),
    )
    return next((stands for stands, sign in signs if sign()), Stands.UNKNOWN)


def _is_body(name: Name) -> bool:
    return any(word in name_words().bodies for word in name.words)


def _is_acronym(name: Name) -> bool:
    return len(name.words) == 1 and len(name.text) > 1 and name.text.isupper()


def _has_title(before: str) -> bool:
    title = re.search(r"([\w-]+)\.?\s\Z", before)
    return title is not None and (
        is_courtesy(title[1]) or (title[1][0].isupper() and is_title(title[1]))
    )


def _speaks(document: Document, name: Name) -> bool:
    """Whether a name has elsewhere in the article what only a person or a body has."""
    last = re.escape(name.words[-1])
    titled = rf"(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Sgt|Officer|President)\.?\s(?:\w+\s)?{last}\b"
    said = "(?:said|says|told|added)"
    quoted = rf"{said}\s(?:\w+\s)?{last}\b|{last}(?:\s{said}|, \d\d,)"
    return re.search(rf"\b(?:{titled}|{quoted})", document.text) is not None


@cache
def _sayings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of words before a person or body, and behind one."""
    words = name_words()
    by, says = "|".join(words.said_by), "|".join(words.says)
    return re.compile(rf"\b(?:{by}),?\s\Z", re.I), re.compile(rf"(?:,?\s(?:{says})\b|, \d\d\b)")
