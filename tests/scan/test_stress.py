"""Whatever happens during a scan, its outcome is clear and it leaves nothing behind."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from multiprocessing import active_children
from pathlib import Path

import pytest
from newsdesk import corpus, story, write_jsonl

from dedup import Article
from dedup.crew import WorkerError
from dedup.progress import Silent
from dedup.scan import scan
from dedup.scanning.spool import SpoolError
from dedup.scanning.watch import ScanInterrupted


@pytest.fixture(autouse=True)
def spool(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A temporary folder of the test's own, which must be empty in the end."""
    folder = tmp_path_factory.mktemp("spool")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield
    assert list(folder.iterdir()) == []
    assert not active_children()


class InterruptAt(Silent):
    """Presses Ctrl-C when a stage has done something."""

    def __init__(self, stage: str) -> None:
        object.__setattr__(self, "wanted", stage)
        object.__setattr__(self, "stage", "")

    __slots__ = ("stage", "wanted")

    def start(self, stage: str, total: int, unit: str) -> None:
        object.__setattr__(self, "stage", stage)

    def advance(self, done: int) -> None:
        if self.stage == self.wanted:  # type: ignore[attr-defined]
            os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("stage", ["reading", "candidates", "segmenting", "verifying"])
def test_an_interrupt_says_where_the_scan_stood(tmp_path: Path, stage: str, workers: int) -> None:
    for part in range(4):
        write_jsonl(tmp_path / f"{part}.jsonl", corpus(stories=8)[part::4])
    with pytest.raises(ScanInterrupted, match=f"interrupted while {stage}") as caught:
        scan(tmp_path, workers=workers, progress=InterruptAt(stage))
    assert caught.value.stage == stage
    assert 0 < caught.value.done <= caught.value.total
    assert isinstance(caught.value, KeyboardInterrupt)


def test_a_killed_worker_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_jsonl(tmp_path / "a.jsonl", corpus())
    monkeypatch.setattr(
        "dedup.scanning.outlining.sheetfile.outline", lambda _: os.kill(os.getpid(), 9)
    )
    with pytest.raises(WorkerError, match="killed by signal 9"):
        scan(tmp_path, workers=2)


def test_a_full_disk_is_an_error_that_names_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("dedup.scanning.ingesting.intake.set_aside", full)
    path = write_jsonl(tmp_path / "a.jsonl", corpus())
    with pytest.raises(SpoolError, match=r"no space is left.*TMPDIR"):
        scan(path)


def test_no_temporary_folder_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(SpoolError, match="TMPDIR"):
        scan([Article("The dam holds.")])


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_shrinks_meanwhile_is_a_bad_record(tmp_path: Path, workers: int) -> None:
    paths = [write_jsonl(tmp_path / f"{part}.jsonl", corpus()[part::2]) for part in range(2)]

    class Shrink(Silent):
        __slots__ = ()

        def start(self, stage: str, total: int, unit: str) -> None:
            if stage == "reading":
                os.truncate(paths[1], paths[1].stat().st_size // 2)

    found = scan(tmp_path, workers=workers, progress=Shrink())
    assert len(found.skipped) == 1
    assert found.skipped[0].path == str(paths[1])
    assert 28 < len(found.articles) < 56


@pytest.mark.parametrize("threshold", [None, 0.7])
def test_an_article_as_long_as_a_book(threshold: float | None) -> None:
    # Some 200,000 words; longer ones take longer and go no other way.
    long = " ".join(line for number in range(1500) for line in story(number, 12))
    records = [Article(long, path="long"), Article(" ".join(story(9999)), path="a")]
    found = scan([*records, Article(f"{long} The end.", path="longer")], threshold=threshold)
    assert [cluster.members for cluster in found.clusters()] == [("long", "longer")]


def test_an_error_in_the_source_is_raised_as_it_is() -> None:
    def articles() -> Iterator[Article]:
        yield Article("The dam holds.")
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="the database went away"):
        scan(articles())
