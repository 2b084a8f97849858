"""How conditions are written: what is understood, and what is answered to a mistake."""

from __future__ import annotations

import pytest

from dedup.conditions import CONDITIONS, Allowance, parse_allowances, parse_conditions, written
from dedup.detect import Label
from dedup.diff.flags import FlagKind, Severity
from dedup.errors import ConfigError


def test_conditions_are_repeated_or_stand_with_commas_between() -> None:
    found = parse_conditions(["quote_altered, number-changed", "verdict:unrelated,"], "here")
    assert found == (FlagKind.QUOTE_ALTERED, FlagKind.NUMBER_CHANGED, Label.UNRELATED)
    assert parse_conditions(["buried", "buried"], "here") == (FlagKind.BURIED,)
    assert parse_conditions(["", " , "], "here") == ()


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_is_written_as_it_is_read(name: str) -> None:
    (condition,) = parse_conditions([name], "here")
    assert written(condition) == ("severity:low" if name == "any" else name)


def test_there_is_a_condition_for_every_kind_severity_and_label() -> None:
    assert len(CONDITIONS) == len(FlagKind) + len(Severity) + len(Label) + 1


@pytest.mark.parametrize("name", ["quote_alterd", "severity:grave", "verdict:", "high", "ANY"])
def test_an_unknown_condition_is_an_error_that_lists_the_known(name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_conditions([name], "--fail-on")
    message = str(caught.value)
    assert message.startswith(f'--fail-on: unknown condition "{name}"; ')
    assert all(known in message for known in CONDITIONS)


ENTRIES = {
    "tense_changed": [Allowance(FlagKind.TENSE_CHANGED)],
    "tense-changed, buried": [Allowance(FlagKind.TENSE_CHANGED), Allowance(FlagKind.BURIED)],
    "number_changed:13": [Allowance(FlagKind.NUMBER_CHANGED, "13")],
    "number_changed:1,000": [Allowance(FlagKind.NUMBER_CHANGED, "1,000")],
    "name_changed:Kiev->Kyiv": [Allowance(FlagKind.NAME_CHANGED, "Kiev", "Kyiv")],
    "name_changed: Kiev → Kyiv ": [Allowance(FlagKind.NAME_CHANGED, "Kiev", "Kyiv")],
    "hedge_added:->some": [Allowance(FlagKind.HEDGE_ADDED, "", "some")],
    "buried,number_changed:13,14": [
        Allowance(FlagKind.BURIED),
        Allowance(FlagKind.NUMBER_CHANGED, "13,14"),
    ],
    "date_changed:at 9:30": [Allowance(FlagKind.DATE_CHANGED, "at 9:30")],
    "": [],
}


@pytest.mark.parametrize("entry", ENTRIES)
def test_allowances(entry: str) -> None:
    assert list(parse_allowances([entry], "here")) == ENTRIES[entry]


@pytest.mark.parametrize("entry", ["nmae_changed:x", "buried,nmae_changed", ":13", "severity:low"])
def test_an_unknown_kind_is_an_error_that_lists_the_known(entry: str) -> None:
    with pytest.raises(ConfigError, match=r"^--allow: unknown kind of flag .*correction_added"):
        parse_allowances([entry], "--allow")


COVERED = [
    ("name_changed", "Kiev", "Kyiv", True),
    ("name_changed:kiev", "Kiev", "Kyiv", True),
    ("name_changed:“Kyiv”", "Kiev", "Kyiv", True),
    ("name_changed:Kiev->Kyiv", "Kiev", "Kyiv", True),
    ("name_changed:Kyiv->Kiev", "Kiev", "Kyiv", False),
    ("name_changed:Kiev->", "Kiev", "", True),
    ("name_changed:Kiev->", "Kiev", "Kyiv", False),
    ("name_changed:Ki", "Kiev", "Kyiv", False),
    ("title_changed", "Kiev", "Kyiv", False),
    ("name_changed:the mayor's  office", "The Mayor’s\noffice", "the mayor", True),
    ("name_changed:£5", "$5", "$6", False),
]


@pytest.mark.parametrize(("entry", "before", "after", "expected"), COVERED)
def test_what_an_allowance_covers(entry: str, before: str, after: str, expected: bool) -> None:
    (allowance,) = parse_allowances([entry], "here")
    assert allowance.covers(FlagKind.NAME_CHANGED, before, after) is expected
