"""Everything that can go wrong by no fault of the program, as one hierarchy.

A message names the place, what is wrong there, and the mend; the command line prints it
as one line and exits with 2. Anything that is not a `DedupError` is a bug and keeps its
traceback.
"""

from __future__ import annotations


class DedupError(Exception):
    """Base of every error that a user can mend."""


class InputError(DedupError):
    """An article cannot be read: missing, empty, binary, without an article in it …"""


class OutputError(DedupError):
    """A report cannot be written where it was asked for."""


class ConfigError(DedupError):
    """A setting is unknown or has no meaning."""


class MissingExtraError(DedupError):
    """An optional library is needed and not installed."""

    def __init__(self, place: str, purpose: str, extra: str) -> None:
        super().__init__(f"{place}: {purpose} needs an extra: pip install 'dedup[{extra}]'")


def one_line(text: str) -> str:
    """Return `text` fit for a message of one line: control and direction characters escaped.

    A file may be called anything, and a message must neither break nor disguise itself.

    >>> one_line("a\\nb\\u202ec.txt")
    'a\\\\nb\\\\u202ec.txt'
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )
