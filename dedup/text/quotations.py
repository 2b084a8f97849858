"""Quotations are read from the whole text before it is split, because they run across sentences.

One pass over the quotation marks, with a stack of those that stand open. Whether a straight mark
opens or closes is told by its neighbours; what looks like a mark and is an apostrophe, a foot or
an inch is left out. The habits of newspapers are kept: a speech of several paragraphs opens each
of them and closes only the last; a mark that is never closed ends with its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from dedup.article import Span
from dedup.text.document import Quotation

DOUBLE = '"“”„‟«»「」『』〝〞〟＂'
SINGLE = "'‘’‚‛‹›"
#: Marks that only ever open.
ALWAYS_OPEN = frozenset("„‟‚‛「『〝")
#: What closes a quotation that a mark opened.
CLOSERS = {
    "„": '“”"',
    "‟": '”"',
    "‚": "‘’'",
    "‛": "’'",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    "＂": "＂",
    "“": '”“"',
    "”": '”"',
    '"': '"”',
    "‘": "’‘'",
    "’": "’",
    "'": "'’",
}

#: Quotations inside each other that are kept apart; deeper marks are noise.
DEEPEST = 8

#: A mark, unless it stands between two letters or digits (an apostrophe, or feet and inches).
#: It begins with the set of all marks, because `re` skips quickly to the next of a set.
_MARK = re.compile(rf"[{DOUBLE}'‘’‚‛‹›](?:(?<=[{DOUBLE}‚‹›])|(?<![^\W_]['‘’‛])|(?![^\W_]))")
_INCHES = re.compile(r"(?<=\d['’′] )\d\d?\Z|(?<=\d['’′])\d\d?\Z")
#: A word that is written with an apostrophe at its front: ’90s, ’em, rock ’n’ roll.
ELIDED = (
    *("em", "til", "tis", "twas", "cause", "bout", "round"),
    *("n", "er", "im", "cos", "ere", "tude", "neath"),
)
_ELISION = re.compile(
    rf"['‘’](?:\d0s|\d\d(?!\w)|(?:{'|'.join(ELIDED)})(?!\w))",
    re.IGNORECASE,
)
#: What may stand before a mark that opens, but for white space.
BEFORE_OPEN = frozenset("([{<—–-/=*:;,.…¿¡|" + DOUBLE + SINGLE)


class _Role(Enum):
    OPEN = auto()
    CLOSE = auto()
    NONE = auto()


class _Mark(NamedTuple):
    """A quotation mark and what stands around it in its paragraph."""

    text: str
    at: int
    before: str
    after: str
    leads: bool  # whether it stands at the front of its paragraph
    following: int | None  # where the paragraph's next mark stands

    @property
    def char(self) -> str:
        return self.text[self.at]

    @property
    def can_open(self) -> bool:
        """Whether white space, a bracket or a stop stands before it, and none behind it."""
        return (self.before.isspace() or self.before in BEFORE_OPEN) and not self.after.isspace()

    @property
    def closes_later(self) -> bool:
        """Whether the next mark is a single one that can close."""
        if self.following is None or self.text[self.following] not in "'’":
            return False
        return not self.text[self.following - 1].isspace()

    @property
    def is_inches(self) -> bool:
        return _INCHES.search(self.text, max(0, self.at - 5), self.at) is not None


class _Open(NamedTuple):
    """A quotation that stands open: its mark and where it began."""

    mark: str
    start: int
    leads: bool  # whether it stands at the front of its paragraph


def quotations(
    text: str, paragraphs: Sequence[Span], marks: Sequence[int] | None = None
) -> tuple[Quotation, ...]:
    """Return every quotation of a text in order of `start`, nested ones after their parent.

    Args:
        text: The whole text.
        paragraphs: Its paragraphs, in order.
        marks: Where its quotation marks stand, where that is known.

    Returns:
        Quotations with their marks. One that runs over several paragraphs, each of which opens
        anew, is one quotation. One that is never closed ends with its paragraph, or where the
        next one of its kind opens. Linear in the length of the text.

    >>> text = 'He said: “They told me ‘no’ twice.” It was 6\\'2" tall.'
    >>> [(text[q.start:q.end], q.depth) for q in quotations(text, [Span(0, len(text))])]
    [('“They told me ‘no’ twice.”', 0), ('‘no’', 1)]
    """
    found: list[tuple[int, int, bool]] = []
    standing: list[_Open] = []
    if marks is None:
        marks = [match.start() for match in _MARK.finditer(text)]
    for number, paragraph, inside in _with_marks(paragraphs, marks):
        pairs = None if standing else plain_pairs(text, inside)
        if pairs is not None:
            found += [(start, end, True) for start, end in pairs]
            continue
        skip = _continued(text, paragraph, inside, standing)
        for index, at in enumerate(inside[skip:], skip):
            mark = _Mark(
                text,
                at,
                before=text[at - 1] if at > paragraph.start else " ",
                after=text[at + 1] if at + 1 < paragraph.end else " ",
                leads=at == paragraph.start,
                following=inside[index + 1] if index + 1 < len(inside) else None,
            )
            _read_mark(mark, standing, found)
        upcoming = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        _end_paragraph(text, paragraph, upcoming, standing, found)
    return _nested(found)


def plain_pairs(text: str, marks: Sequence[int]) -> list[tuple[int, int]] | None:
    """Return the quotations of a paragraph whose marks leave no doubt; None where they do.

    No quotation stands open before the paragraph, and its marks open and close in turn: all are
    “curly”, or all are "straight" and each has white space on its outer side alone. A ’ closes
    nothing here, and never opens.

    >>> plain_pairs("“Yes,” she said, “it’s the dogs’.”", [0, 5, 17, 31, 33])
    [(0, 6), (17, 34)]
    """
    places = [at for at in marks if text[at] != "’"]
    signs = "".join([text[at] for at in places])
    pairs = list(zip(places[::2], places[1::2], strict=False))
    if len(places) % 2:
        return None
    if signs == "“”" * len(pairs):
        return [(opens, closes + 1) for opens, closes in pairs]
    if signs == '""' * len(pairs) and all(_is_straight_pair(text, *pair) for pair in pairs):
        return [(opens, closes + 1) for opens, closes in pairs]
    return None


def _is_straight_pair(text: str, opens: int, closes: int) -> bool:
    """Whether white space (or nothing) is before the one mark, and none around within."""
    inner = text[closes - 1]
    return (
        (opens == 0 or text[opens - 1].isspace())
        and not text[opens + 1].isspace()
        and not (inner.isspace() or inner.isdigit() or inner in "([{—–")
    )


def _with_marks(
    paragraphs: Sequence[Span], marks: Sequence[int]
) -> Iterator[tuple[int, Span, Sequence[int]]]:
    """Yield the paragraphs that have marks: number, place and marks.

    What stands open at the end of a paragraph goes on in the next only where that begins with a
    mark, so that nothing happens in one without.
    """
    first = 0
    while first < len(marks):
        number = bisect_right(paragraphs, marks[first], key=_start) - 1
        last = bisect_left(marks, paragraphs[number].end, first)
        yield number, paragraphs[number], marks[first:last]
        first = last


def _start(paragraph: Span) -> int:
    return paragraph.start


def _read_mark(mark: _Mark, standing: list[_Open], found: list[tuple[int, int, bool]]) -> None:
    """Let one mark open or close a quotation."""
    depth = _opener_of(mark, standing)
    role = (_single_role if mark.char in "'‘’" else _double_role)(mark, depth, standing)
    if role is _Role.CLOSE:
        _drop_above(mark.at, depth, standing, found)
        found.append((standing.pop().start, mark.at + 1, True))
    elif role is _Role.OPEN:
        if mark.char in '"“' and depth >= 0 and standing[depth].mark == mark.char:
            # The same mark opens again while the first stands open: the first lacks its end.
            end = _rstrip(mark.text, mark.at)
            _drop_above(end, depth, standing, found)
            found.append((standing.pop().start, end, False))
        if len(standing) < DEEPEST:
            standing.append(_Open(mark.char, mark.at, mark.leads))


def _opener_of(mark: _Mark, standing: list[_Open]) -> int:
    """Return the place in the stack of the innermost quotation that the mark can close, or -1."""
    for depth in range(len(standing) - 1, -1, -1):
        if mark.char in CLOSERS[standing[depth].mark]:
            return depth
    return -1


def _double_role(mark: _Mark, depth: int, standing: list[_Open]) -> _Role:
    """Return what a mark does that is no apostrophe."""
    opened = standing[depth].mark if depth >= 0 else ""
    if mark.char in ALWAYS_OPEN:
        return _Role.OPEN
    if mark.char in '"＂':
        return _straight_role(mark, opened)
    if mark.char == "“":
        ends_here = not mark.before.isspace() and not mark.can_open
        return _Role.CLOSE if opened and (opened == "„" or ends_here) else _Role.OPEN
    if opened:
        return _Role.CLOSE
    if mark.char in "«‹":
        return _Role.OPEN
    swapped = mark.char in "”»›" and (mark.before.isspace() or mark.before in "([{")
    return _Role.OPEN if swapped and mark.after.isalnum() else _Role.NONE


def _straight_role(mark: _Mark, opened: str) -> _Role:
    """Return what a straight double mark does: its neighbours tell."""
    before, after = mark.before, mark.after
    if before.isdigit() and (not opened or mark.is_inches):
        return _Role.NONE
    if opened:
        strictly = (before.isspace() or before in "([{—–") and after.isalnum()
        return _Role.OPEN if strictly else _Role.CLOSE
    if after.isspace():
        return _Role.OPEN if before.isspace() else _Role.NONE
    return _Role.OPEN if mark.can_open or after.isalnum() else _Role.NONE


def _single_role(mark: _Mark, depth: int, standing: list[_Open]) -> _Role:
    """Return what a single mark does, which is an apostrophe more often than not."""
    innermost = depth >= 0 and depth == len(standing) - 1
    if innermost and not mark.before.isspace() and not mark.after.isalnum():
        possessive = mark.before in "sSzxZX" and mark.after == " " and mark.closes_later
        return _Role.NONE if possessive else _Role.CLOSE
    if not mark.can_open or mark.char == "’" or _ELISION.match(mark.text, mark.at):
        return _Role.NONE
    return _Role.NONE if mark.char == "'" and not mark.closes_later else _Role.OPEN


def _drop_above(
    end: int, depth: int, standing: list[_Open], found: list[tuple[int, int, bool]]
) -> None:
    """End what stands open inside the quotation that now closes: a single mark was none."""
    while len(standing) > depth + 1:
        inner = standing.pop()
        if inner.mark not in SINGLE:
            found.append((inner.start, end, False))


def _continued(text: str, paragraph: Span, marks: Sequence[int], standing: list[_Open]) -> int:
    """Count the marks at the front of a paragraph that only say that a quotation goes on."""
    count = 0
    place = paragraph.start
    while count < min(len(marks), len(standing)) and marks[count] == place:
        count += 1
        place += 1
        while place < paragraph.end and text[place].isspace():
            place += 1
    return count


def _end_paragraph(
    text: str,
    paragraph: Span,
    upcoming: Span | None,
    standing: list[_Open],
    found: list[tuple[int, int, bool]],
) -> None:
    """Keep open what the next paragraph goes on with, end the rest with this paragraph."""
    if not standing:
        return
    front = text[upcoming.start] if upcoming is not None else ""
    if front and (front == standing[0].mark or (standing[0].mark == "«" and front == "»")):
        keep = 1
    else:
        keep = 0
    while len(standing) > keep:
        opened = standing.pop()
        if opened.mark not in SINGLE or (opened.mark == "‘" and opened.leads):
            found.append((opened.start, paragraph.end, False))


def _rstrip(text: str, end: int) -> int:
    while text[end - 1].isspace():
        end -= 1
    return end


def _nested(found: list[tuple[int, int, bool]]) -> tuple[Quotation, ...]:
    result: list[Quotation] = []
    around: list[int] = []
    for start, end, closed in sorted(found, key=lambda item: (item[0], -item[1])):
        while around and around[-1] <= start:
            around.pop()
        result.append(Quotation(start, end, closed, len(around)))
        around.append(end)
    return tuple(result)
