"""Settings kept in a file, so that a newsroom sets its thresholds once for everybody.

They stand in `dedup.toml`, or in `pyproject.toml` under `[tool.dedup]`:

    max-bytes = 10000000
    style = "house.toml"
    ignore-style = true

    [thresholds]
    near_identical = 0.9

    [flags]
    tense_changed = "off"

    [policy]
    fail-on = ["quote_altered", "severity:high"]
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from dedup.errors import ConfigError, one_line

OWN_FILE = "dedup.toml"
PROJECT_FILE = "pyproject.toml"
NAMES = (OWN_FILE, PROJECT_FILE)

#: The keys of a settings file; `-` and `_` are the same in them.
KEYS = ("flags", "ignore-style", "max-bytes", "policy", "style", "thresholds")
POLICY_KEYS = ("allow", "expect", "fail-on", "min-coverage")

_WHERE = re.compile(r"(?P<what>.*?) \(at (?P<where>.*?)\)", re.DOTALL)

Number = int | float
Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class PolicySettings:
    """What is asked of a comparison, as it is written; None is not set.

    Attributes:
        fail_on: Conditions, one or several with commas between in each entry.
        allow: Kinds of flags, or a kind with its words, that are let pass.
        min_coverage: The share of A's words, 0 to 1, that B must have.
        expect: The label that the verdict must have.
    """

    fail_on: Sequence[str] | None = None
    allow: Sequence[str] | None = None
    min_coverage: float | None = None
    expect: str | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """What a settings file says; a field that it does not set keeps the program's own value.

    Attributes:
        thresholds: Threshold by name; only those that are set.
        max_bytes: The largest input that is read, in bytes; None when not set.
        style: The file with the house's own rules of style; None for the built-in ones alone.
        ignore_style: Whether what differs by house style alone is left out of what people read.
        path: The file the settings come from; None when there is none.
        flags: How grave a kind of flag is, or `off`, by kind; only those that are set.
        policy: What is asked of a comparison.
    """

    thresholds: Mapping[str, Number] = field(default_factory=lambda: MappingProxyType({}))
    max_bytes: int | None = None
    style: Path | None = None
    ignore_style: bool = False
    path: Path | None = None
    flags: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    policy: PolicySettings = PolicySettings()


def load_config(
    start: Path | None = None,
    path: Path | None = None,
    *,
    threshold_names: Collection[str] | None = None,
) -> Config:
    """Return the settings of the nearest settings file, or of the one that is named.

    The search begins in one folder and goes upwards; the nearest file wins, in one folder
    `dedup.toml` before `pyproject.toml`, and a `pyproject.toml` without `[tool.dedup]` does not
    count. It ends at the folder that holds `.git`: settings outside the project are not its own.

    Args:
        start: The folder where the search begins; None for the current one.
        path: Read this file, and search for none. A file called `pyproject.toml` has its
            settings under `[tool.dedup]`, any other at the top.
        threshold_names: The names that `thresholds` may hold; None lets any pass.

    Returns:
        The settings; `Config()` when there is no file.

    Raises:
        ConfigError: The file cannot be read, is no TOML, or has a setting that is unknown or
            has no meaning.

    >>> load_config(Path("/")).path is None
    True
    """
    if path is not None:
        settings = _settings(path)
        if settings is None:
            raise ConfigError(f"{_place(path)}: has no [tool.dedup]; write the settings under it")
        return _config(settings, path, threshold_names)
    for candidate in _candidates(start):
        settings = _settings(candidate)
        if settings is not None:
            return _config(settings, candidate, threshold_names)
    return Config()


def _candidates(start: Path | None) -> Iterator[Path]:
    """Yield the settings files from `start` upwards, the nearest first."""
    try:
        folder = (start or Path()).absolute()
    except OSError:  # the current folder was deleted, so nothing is above it
        return
    for parent in (folder, *folder.parents):
        # `os.path` takes a folder that may not be looked into for one that holds nothing.
        yield from (parent / name for name in NAMES if os.path.isfile(parent / name))  # noqa: PTH113
        if os.path.exists(parent / ".git"):  # noqa: PTH110
            return


def read_toml(path: Path) -> Table:
    """Return what a TOML file says.

    Raises:
        ConfigError: It cannot be read, or is no TOML; the message says where.
    """
    import tomllib

    place = _place(path)
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        reason = one_line(error.strerror or type(error).__name__)
        raise ConfigError(
            f"{place}: cannot be read ({reason}); check its name and rights"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{place}: is not UTF-8, as TOML must be; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        found = _WHERE.fullmatch(str(error))
        what, where = (found["what"], f"{found['where']}: ") if found else (str(error), "")
        raise ConfigError(f"{place}: {where}{one_line(what)}; mend the TOML there") from error
    except RecursionError as error:
        raise ConfigError(f"{place}: is nested too deeply; make it flat") from error


def _settings(path: Path) -> Table | None:
    """Return the table with our settings; None where the file is not about us."""
    table = read_toml(path)
    if path.name != PROJECT_FILE:
        return table
    tool = table.get("tool")
    ours = tool.get("dedup") if isinstance(tool, dict) else None
    if ours is not None and not isinstance(ours, dict):
        raise ConfigError(f"{_place(path)}: tool.dedup must be a table; write [tool.dedup]")
    return ours


def _config(settings: Table, path: Path, threshold_names: Collection[str] | None) -> Config:
    place = _place(path)
    values = _values(settings, place, KEYS, "setting")
    return Config(
        thresholds=_thresholds(values.get("thresholds", {}), place, threshold_names),
        max_bytes=_max_bytes(values.get("max-bytes"), place),
        style=_style(values.get("style"), path),
        ignore_style=_truth(values, "ignore-style", place),
        path=path,
        flags=_flags(values.get("flags", {}), place),
        policy=_policy(values.get("policy", {}), place),
    )


def _values(table: Table, place: str, keys: Collection[str], what: str) -> dict[str, object]:
    """Return a table by its keys, in which `-` and `_` are the same."""
    values: dict[str, object] = {}
    for written, value in table.items():
        key = written.replace("_", "-")
        if key not in keys:
            raise ConfigError(unknown(place, what, written, keys))
        if key in values:
            raise ConfigError(f"{place}: {key} is set twice (with - and with _); keep one")
        values[key] = value
    return values


def _flags(table: object, place: str) -> Mapping[str, str]:
    if not isinstance(table, dict):
        raise ConfigError(f"{place}: flags must be a table; write [flags]")
    for kind, severity in table.items():
        if not isinstance(severity, str):
            raise ConfigError(
                f'{place}: flags.{one_line(kind)} must be "high", "medium", "low" or "off", '
                f"not {_kind(severity)}"
            )
    return MappingProxyType(dict(table))


def _policy(table: object, place: str) -> PolicySettings:
    if not isinstance(table, dict):
        raise ConfigError(f"{place}: policy must be a table; write [policy]")
    values = _values(table, place, POLICY_KEYS, "key of policy")
    return PolicySettings(
        fail_on=_entries(values.get("fail-on"), place, "fail-on"),
        allow=_entries(values.get("allow"), place, "allow"),
        min_coverage=_share(values.get("min-coverage"), place),
        expect=_word(values.get("expect"), place),
    )


def _entries(value: object, place: str, key: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    entries = value if isinstance(value, list) else [value]
    for entry in entries:
        if not isinstance(entry, str):
            raise ConfigError(f"{place}: policy.{key} must be a list of texts, not {_kind(value)}")
    return tuple(entries)


def _share(value: object, place: str) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise ConfigError(
            f"{place}: policy.min-coverage must be a share from 0 to 1, not {_kind(value)}"
        )
    return float(value)


def _word(value: object, place: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise ConfigError(f"{place}: policy.expect must be a text, not {_kind(value)}")


def _thresholds(table: object, place: str, names: Collection[str] | None) -> Mapping[str, Number]:
    if not isinstance(table, dict):
        raise ConfigError(f"{place}: thresholds must be a table; write [thresholds]")
    thresholds: dict[str, Number] = {}
    for written, value in table.items():
        name = written.replace("-", "_")
        if names is not None and name not in names:
            raise ConfigError(unknown(place, "threshold", written, names))
        # True is an int to Python, and no number to a person.
        if (
            isinstance(value, bool)
            or not isinstance(value, (int, float))
            or not math.isfinite(value)
        ):
            raise ConfigError(
                f"{place}: thresholds.{one_line(written)} must be a number, not {_kind(value)}"
            )
        thresholds[name] = value
    return MappingProxyType(thresholds)


def _max_bytes(value: object, place: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfigError(
            f"{place}: max-bytes must be a whole number of bytes above 0, not {_kind(value)}"
        )
    return value


def _style(value: object, path: Path) -> Path | None:
    """Return the file of house style, which stands relative to the settings."""
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise ConfigError(f"{_place(path)}: style must be the name of a file, not {_kind(value)}")
    return path.parent / value


def _truth(values: Table, key: str, place: str) -> bool:
    value = values.get(key, False)
    if not isinstance(value, bool):
        raise ConfigError(f"{place}: {key} must be true or false, not {_kind(value)}")
    return value


def unknown(place: str, what: str, name: str, known: Collection[str]) -> str:
    """Return the message for a name that does not exist: the nearest one, and all there are.

    >>> unknown("dedup.toml", "setting", "max-byte", ["max-bytes", "thresholds"])
    'dedup.toml: unknown setting "max-byte"; did you mean "max-bytes"? Known: max-bytes, thresholds'
    """
    from rapidfuzz import fuzz, process

    nearest = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=60)
    guess = f'did you mean "{nearest[0]}"? ' if nearest else ""
    return f'{place}: unknown {what} "{one_line(name)}"; {guess}Known: {", ".join(known)}'


def _kind(value: object) -> str:
    """Return the value as a message shows it: what was written, or of what kind it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float, str)):
        return one_line(repr(value)[:40])
    if isinstance(value, (dict, list)):
        return "a table" if isinstance(value, dict) else "a list"
    return "a date or time"


def _place(path: Path) -> str:
    return one_line(str(path))
