"""The command line as a shell sees it: exit codes, streams, start-up, help that is true."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

HEAVY = {
    "charset_normalizer",
    "datasketch",
    "jsonschema",
    "msgspec",
    "numpy",
    "rapidfuzz",
    "rich",
    "scipy",
    "sentencex",
    "trafilatura",
}


def dedup(*args: str, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the program as a user does."""
    environment = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR")}
    environment |= {"PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "dedup", *args],
        cwd=cwd,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment | options.pop("env", {}),  # type: ignore[operator]
        timeout=60,
        **options,  # type: ignore[call-overload]
    )


def helps() -> dict[str, str]:
    """Return the help text of each command, as wide as it likes to be."""
    names = ("compare", "scan", "why", "style check", "style list", "schema")
    commands = {"dedup": []} | {name: name.split() for name in names}
    return {
        name: subprocess.run(
            [sys.executable, "-m", "dedup", *args, "--help"],
            capture_output=True,
            check=True,
            encoding="utf-8",
            env=os.environ | {"COLUMNS": "200", "PYTHONIOENCODING": "utf-8"},
        ).stdout
        for name, args in commands.items()
    }


HELPS = helps()
EXAMPLES = sorted(
    {
        line.strip()
        for text in HELPS.values()
        for line in text.partition("Examples:")[2].split("\n\n")[0].splitlines()
        if line.strip()
    }
)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 8


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_help_texts_run(example: str, folder: Path) -> None:
    script = folder / "dedup"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dedup "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    done = subprocess.run(
        ["/bin/sh", "-c", example],
        cwd=folder,
        capture_output=True,
        check=False,
        env=os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"},
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    many = any(word in example for word in ("dedup scan", "--pairs", "compare wire"))
    said = rb"(\w+: \d[^\n]*\n)+" if many else rb""  # how far it is
    assert re.fullmatch(said, done.stderr) or not done.stderr
    produced = re.search(r"(?:--output|>) (\S+)", example)
    assert (folder / produced[1]).read_bytes() if produced else done.stdout


@pytest.mark.parametrize("name", HELPS)
def test_exit_codes_are_documented(name: str) -> None:
    assert "Exit codes: 0 done, 1 a condition that was set is not met, 2 usage" in HELPS[name]


@pytest.mark.parametrize(
    "args", [["--help"], ["--version"], *([name, "--help"] for name in ("compare", "scan", "why"))]
)
def test_help_and_version_import_nothing_heavy(args: list[str], tmp_path: Path) -> None:
    code = (
        "import sys\nsys.argv[0] = 'dedup'\n"
        "from dedup.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print('\\n'.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *args],
        cwd=tmp_path, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stdout
    assert HEAVY.isdisjoint(done.stderr.split())


def test_version(folder: Path) -> None:
    done = dedup("--version", cwd=folder)
    assert done.returncode == 0
    assert re.fullmatch(r"dedup \d+\.\d+\.\d+\S*\n", done.stdout)


def test_a_comparison_is_on_stdout_and_nothing_else_anywhere(folder: Path) -> None:
    done = dedup("compare", "agency.txt", "daily.txt", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    assert "Shop owners" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_standard_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (folder / "daily.txt").open(encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stdin", file)
        code, out, _ = run("compare", "agency.txt", "-")
    assert code == 0
    assert "\nB  -  " in out


ERRORS = [
    (("compare", "missing.txt", "daily.txt"), "missing.txt"),
    (("compare", ".", "daily.txt"), "."),
    (("compare", "empty.txt", "daily.txt"), "empty.txt"),
    (("compare", "agency.txt", "daily.txt", "--max-bytes", "10"), "agency.txt"),
    (("compare", "agency.txt", "daily.txt", "--config", "no.toml"), "no.toml"),
    (("compare", "agency.txt", "daily.txt", "-t", "passage_word=4"), '"passage_words"'),
    (("compare", "agency.txt", "daily.txt", "-t", "passage_words"), "NAME=VALUE"),
    (("compare", "agency.txt", "daily.txt", "-t", "passage_words=x"), "not a number"),
    (("compare", "agency.txt", "daily.txt", "-t", "passage_words=nan"), "passage_words"),
    (("compare", "agency.txt", "daily.txt", "-t", "same_event_topic=7"), "same_event_topic"),
    (("compare", "agency.txt", "daily.txt", "-o", "no/report.txt"), "no/report.txt"),
    (("compare", "agency.txt", "daily.txt", "-o", "."), "folder"),
]


@pytest.mark.parametrize(("args", "named"), ERRORS)
def test_what_a_user_can_mend_is_one_line_and_exit_2(
    args: tuple[str, ...], named: str, folder: Path, run: Run
) -> None:
    (folder / "empty.txt").write_bytes(b"")
    before = sorted(folder.iterdir())
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"dedup: .+\n", err)
    assert named in err
    assert sorted(folder.iterdir()) == before, "a partial file is left"


USAGE = [
    ("compare",),
    ("compare", "agency.txt"),
    ("compare", "-", "-"),
    ("compare", "agency.txt", "daily.txt", "--no-such-option"),
    ("compare", "agency.txt", "daily.txt", "--format", "pdf"),
    ("compare", "agency.txt", "daily.txt", "--context", "-1"),
    ("schema", "novel"),
    ("no-such-command",),
]


@pytest.mark.parametrize("args", USAGE)
def test_usage_errors_are_exit_2(args: tuple[str, ...], run: Run) -> None:
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert "Usage: dedup" in err
    assert "Traceback" not in err


def shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `dedup` is the program."""
    return subprocess.run(
        ["bash", "-c", f'dedup() {{ "{sys.executable}" -m dedup "$@"; }}; {command}'],
        cwd=folder, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    done = shell("set -o pipefail; dedup schema comparison | true", folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_line_and_exit_2(folder: Path, run: Run) -> None:
    done = shell("dedup schema comparison > /dev/full", folder)
    message = r"dedup: .+: cannot be written \(no space left on device\)\n"
    assert done.returncode == 2
    assert re.fullmatch(message, done.stderr)
    code, _, err = run("compare", "agency.txt", "daily.txt", "-o", "/dev/full")
    assert code == 2
    assert re.fullmatch(message, err)


def test_a_closed_standard_output_is_one_line_and_exit_2(folder: Path) -> None:
    done = shell("dedup schema comparison >&-", folder)
    assert done.returncode == 2
    assert re.fullmatch(r"dedup: standard output .+\n", done.stderr)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_is_one_line_and_exit_130(sent: signal.Signals, folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "dedup", "compare", "agency.txt", "-", "-v"],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    while b"read agency.txt" not in process.stderr.readline():
        pass
    time.sleep(0.1)  # it now waits for standard input
    process.send_signal(sent)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err) == (b"", b"dedup: interrupted\n")


def test_a_locale_without_unicode_gets_ascii(folder: Path) -> None:
    done = dedup(
        "compare", "agency.txt", "daily.txt", cwd=folder, env={"PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert "->" in done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, folder: Path) -> None:
    pytest.importorskip("shellingham")
    done = dedup(
        cwd=folder,
        env={"_DEDUP_COMPLETE": f"complete_{shell}", "COMP_WORDS": "dedup co", "COMP_CWORD": "1",
             "_TYPER_COMPLETE_ARGS": "dedup co", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    )  # fmt: skip
    assert "compare" in done.stdout


def test_leaving_does_not_look_through_all_objects() -> None:
    source = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 0))\n"  # called after the later ones
        "from dedup.cli import main\n"
        "sys.argv = ['dedup', '--version']\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines()[-1] == "True"
