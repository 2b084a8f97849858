"""Survivors are of the corpus that was scanned, and of no other."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dedup import scan
from dedup.cli.saving import Saving
from dedup.errors import InputError
from dedup.reading.corpus import find_pieces

FERRY = "The ferry of Upper Hale runs again after the flood of the spring, the harbour said."
RECORDS = [
    {"id": "n1", "text": FERRY},
    {"id": "n2", "text": FERRY},
    {"id": "n3", "text": "Rain, and more of it: the vale keeps its umbrellas at hand this week."},
]
LINES = "".join(json.dumps(record) + "\n" for record in RECORDS)


def save(path: Path, change: Callable[[Path], object]) -> list[str]:
    """Scan a corpus, change it, write what is kept; return the ids of that."""
    path.write_text(LINES)
    os.utime(path, ns=(1, 1))
    pieces = find_pieces([path])
    saving = Saving(path.with_name("clean.jsonl"), keep=True)
    saving.check(pieces)
    found = scan(pieces)
    change(path)
    saving.write(found, pieces)
    kept = path.with_name("clean.jsonl").read_text()
    return [json.loads(line)["id"] for line in kept.splitlines()]


def append(path: Path) -> None:
    with path.open("a") as file:
        file.write(LINES)


def replace(path: Path, text: str) -> None:
    path.with_name("new").write_text(text)
    path.with_name("new").replace(path)


@pytest.mark.parametrize("change", [lambda path: None, append])
def test_lines_that_were_appended_do_not_matter(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    assert save(tmp_path / "news.jsonl", change) == ["n1", "n3"]


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text(LINES.replace("ferry", "Ferry")),
        lambda path: replace(path, "".join(reversed(LINES.splitlines(keepends=True)))),
        lambda path: replace(path, LINES.replace("n1", "n7") + LINES),
        lambda path: path.write_text(LINES[:-9]),
        lambda path: path.unlink(),
    ],
    ids=["written over", "replaced", "replaced by more", "shorter", "gone"],
)
def test_of_a_corpus_that_was_changed_nothing_is_kept(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    with pytest.raises(InputError, match=r"news\.jsonl: was changed while it was scanned"):
        save(tmp_path / "news.jsonl", change)
    assert not (tmp_path / "clean.jsonl").exists()
