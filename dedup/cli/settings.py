"""Thresholds as people set them: the defaults, a settings file, and the command line on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from dedup.config import Number, unknown
from dedup.detect import Thresholds
from dedup.errors import ConfigError, one_line

THRESHOLD_NAMES = tuple(field.name for field in fields(Thresholds))


def thresholds_from(settings: Mapping[str, Number], assignments: Iterable[str]) -> Thresholds:
    """Return the thresholds of a settings file, with `NAME=VALUE` assignments on top.

    Raises:
        ConfigError: A name is unknown, or a value has no meaning for it.

    >>> thresholds_from({"passage_words": 8}, ["same-story-coverage=0.5"]).passage_words
    8
    """
    values: dict[str, Any] = {**settings, **dict(map(_assignment, assignments))}
    return Thresholds(**values)


def _assignment(written: str) -> tuple[str, Number]:
    name, equals, value = (part.strip() for part in written.partition("="))
    name = name.replace("-", "_")
    if not equals:
        raise ConfigError(f"--threshold {one_line(written)}: write it as NAME=VALUE")
    if name not in THRESHOLD_NAMES:
        raise ConfigError(unknown("--threshold", "threshold", name, THRESHOLD_NAMES))
    try:
        return name, int(value) if value.isdecimal() else float(value)
    except ValueError:
        raise ConfigError(f"--threshold {name}: {one_line(value)!r} is not a number") from None
