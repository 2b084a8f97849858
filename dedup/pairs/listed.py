"""A table of pairs: which file is compared with which, a row a pair."""

# Paths stay strings, as the user wrote them: a report names a file as its user does.
# ruff: noqa: PTH110, PTH118, PTH120

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence

from dedup.errors import InputError, one_line
from dedup.reading.decode import decode
from dedup.reading.files import MAX_BYTES
from dedup.reading.source import STANDARD_INPUT, fetch, place_of

#: What may stand between the names; where the first row is split into as many by two, the first.
_DELIMITERS = ",;\t"

#: The columns of a table that has a header.
_COLUMNS = ("a", "b")


def read_pairs(source: str | os.PathLike[str]) -> list[tuple[str, str]]:
    """Return the pairs that a table lists, in its order, as paths from the current folder.

    The columns are those called `a` and `b`, or the first two where the first row does not name
    them. Fields stand between commas, semicolons or tabs; a name that holds one is quoted. Empty
    rows are passed over; there are no comments. Relative paths start at the table's folder. `-`
    is standard input, for one article or, as `source`, for the table itself (whose paths then
    start at the current folder).

    Args:
        source: A path, or `"-"`.

    Raises:
        InputError: It cannot be read, is empty or no CSV, a row lacks a file, or standard input
            is asked for twice; the message names the line.
    """
    path = os.fspath(source)
    place = place_of(path)
    text = decode(fetch(path, place, MAX_BYTES, "pairs of files"), place)
    folder = "" if path == STANDARD_INPUT else os.path.dirname(path)
    rows = list(_rows(text, place))
    columns = (0, 1)
    if rows and (named := _header(rows[0][1], folder, place)):
        columns, rows = named, rows[1:]
    pairs = [_pair(row, columns, folder, f"{place} line {line}") for line, row in rows]
    if not pairs:
        raise InputError(f"{place}: lists no pair; write two files a line: wire.txt,page.txt")
    inputs = [path, *(name for pair in pairs for name in pair)]
    if inputs.count(STANDARD_INPUT) > 1:
        raise InputError(f"{place}: standard input can be read only once; name files")
    return pairs


def _rows(text: str, place: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty, with its line."""
    first = next(filter(str.strip, io.StringIO(text)), "")
    delimiter = max(_DELIMITERS, key=lambda char: len(next(csv.reader([first], delimiter=char))))
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield reader.line_num, row
    except csv.Error as error:
        raise InputError(
            f"{place} line {reader.line_num}: is not valid CSV ({one_line(str(error))}); "
            "put names with quotes or commas in quotes"
        ) from error


def _header(row: Sequence[str], folder: str, place: str) -> tuple[int, int] | None:
    """Return where the columns are that the first row names; None where it is a pair."""
    names = [name.strip().lower() for name in row]
    found = [name for name in _COLUMNS if name in names]
    if len(found) == 2:
        return names.index("a"), names.index("b")
    if found and not os.path.exists(os.path.join(folder, row[names.index(found[0])])):
        (lacking,) = set(_COLUMNS) - set(found)
        raise InputError(
            f'{place}: has a column "{found[0]}" and no column "{lacking}"; name both, or write '
            "the two files first and no header"
        )
    return None


def _pair(row: Sequence[str], columns: tuple[int, int], folder: str, place: str) -> tuple[str, str]:
    a, b = (row[column].strip() if column < len(row) else "" for column in columns)
    if not a or not b:
        which = "second" if a else "first"
        raise InputError(f"{place}: lacks the {which} file; write two files a line")
    return _from_folder(a, folder), _from_folder(b, folder)


def _from_folder(path: str, folder: str) -> str:
    """Return a path from the current folder, without detours where these lead nowhere else."""
    if path == STANDARD_INPUT or not folder:
        return path
    joined = os.path.join(folder, path)
    short = os.path.normpath(joined)
    return short if os.path.realpath(short) == os.path.realpath(joined) else joined
