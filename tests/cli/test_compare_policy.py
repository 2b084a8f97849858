"""`dedup compare` in CI: conditions, exit codes, and several reports at once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dedup import Span
from dedup.diff.flags import Finding, FlagKind, raising
from dedup.diff.flags.pair import Pair

Run = Callable[..., tuple[int, str, str]]
PAIR = ("compare", "agency.txt", "daily.txt")


def months(pair: Pair) -> Iterator[Finding]:
    """Find the months of the repairs, as if they had changed."""
    a, b = (side.text.index("14 months") for side in (pair.a, pair.b))
    yield Finding(FlagKind.NUMBER_CHANGED, None, Span(a, a + 9), Span(b, b + 9))


@pytest.fixture(autouse=True)
def one_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every comparison raise one flag, `number_changed`, of high severity."""
    monkeypatch.setattr(raising, "DETECTORS", (months,))


FAILURE = (
    'dedup: number_changed (high): agency.txt:3:40 "14 months" -> daily.txt:3:40 "14 months" [{}]\n'
)


@pytest.mark.parametrize(
    "condition", ["number_changed", "severity:high", "severity:low", "number-changed"]
)
def test_a_condition_that_is_met_is_a_line_and_exit_1(run: Run, condition: str) -> None:
    code, out, err = run(*PAIR, "--fail-on", condition)
    assert (code, err) == (1, FAILURE.format(condition.replace("-", "_")))
    assert "POLICY FAILED: 1 failure\n" in out
    assert (
        json.loads(run(*PAIR, "--fail-on", condition, "-f", "json")[1])["policy"]["exit_code"] == 1
    )


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--fail-on", ""),
        ("--fail-on", "quote_altered,verdict:unrelated"),
        ("--fail-on", "number_changed", "--allow", "number_changed"),
        ("--fail-on", "any", "--allow", "buried,number_changed:14 months"),
        ("--fail-on", "any", "--allow", "number_changed:14 months->14 months"),
        ("--expect", "shared_passages"),
        ("--min-coverage", "0.3"),
    ],
)
def test_what_is_met_is_silent(run: Run, options: tuple[str, ...]) -> None:
    code, _, err = run(*PAIR, *options)
    assert (code, err) == (0, "")


def test_options_are_repeated_or_stand_with_commas_between(run: Run) -> None:
    report = json.loads(
        run(*PAIR, "-f", "json", "--fail-on", "buried,any", "--fail-on", "verdict:identical",
            "--expect", "identical", "--min-coverage", "1", "--allow", "buried", "--allow",
            "number_changed:1,000")[1]
    )  # fmt: skip
    policy = report["policy"]
    assert policy["fail_on"] == ["buried", "severity:low", "verdict:identical"]
    assert policy["allow"] == ["buried", "number_changed:1,000"]
    assert policy["failed"] == ["expect:identical", "min_coverage:1", "severity:low"]
    assert (policy["expect"], policy["min_coverage"]) == ("identical", 1.0)


def test_quiet_leaves_the_reasons(run: Run) -> None:
    assert run(*PAIR, "--fail-on", "any", "-q") == (1, "", FAILURE.format("severity:low"))


def test_verbose_decides_the_same(run: Run) -> None:
    code, out, err = run(*PAIR, "--fail-on", "any", "-v")
    assert (code, out) == run(*PAIR, "--fail-on", "any")[:2]
    assert err.endswith(FAILURE.format("severity:low"))


def test_settings_and_the_command_line_on_top(run: Run, folder: Path) -> None:
    settings = folder / "dedup.toml"
    settings.write_text("[policy]\nfail-on = ['number_changed']\nexpect = 'identical'\n")
    code, _, err = run(*PAIR)
    assert code == 1
    assert re.findall(r"\[(.+)\]\n", err) == ["expect:identical", "number_changed"]
    code, _, err = run(*PAIR, "--fail-on", "", "--expect", "unrelated")
    assert (code, err) == (0, "")


def test_severities_of_the_settings(run: Run, folder: Path) -> None:
    (folder / "dedup.toml").write_text("[flags]\nnumber_changed = 'low'\n")
    assert run(*PAIR, "--fail-on", "severity:medium")[0] == 0
    (folder / "dedup.toml").write_text("[flags]\nnumber-changed = 'off'\n")
    assert run(*PAIR, "--fail-on", "any")[0] == 0
    code, _, err = run(*PAIR, "--fail-on", "number_changed")
    assert code == 2
    assert 'number_changed is off; raise it with number_changed = "low" under [flags]' in err


