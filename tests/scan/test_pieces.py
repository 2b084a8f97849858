"""Where a piece of JSON lines begins makes no difference: every place is that of the whole file."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("numba")

from newsdesk import corpus

from dedup.scan import scan
from dedup.scanning import Scan

#: Lines that are read one by one, or not at all.
ODD = [
    "", "   ", "{", '{"text": 7, "id": "bad"}', '{"id": "empty", "text": ""}',
    '{"id": "nested", "text": "The old weir at Carrow holds.", "other": {"a": 1}}',
]  # fmt: skip
#: A line without an id, which is called by its number.
NAMELESS = '{"text": "Nobody knows what this is called at Norvik."}'


def everything(found: Scan) -> list[object]:
    return [*found.articles, *found.pairs, *((one.place, one.reason) for one in found.skipped)]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("threshold", [None, 0.6])
@pytest.mark.parametrize("odd", [[], ODD, [*ODD, NAMELESS], [NAMELESS] * 60, [" " * 9000] * 3])
def test_places_are_those_of_the_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    odd: list[str],
    threshold: float | None,
    workers: int,
) -> None:
    lines = [json.dumps(record) for record in corpus()]
    rng = Random(7)
    for line in odd:
        lines.insert(rng.randrange(len(lines)), line)
    for name in ("a.jsonl", "b.jsonl"):
        text = "\n".join(line.replace('"id": "', f'"id": "{name}-') for line in lines)
        (tmp_path / name).write_text(text, encoding="utf-8")
    whole = scan(tmp_path, threshold=threshold, engine="numpy", workers=1)
    monkeypatch.setattr("dedup.reading.jsonl.LEAST_PIECE_BYTES", 4096)
    monkeypatch.setattr("dedup.scanning.ingesting.lines.BLOCK_BYTES", 8192)
    monkeypatch.setattr(
        "dedup.scanning.ingesting.lines.MOST_LEFT", 1.0
    )  # by threads, whatever is in them
    in_pieces = scan(tmp_path, threshold=threshold, engine="numba", workers=workers)
    assert everything(in_pieces) == everything(whole)
