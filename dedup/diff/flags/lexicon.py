"""The word lists of the detectors are data: TOML files beside this module, each read once."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the word lists of a file by their names; a list is a set, a table stays a table.

    >>> "said" in lexicon("speech")["plain"]
    True
    """
    import tomllib
    from importlib.resources import files

    text = files("dedup.diff.flags").joinpath(f"{name}.toml").read_text("utf-8")
    return {
        key: frozenset(value) if isinstance(value, list) else value
        for key, value in tomllib.loads(text).items()
    }
