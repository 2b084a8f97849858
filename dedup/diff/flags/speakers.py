"""Find the name of a speaker beside a verb of speech: "the head of the union", "Ivo Tarn, 61,"."""

from __future__ import annotations

from functools import cache

from dedup.diff.flags.lexicon import word_set
from dedup.diff.flags.sides import Side
from dedup.diff.flags.verbs import is_past

#: Most words in the name of a speaker.
LONGEST_NAME = 10
#: Most words of the person spoken to: "told a news conference".
LONGEST_HEARER = 4
#: Most words of "in a statement on Monday" between a name and its verb.
LONGEST_INSERTION = 8
#: Most words of an insertion that a description follows: "Ivo Tarn, of Ohio, the head …".
SHORTEST_NAME = 2
#: Most words between the name and the verb in "Ivo Tarn, the head of the union, said".
LONGEST_APPOSITION = 30

_INSERTING = frozenset({"in", "on", "at", "during", "through", "speaking"})
_RELATIVES = frozenset({"who", "which", "that"})
_BE = frozenset({"is", "are", "was", "were"})


def name_before(side: Side, verb: int) -> range:
    """Return the words that name the speaker before a verb; an empty range where none do."""
    first, _ = side.unit_of(verb)
    if verb == first:
        return range(verb, verb)
    end = _without_insertion(side, verb)
    if side.gap(end):
        inner = apposition(side, end)
        if inner is None and end == verb:
            return range(verb, verb)
        end = end if inner is None else inner
    return _name_until(side, end)


def name_after(side: Side, start: int, joining: frozenset[str] = frozenset()) -> range:
    """Return the words that name the speaker from an index on; an empty range where none do.

    The words of `joining` belong to the name: "according to police and witnesses".
    """
    if start >= len(side) or not _joined(side, start):
        return range(start, start)
    _, last = side.unit_of(start)
    alone, end = word_set("speech", "alone"), start
    while end < min(last, start + LONGEST_NAME) and not _ends_name(side, start, end, joining):
        end += 1
        if end == start + 1 and side.words[start] in alone:
            return range(start, end)
    trailing = joining | word_set("speech", "determiners") - alone
    while end > start and side.words[end - 1] in trailing:
        end -= 1
    return range(start, end)


def is_inverted(side: Side, verb: int) -> bool:
    """Whether the speaker stands behind the verb: `“…,” said Ruud`, `…, said the mayor`."""
    gap = side.gap(verb)
    name = name_after(side, verb + 1) if gap else range(0)
    if not name:
        return False
    parted = bool(side.gap(name.stop))
    plural = parted and side.words[name.start].endswith("s")
    if not (plural or _begins_name(side, name.start)):
        return False
    if gap == "\n" or closes_quotation(side, verb):
        return True
    inner = apposition(side, verb) if "," in gap else verb
    return inner is None or (parted and verb - inner > LONGEST_NAME)


def apposition(side: Side, verb: int) -> int | None:
    """Return where "the head of the union" begins in "Ivo Tarn, the head of the union, said"."""
    first, _ = side.unit_of(verb)
    wrong, found = word_set("speech", "alone") | {"and", "but"}, None
    for k in range(verb - 1, max(first, verb - LONGEST_APPOSITION), -1):
        gap = side.gap(k)
        if ":" in gap or ";" in gap or ("," in gap and any(mark in gap for mark in '"“”')):
            break
        if gap.startswith(","):
            name = _name_until(side, k)
            if not name or side.words[name.start] in _INSERTING or side.words[k] in wrong:
                break
            found = k
            if not _is_inserted(side, name):
                break  # else look on: "Rep. Ivo Tarn, of Ohio, the head of the union, said"
    return found


def _is_inserted(side: Side, name: range) -> bool:
    """Whether words between commas are no name, but a party, a place or an age."""
    if len(name) > SHORTEST_NAME or "," not in side.gap(name.start):
        return False
    word = side.words[name.start]
    return word in ("of", "from", "d", "r") or word[0].isdigit()


