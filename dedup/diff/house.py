"""Read a newsroom's own rules of house style, on top of the built-in ones.

off = ["weekday"]          # built-in rules that do not hold here; `builtin = false` for all

[[rule]]
name = "spelling"          # a built-in rule: what it prefers, and more groups
prefer = "British"

[[rule]]
name = "parties"           # a rule of one's own
groups = [["Green Party", "Greens"]]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dedup.config import read_toml, unknown
from dedup.diff.rules import Group, Rule, Style, groups_in, is_exact, plain
from dedup.errors import ConfigError, one_line
from dedup.text.normalize import fold

#: The keys of a house file, and of a rule in it.
KEYS = ("builtin", "off", "rule")
RULE_KEYS = ("name", "about", "groups", "the", "prefer")


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of a house file that says which entry is wrong, and how it should be written."""

    place: str
    values: Mapping[str, object]

    def check(self, keys: Iterable[str]) -> None:
        for name in self.values:
            if name not in keys:
                raise ConfigError(unknown(self.place, "key", name, tuple(keys)))

    def flag(self, key: str, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise ConfigError(f"{self.place}: {key} must be true or false")
        return value

    def text(self, key: str) -> str:
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise ConfigError(f'{self.place}: {key} must be a text; write {key} = "…"')
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
            raise ConfigError(f'{self.place}: {key} must be a list of texts; write {key} = ["…"]')
        return tuple(found)


def load_style(path: Path | str | None) -> Style:
    """Return the built-in style with the rules of a house file on top; None: as it is built in.

    A group that shares a form with a group of the built-in rule of that name adds its forms to it,
    in front; a new group is added, a new name is a new rule.

    Raises:
        ConfigError: The file cannot be read, is no TOML, has a key that is unknown or a value that
            has no meaning, or a form stands in two groups.

    >>> load_style(None) is Style.builtin()
    True
    """
    if path is None:
        return Style.builtin()
    file = _Table(one_line(str(path)), read_toml(Path(path)))
    file.check(KEYS)
    known = Style.builtin().rules
    for name in file.texts("off"):
        if name not in known:
            raise ConfigError(unknown(f"{file.place}: off", "rule", name, tuple(known)))
    off = file.texts("off") if file.flag("builtin", True) else tuple(known)
    rules = {name: rule for name, rule in known.items() if name not in off}
    owners = {_looked_up(form): name for name, rule in rules.items() for form in _forms(rule)}
    for table in _rule_tables(file):
        rule = _rule(table, rules)
        _claim(rule, owners, table.place)
        rules[rule.name] = rule
    return Style.of(rules.values())


def _rule_tables(file: _Table) -> list[_Table]:
    found = file.values.get("rule", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ConfigError(f"{file.place}: rule must be a list of tables; write [[rule]]")
    tables: list[_Table] = []
    for number, values in enumerate(found, start=1):
        name = _Table(f"{file.place}: rule {number}", values).text("name")
        if not name:
            raise ConfigError(f'{file.place}: rule {number} has no name; write name = "…"')
        if any(table.text("name") == name for table in tables):
            raise ConfigError(f"{file.place}: rule {one_line(name)} stands twice; make it one")
        tables.append(_Table(f"{file.place}: rule {one_line(name)}", values))
    return tables


def _rule(table: _Table, rules: Mapping[str, Rule]) -> Rule:
    """Return a rule of the file: a new one, or a built-in one with more to it."""
    table.check(RULE_KEYS)
    name = table.text("name")
    rule = rules.get(name) or Rule(name)
    rule = replace(
        rule,
        about=table.text("about") or rule.about,
        the=table.flag("the", rule.the),
        groups=_merged(rule.groups, _groups(table), table.place),
        prefer=table.texts("prefer"),
    )
    if name not in rules and not rule.groups:
        raise ConfigError(f'{table.place}: has no groups; write groups = [["…", "…"]]')
    for wanted in rule.prefer:
        if wanted not in (*rule.variants, *_forms(rule)):
            choice = rule.variants or sorted(_forms(rule))
            raise ConfigError(unknown(f"{table.place}: prefer", "form", wanted, choice))
    return rule


def _groups(table: _Table) -> tuple[Group, ...]:
    """Return the groups of a rule: lists of forms, or a text with a group a line."""
    value = table.values.get("groups", [])
    found: object = [list(group) for group in groups_in(value)] if isinstance(value, str) else value
    if not isinstance(found, list):
        raise ConfigError(f'{table.place}: groups must be a list; write groups = [["…", "…"]]')
    for number, group in enumerate(found, start=1):
        forms = group if isinstance(group, list) else []
        if len(forms) < 2 or not all(isinstance(form, str) and form.strip() for form in forms):
            raise ConfigError(
                f"{table.place}: group {number} must have two forms or more, each a text; "
                'write ["Kyiv", "Kiev"]'
            )
    return tuple(tuple(" ".join(form.split()) for form in group) for group in found)


def _merged(known: tuple[Group, ...], added: tuple[Group, ...], place: str) -> tuple[Group, ...]:
    """Return the groups with more of them, where some add forms to a known one."""
    merged = list(known)
    seen: set[str] = set()
    for group in added:
        forms = {_looked_up(form) for form in group}
        if twice := next((form for form in group if _looked_up(form) in seen), None):
            raise ConfigError(f'{place}: "{one_line(twice)}" stands in two groups; keep one')
        seen |= forms
        same = [n for n, other in enumerate(merged) if forms & set(map(_looked_up, other))]
        if len(same) > 1:
            both = " and ".join(f'"{one_line(merged[n][0])}"' for n in same)
            raise ConfigError(
                f"{place}: a group joins the groups of {both}; they differ in meaning"
            )
        if same:
            rest = (form for form in merged[same[0]] if _looked_up(form) not in forms)
            merged[same[0]] = (*group, *rest)
        else:
            merged.append(group)
    return tuple(merged)


def _claim(rule: Rule, owners: dict[str, str], place: str) -> None:
    """Note whose each form is, and refuse one that another rule has."""
    for form in _forms(rule):
        owner = owners.setdefault(_looked_up(form), rule.name)
        if owner != rule.name:
            raise ConfigError(
                f'{place}: "{one_line(form)}" stands in a group of the rule {owner} too; '
                f"add to that rule, or turn it off"
            )


def _forms(rule: Rule) -> list[str]:
    return [form for group in rule.groups for form in rule.forms(group)]


def _looked_up(form: str) -> str:
    """Return a form as the tables of a style have it."""
    return plain(form) if is_exact(form) else fold(form)
