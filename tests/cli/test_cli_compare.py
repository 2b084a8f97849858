"""`dedup compare`: what each option does."""

from __future__ import annotations

import json
import logging
import re
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import typer

from dedup import Thresholds, compare, read_article
from dedup.cli.app import app
from dedup.cli.settings import Rules
from dedup.cli.stages import compare_aloud
from dedup.cli.talk import Talk
from dedup.diff.flags import FlagSettings
from dedup.report.json import schema

Run = Callable[..., tuple[int, str, str]]
PAIR = ("compare", "agency.txt", "daily.txt")


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda c: c.callback.__name__)
def test_every_command_and_parameter_has_help(command: object) -> None:
    found = typer.main.get_command(app).commands[command.callback.__name__]  # type: ignore[attr-defined]
    assert "Examples:" in found.help
    assert found.params
    for parameter in found.params:
        assert parameter.help, f"{found.name}: {parameter.name} lacks help"


def test_the_three_formats(run: Run) -> None:
    code, out, err = run(*PAIR)
    assert (code, err) == (0, "")
    assert "\n+ only in B  ¶4\n  Shop owners on the north bank" in out
    code, out, err = run(*PAIR, "--format", "markdown")
    assert (code, err) == (0, "")
    assert out.startswith("## ")
    code, out, err = run(*PAIR, "-f", "json")
    assert (code, err) == (0, "")
    jsonschema.Draft202012Validator(schema()).validate(json.loads(out))


def test_json_says_what_the_library_says(run: Run, folder: Path) -> None:
    report = json.loads(run(*PAIR, "-f", "json")[1])
    found = compare(read_article(folder / "agency.txt"), read_article(folder / "daily.txt"))
    assert report["verdict"]["label"] == found.verdict.label
    assert len(report["links"]) == len(found.diff.links)
    assert report["documents"][0]["path"] == "agency.txt"
    assert report["documents"][0]["sha256"] == found.a.article.sha256


def test_the_same_input_gives_the_same_bytes(run: Run) -> None:
    assert run(*PAIR, "-f", "json") == run(*PAIR, "-f", "json")


def test_only_changes_context_and_summary(run: Run) -> None:
    full, changes = run(*PAIR)[1], run(*PAIR, "--only-changes")[1]
    assert "= same" in full
    assert "= same" not in changes
    assert "... 2 unchanged sentences" in changes
    assert "... 1 unchanged sentence\n" not in run(*PAIR, "--context", "1")[1]
    summary = run(*PAIR, "--summary")[1]
    assert full.startswith(summary)
    assert "only in B  1 sentence" in summary


def test_order(run: Run) -> None:
    told = run("compare", "daily.txt", "agency.txt", "--order", "b")[1]
    assert "+ only in B" in told


def test_show_skipped(run: Run, folder: Path) -> None:
    (folder / "daily.txt").write_text(
        (folder / "daily.txt").read_text() + "\nAdvertisement\n", encoding="utf-8"
    )
    assert "\nSkipped\n" not in run(*PAIR)[1]
    assert "Advertisement" in run(*PAIR, "--show-skipped")[1].partition("\nSkipped\n")[2]


def test_quiet_says_nothing_but_writes_the_file(run: Run, folder: Path) -> None:
    assert run(*PAIR, "--quiet") == (0, "", "")
    assert run(*PAIR, "-q", "-o", "report.json", "-f", "json") == (0, "", "")
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["kind"] == "comparison"


def test_thresholds(run: Run) -> None:
    def limits(*options: str) -> dict[str, float]:
        found: dict[str, float] = json.loads(run(*PAIR, "-f", "json", *options)[1])["verdict"][
            "thresholds"
        ]
        return found

    assert limits()["passage_words"] == Thresholds().passage_words
    found = limits("-t", "passage_words=8", "--threshold", "same-story-coverage = 0.75")
    assert (found["passage_words"], found["same_story_coverage"]) == (8, 0.75)


