"""Articles that are wanted again are as they were, from their lines or from what was set aside."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from newsdesk import corpus, write_jsonl

from dedup.article import Article
from dedup.detect.kernelengine import KernelEngine
from dedup.errors import InputError
from dedup.scanning.ingesting.corpus import Corpus, bring_together
from dedup.scanning.ingesting.intake import Plan, Task, take_in
from dedup.scanning.ingesting.source import open_source
from dedup.scanning.rereading.wanted import asides_of, texts_of, wanted
from dedup.scanning.spool import spool_folder

pytest.importorskip("numba")


@pytest.fixture
def plan() -> Iterator[Plan]:
    with spool_folder() as folder:
        yield Plan(folder, KernelEngine(), 5, None)


def records() -> list[dict[str, str]]:
    """Articles of which some have a headline or an address, and one a combining mark."""
    found = corpus()
    for number, record in enumerate(found):
        if number % 3 == 0:
            record["url"] = f"https://daily.example/{number}"
        if number % 4:
            record["title"] = f"Dam number {number}"
    found[4]["text"] += " The leve\u0301e holds."
    return found


def as_read(record: dict[str, str]) -> str:
    """Return the text of an article: where it does not say its headline, this comes first."""
    return "\n".join([*([record["title"]] if "title" in record else []), record["text"]])


def taken_in(plan: Plan, path: Path) -> Corpus:
    given = open_source(path, plan.folder, "new", None, None)
    intakes = [take_in(Task(number, piece, plan)) for number, piece in enumerate(given.pieces)]
    return bring_together(intake for intake in intakes if intake)


@pytest.mark.parametrize("packed", [False, True])
def test_articles_are_as_they_were(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool
) -> None:
    monkeypatch.setattr("dedup.scanning.rereading.wanted.TOGETHER", 3)
    path = write_jsonl(tmp_path / "a.jsonl", records())
    if packed:
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    found = taken_in(plan, tmp_path)
    assert bool(found.again) != packed
    rows = np.arange(len(found) - 1, -1, -2)
    known = {record["id"]: record for record in records()}
    portions = list(wanted(found, rows, plan))
    assert max(len(some.rows) for some in portions) == 3
    assert sorted(row for some in portions for row in some.rows.tolist()) == sorted(rows.tolist())
    for some in portions:
        expected = [known[found.names[row].id] for row in some.rows.tolist()]
        texts = [texts[row] for texts in texts_of(some) for row in range(len(texts))]
        assert texts == list(map(as_read, expected))
        groups = list(asides_of(some))
        assert [aside.article for group in groups for aside in group] == [
            Article(
                as_read(record),
                title=record.get("title"),
                url=record.get("url") if packed else None,  # of lines, its digest is at hand
            )
            for record in expected
        ]
        pages = np.concatenate([group.pages for group in groups])
        assert pages.tolist() == found.pages[some.rows].tolist()


def test_a_line_with_another_headline_is_an_error(plan: Plan, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", records())
    found = taken_in(plan, path)
    row = next(row for row in range(len(found)) if found.names[row].title)
    (some,) = wanted(found, np.array([row]), plan)
    path.write_bytes(path.read_bytes().replace(b"Dam number", b"Dam Number"))
    with pytest.raises(InputError, match=r"a\.jsonl: was changed while it was read"):
        list(asides_of(some))


def test_a_line_where_there_are_several_now_is_an_error(plan: Plan, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", records())
    found = taken_in(plan, path)
    some, *_ = wanted(found, np.arange(len(found)), plan)
    came = path.read_bytes().splitlines()
    assert len(some.rows) > 1
    several = [b'{"text": "The weir holds."}'] * 2
    several.append(b" " * (len(came[1]) - len(b"\n".join(several)) - 1))
    path.write_bytes(b"\n".join([came[0], *several, *came[2:]]))
    with pytest.raises(InputError, match=r"a\.jsonl: was changed while it was read"):
        list(texts_of(some))


def test_nothing_wanted_is_nothing_to_do(plan: Plan, tmp_path: Path) -> None:
    found = taken_in(plan, write_jsonl(tmp_path / "a.jsonl", records()))
    assert list(wanted(found, np.empty(0, dtype=np.int64), plan)) == []
