"""What the README shows is what the program prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dedup.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ dedup (.+)\n((?:(?!```).*\n)*)```", README)


def test_the_readme_has_examples():
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize(("command", "shown"), EXAMPLES)
def test_shown_output_is_real(command: str, shown: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    result = CliRunner().invoke(app, shlex.split(command))
    assert result.exit_code == 0, result.output
    rest = result.stdout
    for part in filter(None, re.split(r"^…\n", shown, flags=re.MULTILINE)):
        _, found, rest = rest.partition(part)
        assert found, part


def test_every_command_of_the_readme_exists():
    for name in re.findall(r"^dedup (\w+)", README, flags=re.MULTILINE):
        assert name in {"compare", "scan", "schema", "style", "why"}
