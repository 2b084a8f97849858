"""What stands in a cell of a CSV file, and what a cell says: safe in a spreadsheet, and lossless.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@` as a formula, and a headline may
begin with any of them. Such a text gets an apostrophe in front, which spreadsheets do not show;
a text that has apostrophes in front of such a character gets one more, so that taking one away
always gives the text back.
"""

from __future__ import annotations

import json
import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def cell_of(value: object) -> str:
    """Return a value as a cell: null is empty, a truth value `true`, a list a JSON array.

    >>> [cell_of(value) for value in ("=1+1", None, True, 0.5, ("a", "b"), "it's -1")]
    ["'=1+1", '', 'true', '0.5', '["a", "b"]', "it's -1"]
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _FORMULA.match(value) else str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)


def text_of(cell: str) -> str | None:
    """Return the text that `cell_of` made a cell of; None for an empty one.

    >>> text_of("'=1+1"), text_of("'tis"), text_of("")
    ('=1+1', "'tis", None)
    """
    if not cell:
        return None
    return cell[1:] if cell[0] == "'" and _FORMULA.match(cell) else cell
