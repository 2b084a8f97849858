"""Which pairs are worth verifying, beside those whose samples say so."""

from __future__ import annotations

from pathlib import Path

from newsdesk import story, write_jsonl

from dedup.crew import Crew
from dedup.detect.buckets import unpack_pairs
from dedup.detect.engine import NumpyEngine
from dedup.detect.postings import LEAST_SHARED
from dedup.progress import Silent
from dedup.scanning.ingesting.corpus import bring_together
from dedup.scanning.ingesting.desk import Desk
from dedup.scanning.ingesting.intake import Plan, Task, take_in
from dedup.scanning.ingesting.source import open_source
from dedup.scanning.proposing.candidates import versions
from dedup.scanning.watch import Watch

PAGE = "https://daily.example/dam"


def candidates(folder: Path, records: list[dict[str, str]]) -> dict[tuple[int, int], float]:
    path = write_jsonl(folder / "news.jsonl", records)
    engine = NumpyEngine()
    plan = Plan(str(folder), engine, 5, None)
    given = open_source(path, str(folder), "new", None, None)
    taken = [take_in(Task(number, piece, plan)) for number, piece in enumerate(given.pieces)]
    corpus = bring_together(intake for intake in taken if intake is not None)
    with Crew(1) as crew:
        found, _ = versions(Desk(crew, plan, Watch(Silent())), corpus, engine)
    a, b = (side.tolist() for side in unpack_pairs(found.pairs))
    return dict(zip(zip(a, b, strict=True), found.strength.tolist(), strict=True))


def test_two_states_of_a_page_are_candidates_however_little_they_share(tmp_path: Path) -> None:
    texts = [" ".join(story(number, 30)) for number in range(3)]
    apart = [{"id": f"a{number}", "text": text} for number, text in enumerate(texts)]
    assert candidates(tmp_path, apart) == {}
    found = candidates(tmp_path, [one | {"url": PAGE} for one in apart[:2]] + apart[2:])
    assert [*found] == [(0, 1)]
    assert abs(found[0, 1] - LEAST_SHARED) < 1e-6


def test_what_states_of_a_page_are_seen_to_share_counts_for_more(tmp_path: Path) -> None:
    whole = story(1, 40)
    texts = [" ".join(whole), " ".join(whole[:30])]
    apart = [{"id": f"a{number}", "text": text} for number, text in enumerate(texts)]
    on_one_page = [one | {"url": PAGE} for one in apart]
    found = candidates(tmp_path, apart)
    assert found[0, 1] > 0.9
    assert candidates(tmp_path, on_one_page) == found
