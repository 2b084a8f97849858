"""Of furniture that goes on beside what the samples know, all is found; of a phrase, that much."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from newsdesk import POLICY, story, write_jsonl

from dedup.crew import Crew
from dedup.detect.batch import pack
from dedup.detect.engine import Engine, NumpyEngine
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.thresholds import Thresholds
from dedup.progress import Silent
from dedup.scanning.ingesting.corpus import bring_together
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.ingesting.intake import Plan, Task, take_in
from dedup.scanning.ingesting.source import open_source
from dedup.scanning.proposing.candidates import versions
from dedup.scanning.proposing.furnishing import find_whole
from dedup.scanning.watch import Watch

ENGINES: list[Engine] = [NumpyEngine()]
if find_spec("numba") is not None:
    ENGINES.append(KernelEngine())
#: Furniture of some length, and phrases that are said everywhere.
NOTICE = " ".join([POLICY, *story(77, 1)])
PHRASES = [" ".join(story(number, 1)[0].split()[:7]) for number in range(100, 140)]


def furniture(folder: Path, engine: Engine, texts: list[str]) -> set[int]:
    path = write_jsonl(folder / "news.jsonl", [{"text": text} for text in texts])
    plan = Plan(str(folder), engine, 5, None)
    given = open_source(path, str(folder), "new", None, None)
    taken = [take_in(Task(number, piece, plan)) for number, piece in enumerate(given.pieces)]
    corpus = bring_together(intake for intake in taken if intake is not None)
    with Crew(1) as crew:
        desk = Desk(crew, plan, Watch(Silent()))
        _, hot = versions(desk, corpus, engine)
        return set(find_whole(desk, corpus, hot, Thresholds(), engine).shingles.tolist())


def shingles_of(text: str) -> set[int]:
    return set(NumpyEngine().shingles(pack([text]), 5).hashes.tolist())


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_notice_is_found_whole_and_phrases_as_far_as_they_are_known(
    tmp_path: Path, engine: Engine
) -> None:
    texts = [" ".join([*story(number, 40), NOTICE]) for number in range(40)]
    texts += [
        " ".join([*story(200 + n, 9), PHRASES[n % 40], *story(1200 + n, 9)]) for n in range(800)
    ]
    found = furniture(tmp_path, engine, texts)
    assert shingles_of(NOTICE) <= found
    of_phrases = set[int]().union(*map(shingles_of, PHRASES))
    assert 0 < len(found & of_phrases) < len(of_phrases)
    assert not found & shingles_of("\n".join(story(3, 40)))


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_a_corpus_without_furniture_has_none(tmp_path: Path, engine: Engine) -> None:
    assert furniture(tmp_path, engine, [" ".join(story(number)) for number in range(9)]) == set()
