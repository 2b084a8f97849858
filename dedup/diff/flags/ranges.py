"""Join the two ends of a range, so that "between 5 and 7" that became "6 and 8" is one change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dedup.article import Span
from dedup.diff.flags.pair import Pair

#: What stands between the two ends of a range, and nothing else.
_BETWEEN = re.compile(r"\s?(?:and|to|or|through|until|till|[-–—])\s?")


def joined(pair: Pair, changes: Iterable[tuple[Span, Span]]) -> Iterator[tuple[Span, Span]]:
    """Yield changes in the order of their places in A, both ends of a range as one.

    Args:
        pair: The articles.
        changes: Places before and after.
    """
    last: tuple[Span, Span] | None = None
    for a, b in sorted(changes, key=lambda change: change[0].start):
        if last and _is_range(pair.a.text, last[0], a) and _is_range(pair.b.text, last[1], b):
            last = Span(last[0].start, a.end), Span(last[1].start, b.end)
            continue
        if last:
            yield last
        last = a, b
    if last:
        yield last


def _is_range(text: str, one: Span, other: Span) -> bool:
    """Whether two places are the ends of one range."""
    return one.end <= other.start and bool(_BETWEEN.fullmatch(text, one.end, other.start))