def test_settings_come_from_a_file_and_the_command_line_wins(run: Run, folder: Path) -> None:
    (folder / "dedup.toml").write_text("[thresholds]\npassage_words = 9\nown_words = 7\n")
    options = ("-f", "json", "-t", "own_words=6")
    found = json.loads(run(*PAIR, *options)[1])["verdict"]["thresholds"]
    assert (found["passage_words"], found["own_words"]) == (9, 6)
    (folder / "other.toml").write_text("max-bytes = 5\n")
    code, _, err = run(*PAIR, "--config", "other.toml")
    assert code == 2
    assert "agency.txt" in err


def test_the_nearest_threshold_is_named(run: Run) -> None:
    _, _, err = run(*PAIR, "-t", "passage_wrods=4")
    assert 'did you mean "passage_words"?' in err
    assert "same_story_coverage" in err


def test_language_and_input_format(run: Run, folder: Path) -> None:
    report = json.loads(run(*PAIR, "-f", "json", "--language", "de")[1])
    assert [document["language"] for document in report["documents"]] == ["de", "de"]
    (folder / "record").write_text(json.dumps({"text": "The bridge is shut.", "outlet": "Daily"}))
    report = json.loads(run("compare", "record", "record", "-f", "json")[1])
    assert report["documents"][0]["outlet"] == "Daily"
    code, _, err = run(*PAIR, "--input-format", "json")
    assert code == 2
    assert "agency.txt" in err


def test_width_and_color(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "│" in run(*PAIR, "--width", "120")[1]
    assert "│" not in run(*PAIR, "--width", "60")[1]
    assert "\x1b[" not in run(*PAIR, "--color", "auto")[1]
    assert "\x1b[" not in run(*PAIR, "--color", "never")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" in run(*PAIR, "--color", "always")[1]


def test_verbose_tells_decisions_and_times_on_stderr_only(run: Run) -> None:
    code, out, err = run(*PAIR, "-v")
    assert code == 0
    assert out == run(*PAIR)[1]
    for stage in ("read agency.txt", "sentences", "evidence", "verdict", "alignment", "report"):
        assert re.search(rf"^dedup: {stage}: \d+ ms$", err, re.MULTILINE), stage
    assert "A: language en (recognised)" in err
    assert "passage_words=5" in err
    assert all(line.startswith("dedup: ") for line in err.splitlines())


def test_the_verbose_comparison_is_the_comparison(folder: Path) -> None:
    a, b = (read_article(folder / name) for name in ("agency.txt", "daily.txt"))
    rules = Rules(replace(Thresholds(), passage_words=4), FlagSettings())
    expected = compare(a, b, rules.thresholds, style=rules.style, flags=rules.flags)
    assert compare_aloud(a, b, rules, Talk(verbose=False)) == expected


def test_output_replaces_a_file_whole_and_keeps_its_rights(run: Run, folder: Path) -> None:
    target = folder / "report.txt"
    assert run(*PAIR, "-o", "report.txt")[:2] == (0, "")
    first = target.read_text(encoding="utf-8")
    assert first.startswith(("SAME", "SHARED", "UNRELATED"))
    target.write_text("x" * 100_000)
    target.chmod(0o640)
    run(*PAIR, "-o", "report.txt")
    assert target.read_text(encoding="utf-8") == first
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert not [path for path in folder.iterdir() if path.name.startswith(".report")]


def test_output_follows_a_link(run: Run, folder: Path) -> None:
    (folder / "real.txt").write_text("old")
    (folder / "link.txt").symlink_to("real.txt")
    run(*PAIR, "-o", "link.txt")
    assert (folder / "link.txt").is_symlink()
    assert (folder / "real.txt").read_text(encoding="utf-8") != "old"


def test_a_failing_disk_leaves_the_old_file_and_no_other(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "report.txt").write_text("old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    code, _, err = run(*PAIR, "-o", "report.txt")
    assert (code, err) == (2, "dedup: report.txt: cannot be written (no space left on device)\n")
    assert (folder / "report.txt").read_text() == "old"
    assert sorted(path.name for path in folder.iterdir() if "report" in path.name) == ["report.txt"]


def test_a_bug_keeps_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("dedup.report.build.build", broken)
    with pytest.raises(ZeroDivisionError):
        run(*PAIR)


def test_nothing_is_logged(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    run(*PAIR)
    assert not caplog.records