MISTAKES = [
    (
        ("--fail-on", "quote_alterd"),
        ['--fail-on: unknown condition "quote_alterd"', "severity:low"],
    ),
    (("--allow", "nmae_changed"), ["--allow: unknown kind of flag", 'mean "name_changed"']),
    (("--expect", "same"), ["--expect: unknown verdict", "same_story"]),
    (("--report", "report.json"), ["--report report.json: write it as FORMAT=PATH"]),
    (("--report", "json="), ["FORMAT=PATH"]),
    (("--report", "pdf=x"), ['--report: unknown format "pdf"', "sarif"]),
    (("--report", "json=x", "--report", "sarif=./x"), ["--report x", "two reports"]),
    (("--report", "json=x", "-o", "x"), ["two reports"]),
    (("--report", "json=-", "-f", "junit"), ["--report standard output: takes two reports"]),
    (("--report", "json=-", "--report", "sarif=-"), ["standard output"]),
    (("--report", "json=daily.txt"), ["daily.txt: is one of the articles"]),
    (("-o", "./agency.txt"), ["agency.txt: is one of the articles"]),
    (("--report", "json=no/x"), ["no/x: cannot be written"]),
]


@pytest.mark.parametrize(("options", "told"), MISTAKES)
def test_a_mistake_is_found_before_the_work(
    run: Run, folder: Path, options: tuple[str, ...], told: list[str]
) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    code, out, err = run("compare", "agency.txt", "daily.txt", "-v", *options)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"(dedup: thresholds: .+\n)?dedup: .+\n", err), "it has read an article"
    assert all(part in err for part in told)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


SETTINGS = [
    ("[flags]\nnmae_changed = 'low'", ["unknown kind of flag", 'mean "name_changed"']),
    ("[flags]\nburied = 'grave'", ["flags.buried", "high, medium, low, off"]),
    ("[policy]\nfail-on = ['burried']", ["policy.fail-on", 'mean "buried"']),
    ("[policy]\nallow = ['burried']", ["policy.allow", 'mean "buried"']),
    ("[policy]\nexpect = 'same_stroy'", ["policy.expect", 'mean "same_story"']),
]


@pytest.mark.parametrize(("text", "told"), SETTINGS)
def test_a_mistake_in_the_settings_names_the_file(
    run: Run, folder: Path, text: str, told: list[str]
) -> None:
    (folder / "dedup.toml").write_text(text)
    code, out, err = run(*PAIR)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"dedup: .*dedup\.toml: .+\n", err)
    assert all(part in err for part in told)


def test_a_share_beyond_0_to_1_is_a_usage_error(run: Run) -> None:
    assert run(*PAIR, "--min-coverage", "80")[0] == 2


def test_several_reports_at_once(run: Run, folder: Path) -> None:
    names = {"json": "a.json", "markdown": "a.md", "sarif": "a.sarif", "junit": "a.xml",
             "github": "a.log", "terminal": "a.txt"}  # fmt: skip
    options = [part for f, name in names.items() for part in ("--report", f"{f}={name}")]
    code, out, _ = run(*PAIR, "--fail-on", "any", *options)
    assert code == 1
    assert out == run(*PAIR, "--fail-on", "any")[1]
    found = {name: (folder / name).read_text(encoding="utf-8") for name in names.values()}
    assert json.loads(found["a.json"])["policy"]["exit_code"] == 1
    assert "**Policy failed: 1 failure**" in found["a.md"]
    assert json.loads(found["a.sarif"])["version"] == "2.1.0"
    assert ElementTree.fromstring(found["a.xml"]).get("failures") == "1"
    assert found["a.log"].startswith("::error file=daily.txt,line=3,")
    assert found["a.txt"] == out


def test_a_report_may_take_standard_output(run: Run) -> None:
    assert run(*PAIR, "--report", "json=-") == run(*PAIR, "-f", "json")
    assert run(*PAIR, "--report", "json=-", "-o", "a.txt")[1] == run(*PAIR, "-f", "json")[1]
    assert run(*PAIR, "--report", "json=-", "--quiet")[1] == ""


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="needs a device")
def test_a_device_may_take_several(run: Run) -> None:
    options = ("--report", "json=/dev/null", "--report", "sarif=/dev/null")
    assert run(*PAIR, *options, "-q") == (0, "", "")


def test_a_report_that_fails_to_be_made_leaves_no_other(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr("dedup.report.sarif.render", broken)
    with pytest.raises(ZeroDivisionError):
        run(*PAIR, "--report", "json=a.json", "--report", "sarif=a.sarif")
    assert not (folder / "a.json").exists()


def test_the_width_of_a_file_is_not_the_terminals(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    run(*PAIR, "--report", "terminal=a.txt")
    assert max(map(len, (folder / "a.txt").read_text(encoding="utf-8").splitlines())) == 80
