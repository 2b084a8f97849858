"""What a comparison goes by: the settings file, and the options on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.cli.talk import Talk

if TYPE_CHECKING:
    from dedup.cli.settings import Rules
    from dedup.config import Config


def read_settings(path: Path | None, talk: Talk) -> Config:
    """Return the settings of a file; None for those of the folder.

    Raises:
        ConfigError: A setting is unknown or has no meaning.
    """
    from dedup.cli.settings import THRESHOLD_NAMES
    from dedup.config import load_config

    settings = load_config(path=path, threshold_names=THRESHOLD_NAMES)
    if settings.path is not None:
        talk.say(f"settings from {settings.path}")
    return settings


def rules_from(
    settings: Config, assignments: Iterable[str], style: Path | None, talk: Talk
) -> Rules:
    """Return the rules of the settings, with `NAME=VALUE` thresholds and a style on top.

    Raises:
        ConfigError: A name is unknown, or the style cannot be used.
    """
    from dedup.cli.settings import Rules, flags_from, thresholds_from

    limits = thresholds_from(settings.thresholds, assignments)
    talk.say(f"thresholds: {', '.join(f'{k}={v}' for k, v in asdict(limits).items())}")
    flags = flags_from(settings)
    path = style or settings.style
    if path is None:
        return Rules(limits, flags)
    from dedup.diff.house import load_style

    talk.say(f"house style from {path}")
    return Rules(limits, flags, load_style(path))
