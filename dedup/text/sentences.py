"""A paragraph into sentences: sentencex proposes, the habits of news copy decide.

sentencex knows the sentence ends of 240 languages, but keeps a quotation of several sentences
whole and takes some abbreviations of the AP stylebook for an end. So every place where a
sentence might end is looked at: the ends that sentencex proposes, and each full stop, question
or exclamation mark, with what closes behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from dedup.article import Span
from dedup.text.data import table
from dedup.text.language import stopwords
from dedup.text.normalize import INVISIBLE
from dedup.text.paragraphs import LINE_ENDS

CLOSING = "\"'”’“‘»«›)\\]}」』）】〟"
OPENING = "\"'“‘„‚«»‹(\\[{「『（【〝¿¡"

#: Marks that may end a sentence, with what closes behind them. Scripts without spaces between
#: words need none between sentences.
_STOP = re.compile(
    rf"([.!?…؟۔।]+)[{CLOSING}{INVISIBLE}]*(?:[ \u00a0\u2009\u202f][»”](?!\w)){{0,2}}(?!\S)"
    rf"|([。！？｡]+…*)[”’」』）】〟)\"{INVISIBLE}]*"
)
_NEXT = re.compile(rf"\s*([{OPENING}\s{INVISIBLE}]{{0,12}}(\w[\w'’-]{{0,30}})?)(\S?)")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\. \. \.)\Z")
_LAST_WORD = re.compile(rf"[^\s{OPENING}/—–-]{{1,24}}\Z")
_DOTTED = re.compile(r"(?:\w{1,3}\.)+\w{1,3}\Z")
_LIST_NUMBER = re.compile(r"\W*(?:\d{1,3}|\w)\.\s*\Z")
#: Words behind `said` that tell that a new sentence reports something: “Why?” Moss said he left.
_CLAUSE = "that|he|she|it|they|we|there|his|her|its|their|would|no"
_WIDE_STOPS = frozenset("。！？｡")
_WORD = re.compile(r"\w")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Characters that sentencex is given at a time.
PART = 10_000
#: How far back the last word is looked for.
_REACH = 25
_TO_SPACE = str.maketrans(dict.fromkeys(LINE_ENDS, " "))


class _Stop(NamedTuple):
    """A place where a sentence may end."""

    core: int  # behind the stop itself
    end: int  # behind what closes after it
    proposed: bool  # whether sentencex ends a sentence there


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is known of the sentence ends of one language."""

    titles: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    lettered: frozenset[str]
    clock: frozenset[str]
    after_clock: frozenset[str]
    starters: frozenset[str]
    ordinals: bool
    attribution: re.Pattern[str] | None


@cache
def _habits(language: str) -> _Habits:
    tables = table("sentences")
    listed = tables.get(language, tables["en"] if language == "und" else {})
    words = stopwords("en" if language == "und" else language)
    speech = "|".join(listed.get("speech", ()))
    return _Habits(
        titles=frozenset(listed.get("titles", ())),
        before_number=frozenset(listed.get("before_number", ())),
        may_end=frozenset(listed.get("may_end", ())),
        lettered=frozenset(listed.get("lettered", ())),
        clock=frozenset(listed.get("clock", ())),
        after_clock=frozenset(listed.get("after_clock", ())),
        starters=(words | frozenset(listed.get("starters", ())))
        - frozenset(listed.get("names", ())),
        ordinals=listed.get("ordinals", False),
        attribution=re.compile(
            rf"(?:[^\W\d_a-z][\w.’'-]{{0,30}},?\s+){{1,6}}(?:{speech})\b(?! (?:{_CLAUSE})\b)"
        )
        if speech
        else None,
    )


def sentences(text: str, paragraph: Span, language: str) -> list[Span]:
    """Return the sentences of one paragraph.

    Args:
        text: The whole text.
        paragraph: Where the paragraph stands; no white space at its ends.
        language: ISO 639-1 code, or `und`.

    Returns:
        Spans in order, each with a visible character and without white space at its ends, that
        hold every non-space character of the paragraph. Linear in its length.

    >>> line = "“It was bad,” said Sen. J. K. Doe, D-Mass. “I came. I left.”"
    >>> [line[s.start:s.end] for s in sentences(line, Span(0, len(line)), "en")]
    ['“It was bad,” said Sen. J. K. Doe, D-Mass.', '“I came.', 'I left.”']
    """
    line = text[paragraph.start : paragraph.end].translate(_TO_SPACE)
    habits = _habits(language)
    result: list[Span] = []
    start, word = 0, _WORD.search(line)
    for stop in _candidates(line, language):
        following = _NEXT.match(line, stop.end)
        if word is None or following is None or not (following[1] or following[3]):
            break
        # A lone mark is no sentence: some pages put a space behind an opening quotation mark.
        if stop.end >= word.end() and _ends(line, start, stop, following, habits):
            result.append(Span(paragraph.start + start, paragraph.start + stop.end))
            start = following.start(1)
            word = _WORD.search(line, start)
    result.append(Span(paragraph.start + start, paragraph.end))
    return result


