"""What people set: the defaults, a settings file, and the command line on top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from dedup.conditions import parse_allowances, parse_conditions, parse_name
from dedup.config import Config, Number, PolicySettings, unknown
from dedup.detect import Label, Thresholds
from dedup.diff import Style
from dedup.diff.flags import DEFAULTS, FlagKind, FlagSettings, Severity
from dedup.errors import ConfigError, one_line
from dedup.policy import Policy

THRESHOLD_NAMES = tuple(field.name for field in fields(Thresholds))

Value = TypeVar("Value")

#: What a settings file calls the severity of a kind that is not raised.
OFF = "off"
_SEVERITIES = tuple(severity.value for severity in Severity)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a comparison goes by.

    Attributes:
        thresholds: What the verdict turns on.
        flags: Which kinds of flags are raised, and how grave they are.
        style: House style; None for the built-in one, which needs no file to be read.
    """

    thresholds: Thresholds
    flags: FlagSettings
    style: Style | None = None


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


def flags_from(settings: Config) -> FlagSettings:
    """Return which kinds of flags are raised and how grave they are, by a settings file.

    Raises:
        ConfigError: A kind or a severity is unknown.

    >>> settings = Config(flags={"quote_altered": "low", "number_changed": "off"})
    >>> found = flags_from(settings).severities
    >>> found[FlagKind.QUOTE_ALTERED].value, FlagKind.NUMBER_CHANGED in found
    ('low', False)
    """
    place = one_line(str(settings.path))
    found = dict(DEFAULTS)
    for name, severity in settings.flags.items():
        kind = parse_name(name, FlagKind, place, "kind of flag")
        if severity == OFF:
            found.pop(kind, None)
        elif severity in _SEVERITIES:
            found[kind] = Severity(severity)
        else:
            known = (*_SEVERITIES, OFF)
            raise ConfigError(unknown(f"{place}: flags.{kind}", "severity", severity, known))
    return FlagSettings(found)


def policy_from(settings: Config, typed: PolicySettings, flags: FlagSettings) -> Policy:
    """Return the policy of a settings file; what was typed takes the place of the same key in it.

    Args:
        settings: The settings file.
        typed: What the command line says.
        flags: Which kinds are raised: a condition on a kind that is off could never fail.

    Raises:
        ConfigError: A name is unknown, or a condition asks for a kind that is off.
    """
    file, place = settings.policy, one_line(str(settings.path))
    fail_on, at = _first(typed.fail_on, "--fail-on", file.fail_on, f"{place}: policy.fail-on")
    allow, allowed_at = _first(typed.allow, "--allow", file.allow, f"{place}: policy.allow")
    expect, expected_at = _first(typed.expect, "--expect", file.expect, f"{place}: policy.expect")
    conditions = parse_conditions(fail_on or (), at)
    for condition in conditions:
        if isinstance(condition, FlagKind) and condition not in flags.severities:
            raise ConfigError(
                f'{at}: {condition} is off; raise it with {condition} = "low" under [flags] in a '
                "settings file"
            )
    return Policy(
        fail_on=conditions,
        allow=parse_allowances(allow or (), allowed_at),
        min_coverage=file.min_coverage if typed.min_coverage is None else typed.min_coverage,
        expect=parse_name(expect, Label, expected_at, "verdict") if expect else None,
    )


def _first(
    typed: Value | None, option: str, filed: Value | None, key: str
) -> tuple[Value | None, str]:
    """Return what counts of what was typed and what stands in a file, and where it stands."""
    return (filed, key) if typed is None else (typed, option)
