"""The wire agencies and the names they go by."""

from __future__ import annotations

import re
from functools import cache

from dedup.text.data import table


@cache
def agency_pattern() -> str:
    """Return the alternatives of a regular expression that match every name of an agency."""
    names = sorted(_names(), key=len, reverse=True)
    return "|".join(re.escape(name) for name in names)


@cache
def _names() -> dict[str, str]:
    """Return agency by name."""
    return {name: agency for agency, names in table("agencies").items() for name in names}


@cache
def _expression() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@])(?:{agency_pattern()})(?![\w@]|\.\w)|{_wide()}")


def _wide() -> str:
    """Return the names in scripts without spaces, which no word boundary parts from the rest."""
    return "|".join(re.escape(name) for name in _names() if ord(name[0]) > 0x3000)


def named_agencies(text: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the agencies named in `text[start:end]`: short name, where it begins and ends.

    >>> named_agencies("The Associated Press and AFP", 0, 28)
    [('AP', 4, 20), ('AFP', 25, 28)]
    """
    names = _names()
    return [
        (names[match[0]], match.start(), match.end())
        for match in _expression().finditer(text, start, end)
    ]
