"""Quotations are read from the whole text before it is split, because they run across sentences.

One pass over the quotation marks, with a stack of those that stand open. Whether a straight mark
opens or closes is told by its neighbours; what looks like a mark and is an apostrophe, a foot or
an inch is left out. The habits of newspapers are kept: a speech of several paragraphs opens each
of them and closes only the last; a mark that is never closed ends with its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from dedup.article import Span
from dedup.text.document import Quotation

DOUBLE = '"“”„‟«»「」『』〝〞〟＂'
SINGLE = "'‘’‚‛‹›"
#: Marks that can open or close, and those that only ever open or close.
_ALWAYS_OPEN = frozenset("„‟‚‛「『〝")
_ALWAYS_CLOSE = frozenset("」』〞〟")
_CLOSERS = {
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
_MARK = re.compile(rf"[{DOUBLE}‚‹›]|(?<![^\W_])['‘’‛]|['‘’‛](?![^\W_])")
_INCHES = re.compile(r"(?<=\d['’′] )\d\d?\Z|(?<=\d['’′])\d\d?\Z")
#: A word that is written with an apostrophe at its front: ’90s, ’em, rock ’n’ roll.
_ELISION = re.compile(
    r"['‘’](?:\d0s|\d\d(?!\w)|(?:em|til|tis|twas|cause|bout|round|n|er|im|cos|ere|tude|neath)(?!\w))",
    re.IGNORECASE,
)
_BEFORE_OPEN = frozenset("([{<—–-/=*:;,.…¿¡|" + DOUBLE + SINGLE)


class _Role(Enum):
    OPEN = auto()
    CLOSE = auto()
    NONE = auto()


@dataclass(slots=True)
class _Open:
    """A quotation that stands open: its mark and where it began."""

    mark: str
    start: int
    leads: bool  # whether it stands at the front of its paragraph


def quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Return every quotation of a text in order of `start`, nested ones after their parent.

    Args:
        text: The whole text.
        paragraphs: Its paragraphs, in order.

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
    for number, paragraph in enumerate(paragraphs):
        marks = [match.start() for match in _MARK.finditer(text, paragraph.start, paragraph.end)]
        skip = _continued(text, paragraph, marks, standing)
        for index, at in enumerate(marks[skip:], skip):
            following = marks[index + 1] if index + 1 < len(marks) else None
            _read_mark(text, paragraph, at, following, standing, found)
        upcoming = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        _end_paragraph(text, paragraph, upcoming, standing, found)
    return _nested(found)


def _read_mark(  # noqa: PLR0913
    text: str,
    paragraph: Span,
    at: int,
    following: int | None,
    standing: list[_Open],
    found: list[tuple[int, int, bool]],
) -> None:
    mark = text[at]
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    role, depth = _role(text, at, before, after, following, standing)
    if role is _Role.CLOSE:
        _drop_above(at, depth, standing, found)
        opened = standing.pop()
        found.append((opened.start, at + 1, True))
    elif role is _Role.OPEN:
        if mark in '"“' and depth >= 0 and standing[depth].mark == mark:
            # The same mark opens again while the first stands open: the first lacks its end.
            _drop_above(at, depth, standing, found)
            found.append((standing.pop().start, _rstrip(text, at), False))
        if len(standing) < DEEPEST:
            standing.append(_Open(mark, at, at == paragraph.start))


def _role(  # noqa: PLR0911, PLR0913
    text: str, at: int, before: str, after: str, following: int | None, standing: list[_Open]
) -> tuple[_Role, int]:
    """Return whether the mark opens or closes, and the place in the stack of what it closes."""
    mark = text[at]
    depth = next(
        (i for i in range(len(standing) - 1, -1, -1) if mark in _CLOSERS[standing[i].mark]), -1
    )
    can_open = (before.isspace() or before in _BEFORE_OPEN) and not after.isspace()
    can_close = not before.isspace()
    if mark in _ALWAYS_OPEN:
        return _Role.OPEN, depth
    if mark in _ALWAYS_CLOSE:
        return (_Role.CLOSE, depth) if depth >= 0 else (_Role.NONE, -1)
    if mark in "'‘’":
        return _single_role(text, at, can_open, after, following, standing, depth)
    if mark in '"＂':
        if before.isdigit() and (depth < 0 or _INCHES.search(text, max(0, at - 5), at)):
            return _Role.NONE, -1
        if depth < 0:
            opens = (not after.isspace() and (can_open or after.isalnum())) or (
                before.isspace() and after.isspace()
            )
            return (_Role.OPEN if opens else _Role.NONE), -1
        strictly = (before.isspace() or before in "([{—–") and after.isalnum()
        return (_Role.OPEN if strictly else _Role.CLOSE), depth
    if mark == "“":
        german = depth >= 0 and standing[depth].mark == "„"
        if german or (depth >= 0 and can_close and not can_open):
            return _Role.CLOSE, depth
        return _Role.OPEN, depth
    if mark == "«" or mark == "‹":
        return (_Role.CLOSE, depth) if depth >= 0 else (_Role.OPEN, -1)
    # ” » ›
    if depth >= 0:
        return _Role.CLOSE, depth
    opens = (before.isspace() or before in "([{") and after.isalnum()
    return (_Role.OPEN if opens else _Role.NONE), -1


def _single_role(  # noqa: PLR0913
    text: str,
    at: int,
    can_open: bool,
    after: str,
    following: int | None,
    standing: list[_Open],
    depth: int,
) -> tuple[_Role, int]:
    mark, before = text[at], text[at - 1 : at]
    innermost = depth >= 0 and depth == len(standing) - 1
    if innermost and before and not before.isspace() and not after.isalnum():
        possessive = before in "sSzxZX" and after == " " and _closes_later(text, following)
        return (_Role.NONE, -1) if possessive else (_Role.CLOSE, depth)
    if not can_open or mark == "’" or _ELISION.match(text, at):
        return _Role.NONE, -1
    if mark == "'" and not _closes_later(text, following):
        return _Role.NONE, -1
    return _Role.OPEN, -1


def _closes_later(text: str, following: int | None) -> bool:
    """Whether the next mark is a single one that can close."""
    if following is None or text[following] not in "'’":
        return False
    return not text[following - 1].isspace()


def _drop_above(
    at: int, depth: int, standing: list[_Open], found: list[tuple[int, int, bool]]
) -> None:
    """End what stands open inside the quotation that now closes: a single mark was none."""
    while len(standing) > depth + 1:
        inner = standing.pop()
        if inner.mark not in SINGLE:
            found.append((inner.start, at, False))


def _continued(text: str, paragraph: Span, marks: list[int], standing: list[_Open]) -> int:
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
