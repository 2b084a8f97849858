"""Menus: a run of short lines that are mostly names of a site's sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from dedup.text.data import table

#: Words and characters of a line of a menu, at most; its lines, at least; and how many of them name
#: a section.
MENU_WORDS = 4
MENU_LENGTH = 40
MENU_LINES = 5
LEAST_NAMED = 4
NAMED_SHARE = 1 / 3
_AROUND = " \t\u00a0-–—:|·•*>»▶►→+"
_BULLETS = ("- ", "• ", "* ", "· ", "– ")
_STOPS = (".", "!", "?", ",", ";", "…", "。", "，", "؟")


@cache
def section_names() -> frozenset[str]:
    """Return the names of sections of every language, folded."""
    return frozenset(chain.from_iterable(table("menus")["sections"].values()))


def menus(lines: Sequence[str]) -> Iterator[range]:
    """Yield the runs of lines that are menus.

    A list in a story (of places, of the dead) is made of short lines too: what tells a menu is
    that at least four of its lines, and a third of them, are names of sections. It begins and ends
    with such a name, or with a bullet: a short headline next to it is none of it.

    >>> list(menus(["Rain fell.", "- News", "- Sports", "- Moss TV", "- Weather", "- World"]))
    [range(1, 6)]
    >>> list(menus(["Ann Moss", "Bo Reed", "Cy Lund", "Di Hart", "Eli Kerr", "Flo Marsh"]))
    []
    """
    start = 0
    for index in range(len(lines) + 1):
        if index < len(lines) and _may_be_in_menu(lines[index]):
            continue
        run, start = range(start, index), index + 1
        if len(run) < MENU_LINES:
            continue
        named = [place for place in run if _is_named(lines[place])]
        if len(named) >= LEAST_NAMED:
            ends = named + [place for place in run if lines[place].startswith(_BULLETS)]
            menu = range(min(ends), max(ends) + 1)
            if len(menu) >= MENU_LINES and len(named) >= NAMED_SHARE * len(menu):
                yield menu


def _may_be_in_menu(line: str) -> bool:
    short = len(line) <= MENU_LENGTH and len(line.split()) <= MENU_WORDS + 1
    return short and (not line.endswith(_STOPS) or _is_named(line))


def _is_named(line: str) -> bool:
    return line.strip(_AROUND).casefold().replace("’", "'") in section_names()
