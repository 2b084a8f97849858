"""Lines come first: a line of a web text is a paragraph, and no sentence crosses its end.

Old wire copy and e-mail are the exception: every line is broken at some 60 to 80 columns and
empty lines part the paragraphs. Such a text is recognised, and its paragraphs may contain line
breaks.
"""

from __future__ import annotations

import re
from itertools import pairwise

from dedup.article import Span
from dedup.text.normalize import INVISIBLE

#: What ends a line, as `str.splitlines` has it; `\r\n` only makes an empty line between.
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"[^{LINE_ENDS}]+")
_VISIBLE = re.compile(rf"[^\s{INVISIBLE}]")
_BLANK_LINE = re.compile(r"\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")

#: Wrapped text: what counts as a full line, and the share of line ends that must be full lines.
WRAP_COLUMNS = range(50, 100)
WRAP_SPREAD = 18
WRAP_LINES = 4


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text: its lines, or its blocks of lines where it is wrapped.

    Each span holds a visible character and has no white space at its ends. A line of nothing but
    white space and invisible characters (zero-width space, byte order mark …) is blank: it
    belongs to no paragraph. Linear in the length of the text.

    >>> paragraphs("One.\\r\\n\\r\\n  Two. \\n")
    [Span(start=0, end=4), Span(start=10, end=14)]
    """
    lines = [span for match in _LINE.finditer(text) if (span := _trim(text, match)) is not None]
    return _blocks(text, lines) if _is_wrapped(text, lines) else lines


def _trim(text: str, match: re.Match[str]) -> Span | None:
    line = match[0]
    if _VISIBLE.search(line) is None:
        return None
    start = match.end() - len(line.lstrip())
    return Span(start, match.start() + len(line.rstrip()))


def _joined(text: str, before: Span, after: Span) -> bool:
    """Whether no blank line stands between two neighbouring lines."""
    return len(_BLANK_LINE.findall(text, before.end, after.start)) == 1


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether a text is broken at a fixed column.

    The lines that another line follows directly must be nearly all of one length, and the
    sentences must run on across their ends: verse and lists fail the one or the other.
    """
    inner = [a for a, b in pairwise(lines) if _joined(text, a, b)]
    if len(inner) < WRAP_LINES:
        return False
    widest = max(map(len, inner))
    if widest not in WRAP_COLUMNS or max(map(len, lines)) not in WRAP_COLUMNS:
        return False
    full = sum(len(line) >= widest - WRAP_SPREAD for line in inner)
    running = sum(text[line.end - 1].isalnum() or text[line.end - 1] == "," for line in inner)
    return full >= 0.85 * len(inner) and running >= 0.6 * len(inner)


def _blocks(text: str, lines: list[Span]) -> list[Span]:
    blocks = [lines[0]]
    for before, line in pairwise(lines):
        if _joined(text, before, line):
            blocks[-1] = Span(blocks[-1].start, line.end)
        else:
            blocks.append(line)
    return blocks