def _candidates(line: str, language: str) -> Iterator[_Stop]:
    """Yield every place where a sentence may end, in order.

    As the offset behind the stop, the offset behind what closes after it, and whether sentencex
    ends a sentence there.
    """
    proposed = set(_proposals(line, language))
    found: dict[int, tuple[int, bool]] = {end: (end, True) for end in proposed}
    for match in _STOP.finditer(line):
        inside = proposed.intersection(range(match.start() + 1, match.end()))
        for end in inside:
            del found[end]
        found[match.end()] = (
            max(match.end(1), match.end(2)),
            bool(inside) or match.end() in proposed,
        )
    for end in sorted(found):
        core, is_proposed = found[end]
        yield _Stop(core, end, is_proposed)


def _proposals(line: str, language: str) -> Iterator[int]:
    """Yield where sentencex ends a sentence, before the white space.

    Its time grows with the square of the length, so that a very long line is given to it in
    parts; the end of a part is no proposal.
    """
    from sentencex import segment

    plain = _SURROGATE.sub("\ufffd", line)
    for begin in range(0, len(plain), PART):
        part = plain[begin : begin + PART]
        for end in list(accumulate(map(len, segment(language, part))))[:-1]:
            visible_end = len(part[max(0, end - _REACH) : end].rstrip()) + max(0, end - _REACH)
            yield begin + visible_end


def _ends(  # noqa: PLR0911
    line: str, start: int, stop: _Stop, following: re.Match[str], habits: _Habits
) -> bool:
    """Whether the sentence that began at `start` ends at `stop`."""
    word = following[2] or ""
    mark = line[stop.core - 1 : stop.core]
    closed = stop.core < stop.end
    if mark in _WIDE_STOPS and mark:
        return _wide_ends(line, start, closed, following)
    if not word:
        return stop.proposed and following[3] != "" and following[3] not in f"{CLOSING},;:.!?…—–"
    if word[0].islower():
        return False
    if closed and mark and mark in "!?." and _attributed(line, mark, following, habits):
        return False
    if word.partition("'")[0].partition("’")[0] == "I" and _ELLIPSIS.search(
        line, stop.core - 5, stop.core
    ):
        return False
    if mark == ".":
        return _full_stop_ends(line, start, stop.core, following, habits)
    return stop.proposed or mark in "!?…؟۔।"


def _attributed(line: str, mark: str, following: re.Match[str], habits: _Habits) -> bool:
    """Whether what follows a quotation says whose it is: “Why?” Ann Moss asked.

    A full stop inside the closing mark ends the sentence, but where nothing else than the
    attribution follows: “I left.” Moss said.
    """
    if habits.attribution is None or following[2].casefold() in habits.starters:
        return False
    said = habits.attribution.match(line, following.start(2))
    return said is not None and (mark != "." or line[said.end() : said.end() + 1] == ".")


def _full_stop_ends(  # noqa: PLR0911
    line: str, start: int, core: int, following: re.Match[str], habits: _Habits
) -> bool:
    """Whether a full stop ends its sentence, rather than an abbreviation, initial or number."""
    word = following[2]
    initial = len(word) == 1 and following[3] == "."
    starts = word.casefold() in habits.starters and not initial
    last = _LAST_WORD.search(line, max(start, core - _REACH), core - 1)
    if last is None:
        return True
    stem = last[0]
    if stem.isdigit():
        listed = _LIST_NUMBER.fullmatch(line, start, core) is not None
        return not listed and (starts or not (habits.ordinals and len(stem) < 3))
    if stem in habits.titles:
        return False
    if stem in habits.before_number:
        return not word[0].isdigit()
    if stem.casefold() in habits.clock:
        early = len(line[start:core].split()) <= 3
        return starts or not (word in habits.after_clock or word[0].isdigit() or early)
    if len(stem) == 1 and stem.isalpha():
        before = _LAST_WORD.search(line, max(start, last.start() - _REACH), last.start() - 1)
        return starts or (before is not None and before[0].casefold() in habits.lettered)
    if stem in habits.may_end or _DOTTED.match(stem):
        return starts
    return True


def _wide_ends(line: str, start: int, closed: bool, following: re.Match[str]) -> bool:
    """Whether a Chinese or Japanese stop ends its sentence: an attribution may follow."""
    after = (following[1] or following[3])[:1]
    if not closed:
        return True
    if after in "とっとてのなはがをにで、，":
        return False
    leads = line[start] in OPENING
    return not leads or after in OPENING or after in "「『“"
