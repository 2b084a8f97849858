"""A floor under the scan, on generated news of which the truth is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from corpus import write
from newsroom.days import Corpus
from newsroom.scoring import Score, score
from newsroom.truth import Truth, read_truth

from dedup import Scan, scan
from dedup.scanning.values import Role

THRESHOLD = 0.7


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("news") / "news.jsonl"
    write(Corpus(3, 2400, day=1200), path, processes=1)
    return path


@pytest.fixture(scope="module")
def truth(news: Path) -> Truth:
    return read_truth(news, THRESHOLD)


@pytest.fixture(scope="module")
def stories(news: Path) -> Scan:
    return scan(news, engine="numpy", workers=1)


def scored(found: Scan, truth: Truth, mode: str) -> Score:
    clusters = {article.id: article.cluster for article in found.articles}
    return score(truth, clusters, mode, THRESHOLD)


def test_near_duplicates(news: Path, truth: Truth, floors: dict[str, Any]) -> None:
    found = scan(news, threshold=THRESHOLD, engine="numpy", workers=1)
    result = scored(found, truth, "classic")
    assert result.recall >= floors["scan"]["classic_recall"]
    assert result.precision >= floors["scan"]["classic_precision"]


def test_stories(stories: Scan, truth: Truth, floors: dict[str, Any]) -> None:
    result = scored(stories, truth, "stories")
    (low,) = (part for part in result.bins if part.low == 0.08)
    assert low.true > 50
    assert low.recall is not None
    assert low.recall >= floors["scan"]["recall_low"]
    assert result.recall_from(0.15) >= floors["scan"]["recall"]
    assert result.precision >= floors["scan"]["precision"]


def test_digests(stories: Scan, news: Path, floors: dict[str, Any]) -> None:
    with news.with_suffix(".truth.jsonl").open(encoding="utf-8") as lines:
        planted = {record["id"] for record in map(json.loads, lines) if record["role"] == "digest"}
    roles = {article.id: article.role for article in stories.articles}
    found = sum(roles[name] is Role.DIGEST for name in planted)
    assert len(planted) > 20
    assert found / len(planted) >= floors["scan"]["digests"]
