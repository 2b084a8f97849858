"""Words before and after a change, cut so that what differs stays in sight."""

from __future__ import annotations

from itertools import takewhile

#: Where something is left out.
_GAP = "…"
#: What stands for no words at all.
NONE = "(none)"
#: Words that are kept on either side of what differs, so that it is found in the text; fewer where
#: there would be no room for what differs.
_KEPT = (2, 1, 0)


def contrast(before: str | None, after: str | None, room: int) -> tuple[str, str]:
    """Return both, on one line each and together no longer than `room` characters.

    Where they are too long, first what both begin and end with is left out, but for up to two
    words on either side, then the ends are cut. Missing words are `(none)`.

    >>> contrast("Monday", None, 40)
    ('Monday', '(none)')
    >>> contrast("We will not gamble with lives", "We will not gamble with life", 40)
    ('… gamble with lives', '… gamble with life')
    """
    a, b = ((words or "").split() for words in (before, after))
    half = room // 2
    if len(" ".join(a)) + len(" ".join(b)) > room and a and b:
        shorter = (_without_common(a, b, kept) for kept in _KEPT)
        a, b = next((pair for pair in shorter if _seen(*pair, half)), _without_common(a, b, 0))
    left, right = (" ".join(words) or NONE for words in (a, b))
    if len(left) + len(right) > room:
        room_left = max(half, room - len(right))
        left = _cut(left, room_left)
        right = _cut(right, room - len(left))
    return left, right


def _without_common(a: list[str], b: list[str], kept: int) -> tuple[list[str], list[str]]:
    """Return both without what they begin and end with, but for so many words on either side."""
    begin = _common(a, b)
    rest_a, rest_b = a[begin:], b[begin:]
    end = _common(rest_a[::-1], rest_b[::-1])
    first, last = max(0, begin - kept), max(0, end - kept)
    lead, tail = [_GAP] * (first > 0), [_GAP] * (last > 0)
    return (
        [*lead, *a[first : len(a) - last], *tail],
        [*lead, *b[first : len(b) - last], *tail],
    )


def _seen(a: list[str], b: list[str], room: int) -> bool:
    """Whether the first word that differs stands within the room on both sides."""
    words = _common(a, b) + 1
    return max(len(" ".join(a[:words])), len(" ".join(b[:words]))) < room


def _common(a: list[str], b: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(0, room - 1)].rstrip() + _GAP
