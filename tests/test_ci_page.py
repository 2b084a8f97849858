"""docs/ci.md, action.yml and the README: what they show is what the program takes."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from dedup.cli.reports import Format
from dedup.cli.settings import flags_from, policy_from
from dedup.config import POLICY_KEYS, Config, PolicySettings, load_config

ROOT = Path(__file__).resolve().parent.parent
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/ci.md")}
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))

AGENCY = "PORT HALE (AP) — The old bridge was shut on Monday.\nDivers found cracks in two piers.\n"


def blocks(language: str) -> list[tuple[str, str]]:
    return [
        (page, block)
        for page, text in PAGES.items()
        for block in re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    ]


def help_text() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "dedup", "compare", "--help"],
        capture_output=True, check=True, encoding="utf-8",
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return done.stdout


def test_there_are_blocks() -> None:
    assert len(blocks("yaml")) >= 3
    assert len(blocks("toml")) >= 2


@pytest.mark.parametrize(("page", "block"), blocks("yaml"))
def test_yaml_can_be_read(page: str, block: str) -> None:
    assert yaml.safe_load(block), page


@pytest.mark.parametrize(("page", "block"), blocks("toml"))
def test_settings_are_understood(page: str, block: str, tmp_path: Path) -> None:
    assert tomllib.loads(block), page
    path = tmp_path / "dedup.toml"
    path.write_text(block, encoding="utf-8")
    settings = load_config(path=path)
    assert settings != Config(path=path)
    policy_from(settings, PolicySettings(), flags_from(settings))


def test_every_format_condition_and_key_is_documented() -> None:
    page = PAGES["docs/ci.md"]
    assert all(f"\n| `{format}` | " in page for format in Format)
    assert all(f"\n{key} = " in page for key in POLICY_KEYS)
    for condition in ("`quote_altered`", "`severity:high`", "`any`", "`verdict:unrelated`"):
        assert condition in page


def test_every_option_that_is_shown_exists() -> None:
    known = set(re.findall(r"--[a-z][a-z-]+", help_text()))
    commands = [
        line
        for text in (*PAGES.values(), (ROOT / "action.yml").read_text(encoding="utf-8"))
        for line in re.findall(r"dedup compare (?:[^\n`]|\\\n)*", text)
    ]
    assert len(commands) >= 5
    for command in commands:
        assert set(re.findall(r"(?<=\s)--[a-z][a-z-]+", command)) <= known, command


def inputs(**given: str) -> dict[str, str]:
    """Return the environment of the step that compares, its inputs filled in."""
    step = ACTION["runs"]["steps"][1]
    values = {name: value.get("default", "") for name, value in ACTION["inputs"].items()} | given
    filled = {}
    for name, expression in step["env"].items():
        found = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", expression)
        assert found, "an input reaches the shell by the environment alone"
        filled[name] = values[found[1]]
    return filled


def compare(folder: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the step that compares, as the runner does."""
    program = folder / "dedup" / "bin" / "dedup"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dedup "$@"\n', encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (folder / ".git").mkdir(exist_ok=True)
    (folder / "wire.txt").write_text(AGENCY, encoding="utf-8")
    (folder / "page.txt").write_text(AGENCY, encoding="utf-8")
    step = ACTION["runs"]["steps"][1]
    assert step["shell"] == "bash"
    environment = {"RUNNER_TEMP": str(folder), "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder, capture_output=True, check=False, encoding="utf-8",
        env=os.environ | environment | inputs(a="wire.txt", b="page.txt", **given),
    )  # fmt: skip


def test_the_action_describes_itself() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all(value["description"] for value in ACTION["inputs"].values())
    assert [name for name, value in ACTION["inputs"].items() if value.get("required")] == ["a", "b"]
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"], "a name of an article would be run as code"


def test_the_action_compares(tmp_path: Path) -> None:
    done = compare(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("## Same wire story")


def test_the_action_fails_where_the_policy_does(tmp_path: Path) -> None:
    given = {"fail-on": "verdict:identical", "allow": "buried\nname_changed:a, b\n",
             "reports": "sarif=all.sarif\njson=all.json", "summary": "false"}  # fmt: skip
    done = compare(tmp_path, **given)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=page.txt,title=The verdict is identical::")
    assert done.stderr.endswith("[verdict:identical]\n")
    assert (tmp_path / "all.sarif").exists()
    assert (tmp_path / "all.json").exists()
    assert (tmp_path / "summary.md").read_text(encoding="utf-8") == ""


def test_a_mistake_ends_the_action_with_2(tmp_path: Path) -> None:
    done = compare(tmp_path, expect="same")
    assert done.returncode == 2
    assert "unknown verdict" in done.stderr