def hearer_end(side: Side, verb: int) -> int:
    """Return where "told the court" ends; right behind the verb where nobody is spoken to."""
    start = end = verb + 1
    if side.word(end) in word_set("speech", "hearers") and not side.gap(end):
        return end + 1
    determiners = word_set("speech", "determiners")
    if side.word(end) in determiners and not side.gap(end):
        end += 1
    stops = determiners | _ends()
    while end < min(len(side), start + LONGEST_HEARER) and (end == start or _joined(side, end)):
        word = side.words[end]
        named = end > start and is_capital(side, end - 1)
        number = word[0].isdigit()
        if word in stops or number > named or named > (number or is_capital(side, end)):
            break  # "told Channel 4", but "told reporters nine people"
        end += 1
    return end if end > start and side.words[end - 1] not in determiners else start


def closes_quotation(side: Side, i: int) -> bool:
    """Whether a quotation ends right before a word."""
    gap = side.gap(i)
    if any(mark in gap for mark in '"”»'):
        return True
    return ("'" in gap or "’" in gap) and i > 0 and side.is_quoted(i - 1)


def is_capital(side: Side, i: int) -> bool:
    """Whether a word begins with a capital letter."""
    return side.text[side.starts[i]].isupper()


def _without_insertion(side: Side, verb: int) -> int:
    """Return where "in a statement" begins in "Ruud, in a statement, said"; else the verb."""
    first, _ = side.unit_of(verb)
    for k in range(verb - 1, max(first, verb - LONGEST_INSERTION), -1):
        gap = side.gap(k)
        if gap:
            return k if "," in gap and side.words[k] in _INSERTING else verb
    return verb


def _name_until(side: Side, end: int) -> range:
    """Return the name that ends at an index; empty where there is none, or only part of one."""
    first, _ = side.unit_of(end - 1) if end else (0, 0)
    opens, start = word_set("speech", "opens"), end
    while start > first:
        word = side.words[start - 1]
        if word in opens and not (word in _RELATIVES and start == end):
            break
        start -= 1
        if word in _RELATIVES or not _joined(side, start):
            break
        if end - start == LONGEST_NAME:
            return range(end, end)
    light = word_set("speech", "between") | word_set("speech", "days")
    while start < end and side.words[start] in light:
        start += 1
    if start < end and side.words[end - 1] in word_set("speech", "alone"):
        return range(end - 1, end)  # "in an interview he said"
    return range(end, end) if _is_torn(side, start, end) else range(start, end)


def _is_torn(side: Side, start: int, end: int) -> bool:
    """Whether words are only the rest of a name: "the man who fell", "Ruud and her brother"."""
    if start == end or side.gap(start):
        return False
    before = side.word(start - 1)
    if before == "and":
        return not side.gap(start - 1)
    return before in _BE or (before in _RELATIVES and is_past(side.words[start]))


def _ends_name(side: Side, start: int, end: int, joining: frozenset[str]) -> bool:
    """Whether a name that begins at `start` has ended before the word at `end`."""
    word = side.words[end]
    if end == start:
        return word in _ends() - word_set("speech", "pronouns")
    if not _joined(side, end) or word[0].isdigit():
        return True
    released = end > start + 1 and is_past(word) and not is_capital(side, end)
    return released or word in _ends() - joining


@cache
def _ends() -> frozenset[str]:
    return word_set("speech", "closes") | word_set("speech", "days")


def _begins_name(side: Side, i: int) -> bool:
    """Whether a name can begin with a word: a capital, "the", "police"."""
    word = side.words[i]
    if word in word_set("speech", "alone"):
        return bool(side.gap(i + 1))
    nouns = word_set("speech", "determiners") | word_set("speech", "roles")
    return is_capital(side, i) or word in nouns or word in ("one", "police")


def _joined(side: Side, i: int) -> bool:
    """Whether a word goes on with what stands before it, also behind "Mr." and an initial."""
    gap = side.gap(i)
    if gap in ("", "-", "&", "’", "'", "/"):
        return True
    before = side.word(i - 1)
    return gap == "." and (len(before) == 1 or before in word_set("speech", "titles"))
