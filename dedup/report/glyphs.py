"""What may reach a terminal: no control character of an article, no character it cannot show."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that a report is drawn with.

    Attributes:
        paragraph: Stands before the number of a paragraph.
        arrow: From A to B.
        rule: Drawn across, above the changes.
        dot: Between facts.
        wall: Between two columns.
        closing: Bracket behind units that are joined: its first line, any other, the line in the
            middle, which points to the other column, and the last.
        opening: Bracket before units that are joined, likewise.
    """

    paragraph: str
    arrow: str
    rule: str
    dot: str
    wall: str
    closing: tuple[str, str, str, str]
    opening: tuple[str, str, str, str]


UNICODE = Glyphs("¶", "→", "─", "·", "│", ("┐", "│", "├", "┘"), ("┌", "│", "┤", "└"))
ASCII = Glyphs("#", "->", "-", "-", "|", ("\\", "|", "+", "/"), ("/", "|", "+", "\\"))

#: Characters without width that a reader does not miss, and that some terminals draw as a hyphen.
_UNSEEN = "\u00ad\u200b\u2060-\u2064\ufeff"
#: Control characters, and those that make a terminal reorder what follows (UTS #55 advises to
#: show them). Line ends and tabs are white space and become a space before.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"\s")
_DROPPED = re.compile(f"[{_UNSEEN}]")

#: Typographic characters as ASCII writes them.
_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "--",
     "…": "...", "•": "*", "−": "-"}
)  # fmt: skip


def glyphs_for(encoding: str) -> Glyphs:
    """Return the signs that an encoding can carry.

    >>> glyphs_for("utf-8").arrow, glyphs_for("latin-1").arrow, glyphs_for("unheard-of").arrow
    ('→', '->', '->')
    """
    try:
        "¶→─·│┐├┘┌┤└".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE


def printable(text: str, encoding: str = "utf-8") -> str:
    """Return `text` on one line, safe to print: controls escaped, nothing the encoding lacks.

    Each white space becomes a space; a character that the encoding
    cannot carry is written in ASCII where it is typographic, else as an escape.

    >>> printable("Fire\\x1b[2J at\\u00a0noon\\n")
    'Fire\\\\x1b[2J at noon '
    >>> printable("“Élan” — 東", "latin-1")
    '"Élan" -- \\\\u6771'
    """
    text = _SPACE.sub(" ", text)
    if not text.isascii():
        text = _DROPPED.sub("", text)
    text = _UNSAFE.sub(_escaped, text)
    if not text.isascii():
        try:
            text.encode(encoding)
        except (UnicodeEncodeError, LookupError):
            text = text.translate(_PLAIN)
            codec = "ascii" if _unknown(encoding) else encoding
            text = text.encode(codec, "backslashreplace").decode(codec)
    return text


def right_to_left(text: str) -> bool:
    """Whether any letter is written from right to left, which side-by-side columns cannot hold."""
    return not text.isascii() and any(
        unicodedata.bidirectional(char) in ("R", "AL") for char in set(text)
    )


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def _unknown(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return True
    return False
