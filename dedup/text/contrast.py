"""Words before and after a change, cut so that what differs stays in sight."""

from __future__ import annotations

from itertools import takewhile

#: Where something is left out.
_GAP = "…"
#: What stands for no words at all.
NONE = "(none)"
#: Words that are kept before what differs, so that it is found in the text.
_KEPT = 2


def contrast(before: str | None, after: str | None, room: int) -> tuple[str, str]:
    """Return both, on one line each and together no longer than `room` characters.

    Where they are too long, first what both begin and end with is left out, but for two words on
    either side, then the ends are cut. Missing words are `(none)`.

    >>> contrast("Monday", None, 40)
    ('Monday', '(none)')
    >>> contrast("We will not gamble with lives", "We will not gamble with life", 40)
    ('… gamble with lives', '… gamble with life')
    """
    a, b = ((words or "").split() for words in (before, after))
    if len(" ".join(a)) + len(" ".join(b)) > room and a and b:
        a, b = _without_common(a, b)
    left, right = (" ".join(words) or NONE for words in (a, b))
    half = room // 2
    if len(left) + len(right) > room:
        room_left = max(half, room - len(right))
        left = _cut(left, room_left)
        right = _cut(right, room - len(left))
    return left, right


def _without_common(a: list[str], b: list[str]) -> tuple[list[str], list[str]]:
    """Return both without most of what they begin and end with."""
    begin = _common(a, b)
    rest_a, rest_b = a[begin:], b[begin:]
    end = _common(rest_a[::-1], rest_b[::-1])
    first, last = max(0, begin - _KEPT), max(0, end - _KEPT)
    lead, tail = [_GAP] * (first > 0), [_GAP] * (last > 0)
    return (
        [*lead, *a[first : len(a) - last], *tail],
        [*lead, *b[first : len(b) - last], *tail],
    )


def _common(a: list[str], b: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: max(0, room - 1)].rstrip() + _GAP
