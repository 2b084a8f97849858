"""The words that detectors know are data: TOML files beside this module, each read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any


@cache
def read(file: str) -> dict[str, Any]:
    """Return what a file says.

    >>> sorted(read("titles"))
    ['ranks', 'titles']
    """
    import tomllib
    from importlib.resources import files

    return tomllib.loads(files(__package__).joinpath(f"{file}.toml").read_text("utf-8"))


@cache
def word_set(file: str, name: str) -> frozenset[str]:
    """Return a list of words.

    >>> "said" in word_set("speech", "plain")
    True
    """
    return frozenset(read(file)[name])


@cache
def word_table(file: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return a table that has several words for one.

    >>> word_table("verbs", "irregular")["take"]
    ('took', 'taken')
    """
    return {word: tuple(forms) for word, forms in read(file)[name].items()}
