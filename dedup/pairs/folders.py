"""A folder beside a folder: files of one name are a pair, whatever their endings."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import PurePosixPath

from dedup.errors import InputError
from dedup.reading.files import SUFFIXES
from dedup.reading.source import place_of
from dedup.reading.walk import find_files


@dataclass(frozen=True, slots=True)
class MatchedFolders:
    """The articles of two folders.

    Attributes:
        pairs: Paths of those that both have, by name.
        only_a: Paths of those that the first alone has.
        only_b: Paths of those that the second alone has.
    """

    pairs: tuple[tuple[str, str], ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


def match_folders(a: str, b: str) -> MatchedFolders:
    """Return which articles of two folders go together: `wire/x/dam.txt`, `page/x/dam.html`.

    Their names are their paths inside the folder, without the ending. Files with the ending of
    an article count, and those without any; hidden ones do not. O(files).

    Raises:
        InputError: A path is no folder, two files of a folder have one name, or no name stands
            in both.
    """
    first, second = _by_name(a), _by_name(b)
    both = [name for name in first if name in second]
    if not both:
        raise InputError(
            f"{place_of(a)} and {place_of(b)}: no article has one name in both folders; "
            "list the pairs in a table: --pairs"
        )
    return MatchedFolders(
        tuple((first[name], second[name]) for name in both),
        tuple(path for name, path in first.items() if name not in second),
        tuple(path for name, path in second.items() if name not in first),
    )


def _by_name(folder: str) -> dict[str, str]:
    """Return the paths of a folder's articles by their names in it, in order of the names."""
    if not os.path.isdir(folder):  # noqa: PTH112 - a path stays as it was written
        raise InputError(f"{place_of(folder)}: is no folder; name two folders, or two files")
    found: dict[str, str] = {}
    for file in find_files([folder]):
        path = PurePosixPath(file.name)
        if path.suffix.lower() not in {"", *SUFFIXES}:
            continue
        name = str(path.with_suffix(""))
        if name in found:
            raise InputError(
                f"{place_of(found[name])} and {place_of(file.file)}: two files of one name; "
                "which of them is meant? Leave one of them, or list the pairs in a table: --pairs"
            )
        found[name] = file.file
    return found
