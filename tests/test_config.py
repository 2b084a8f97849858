"""Settings: where they are looked for, what they may say, and what is answered to a mistake."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dedup.config import Config, PolicySettings, load_config
from dedup.errors import ConfigError

NAMES = ["same_story_containment", "shared_passages_run"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that is the top of a project, with folders below it."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "desk" / "today").mkdir(parents=True)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_nothing_is_set(project: Path) -> None:
    assert load_config(project / "desk") == Config()


def test_own_file_holds_settings_at_its_top(project: Path) -> None:
    path = write(
        project / "dedup.toml",
        "max-bytes = 1000\n[thresholds]\nsame_story_containment = 0.3\nshared_passages_run = 9\n",
    )
    config = load_config(project, threshold_names=NAMES)
    assert config.max_bytes == 1000
    assert config.thresholds == {"same_story_containment": 0.3, "shared_passages_run": 9}
    assert config.path == path


def test_pyproject_holds_settings_under_tool_dedup(project: Path) -> None:
    path = write(project / "pyproject.toml", "[project]\nname='x'\n[tool.dedup]\nmax-bytes = 7\n")
    assert load_config(project) == Config(max_bytes=7, path=path)


def test_house_style_stands_beside_the_settings(project: Path) -> None:
    write(project / "dedup.toml", 'style = "house/style.toml"\nignore-style = true')
    config = load_config(project / "desk")
    assert config.style == project / "house" / "style.toml"
    assert config.ignore_style


def test_hyphen_and_underscore_are_the_same(project: Path) -> None:
    write(project / "dedup.toml", "max_bytes = 5\n[thresholds]\nshared-passages-run = 3")
    config = load_config(project, threshold_names=NAMES)
    assert config.max_bytes == 5
    assert config.thresholds == {"shared_passages_run": 3}


def test_search_goes_upwards_and_the_nearest_file_wins(project: Path) -> None:
    write(project / "dedup.toml", "max-bytes = 1")
    assert load_config(project / "desk" / "today").max_bytes == 1
    write(project / "desk" / "pyproject.toml", "[tool.dedup]\nmax-bytes = 2")
    assert load_config(project / "desk" / "today").max_bytes == 2


def test_own_file_wins_over_pyproject_beside_it(project: Path) -> None:
    write(project / "dedup.toml", "max-bytes = 1")
    write(project / "pyproject.toml", "[tool.dedup]\nmax-bytes = 2")
    assert load_config(project).max_bytes == 1


def test_pyproject_of_something_else_is_passed_by(project: Path) -> None:
    write(project / "dedup.toml", "max-bytes = 1")
    write(project / "desk" / "pyproject.toml", "[tool.other]\nx = 2")
    assert load_config(project / "desk").max_bytes == 1


def test_search_ends_at_the_top_of_the_project(project: Path) -> None:
    write(project / "dedup.toml", "max-bytes = 1")
    (project / "desk" / ".git").write_text("gitdir: elsewhere")  # a worktree has a file there
    assert load_config(project / "desk" / "today") == Config()


def test_search_begins_in_the_current_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "dedup.toml", "max-bytes = 1")
    monkeypatch.chdir(project / "desk")
    assert load_config().max_bytes == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows does not delete the current folder")
def test_a_deleted_current_folder_has_no_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert load_config() == Config()


def test_a_named_file_is_read_and_no_other(project: Path) -> None:
    write(project / "dedup.toml", "max-bytes = 1")
    other = write(project / "strict.toml", "max-bytes = 2")
    assert load_config(project, other) == Config(max_bytes=2, path=other)


def test_a_byte_order_mark_is_no_mistake(project: Path) -> None:
    (project / "dedup.toml").write_bytes(b"\xef\xbb\xbfmax-bytes = 1")
    assert load_config(project).max_bytes == 1


def test_flags_and_policy(project: Path) -> None:
    path = write(
        project / "pyproject.toml",
        "[tool.dedup.flags]\nquote_altered = 'low'\n"
        "[tool.dedup.policy]\nfail-on = 'any'\nallow = ['buried', 'number_changed:13']\n"
        "min_coverage = 1\nexpect = 'same_story'\n",
    )
    asked = PolicySettings(("any",), ("buried", "number_changed:13"), 1.0, "same_story")
    assert load_config(project) == Config(path=path, flags={"quote_altered": "low"}, policy=asked)


def test_settings_cannot_be_changed(project: Path) -> None:
    write(project / "dedup.toml", "[thresholds]\nshared_passages_run = 3")
    config = load_config(project)
    with pytest.raises(TypeError):
        config.thresholds["shared_passages_run"] = 4  # type: ignore[index]


#: What stands in the file, and what the message must say.
MISTAKES = {
    "unknown setting": (
        "max-byte = 1",
        ['"max-byte"', 'mean "max-bytes"', "max-bytes, policy, style, thresholds"],
    ),
    "nothing like it": (
        "zzz = 1",
        ['unknown setting "zzz"; Known: flags, ignore-style, max-bytes, policy'],
    ),
    "unknown threshold": (
        "[thresholds]\nsame_story_contaiment = 0.3",
        ["unknown threshold", 'mean "same_story_containment"', "shared_passages_run"],
    ),
    "threshold as a string": (
        "[thresholds]\nshared_passages_run = '3'",
        ["thresholds.shared_passages_run", "a number", "'3'"],
    ),
    "threshold true": ("[thresholds]\nshared_passages_run = true", ["number", "true"]),
    "threshold not finite": ("[thresholds]\nshared_passages_run = nan", ["number", "nan"]),
    "threshold a date": ("[thresholds]\nshared_passages_run = 2024-01-02", ["a date or time"]),
    "threshold a list": ("[thresholds]\nshared_passages_run = [1]", ["a list"]),
    "thresholds no table": ("thresholds = 3", ["thresholds must be a table", "[thresholds]"]),
    "size as a string": ("max-bytes = '50 MB'", ["max-bytes", "whole number", "'50 MB'"]),
    "size zero": ("max-bytes = 0", ["max-bytes", "above 0"]),
    "size a fraction": ("max-bytes = 1.5", ["max-bytes", "1.5"]),
    "size true": ("max-bytes = true", ["max-bytes", "true"]),
    "size a table": ("[max-bytes]\na = 1", ["max-bytes", "a table"]),
    "flags no table": ("flags = 3", ["flags must be a table", "[flags]"]),
    "severity no text": ("[flags]\nburied = 1", ["flags.buried", '"off"', "not 1"]),
    "policy no table": ("policy = 'strict'", ["policy must be a table", "[policy]"]),
    "unknown key of policy": ("[policy]\nfail = 'any'", ['key of policy "fail"', "fail-on"]),
    "condition no text": ("[policy]\nfail-on = [1]", ["policy.fail-on", "a list"]),
    "coverage above 1": ("[policy]\nmin-coverage = 80", ["policy.min-coverage", "0 to 1", "80"]),
    "coverage not finite": ("[policy]\nmin-coverage = nan", ["min-coverage", "nan"]),
    "expected no text": ("[policy]\nexpect = true", ["policy.expect", "true"]),
    "style a number": ("style = 3", ["style must be the name of a file", "3"]),
    "ignore-style a text": ("ignore-style = 'yes'", ["ignore-style must be true or false"]),
    "set twice": ("max-bytes = 1\nmax_bytes = 2", ["twice"]),
    "no TOML": ("a = 1\nb = = 2", ["line 2", "column", "mend the TOML"]),
    "end too early": ("a = [1,", ["mend the TOML"]),
    "deep": ("a = " + "[" * 20_000, ["nested too deeply"]),
    "a name with a line break": ('"a\\nb" = 1', ['"a\\nb"']),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_answered_in_one_line_that_names_the_file(project: Path, mistake: str) -> None:
    text, parts = MISTAKES[mistake]
    path = write(project / "dedup.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(project, threshold_names=NAMES)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_tool_dedup_must_be_a_table(project: Path) -> None:
    write(project / "pyproject.toml", "[tool]\ndedup = 3")
    with pytest.raises(ConfigError, match=r"write \[tool.dedup\]"):
        load_config(project)


def test_a_named_pyproject_without_our_table_is_a_mistake(project: Path) -> None:
    path = write(project / "pyproject.toml", "[project]\nname = 'x'")
    with pytest.raises(ConfigError, match=r"has no \[tool.dedup\]"):
        load_config(path=path)


def test_a_named_file_must_be_there(project: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read"):
        load_config(path=project / "none.toml")


def test_toml_is_utf8(project: Path) -> None:
    (project / "dedup.toml").write_bytes(b"# caf\xe9\n")
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load_config(project)
