"""Numbers as people say them: apart from the words for comparisons, which a scan need not load."""

from __future__ import annotations


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "sentence"), count(1200, "sentence"), count(2, "split", "splits")
    ('1 sentence', '1,200 sentences', '2 splits')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """Return a time as people say it.

    >>> [duration(time) for time in (0.042, 3.21, 75, 7322)]
    ['0.04 s', '3.2 s', '1 min 15 s', '2 h 2 min']
    """
    if seconds < 60:
        return f"{seconds:.2f} s" if seconds < 1 else f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60} h {minutes % 60} min"
