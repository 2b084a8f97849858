"""A floor under the alignment, on articles that are changed in known ways."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
GENERATOR = ROOT / "benchmarks" / "operations.py"


@pytest.fixture(scope="module")
def operations() -> ModuleType:
    if not GENERATOR.exists():
        pytest.skip("the generator is not part of the source distribution")
    spec = importlib.util.spec_from_file_location("operations", GENERATOR)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["operations"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def articles() -> list[list[str]]:
    text = (Path(__file__).with_name("data") / "articles.txt").read_text("utf-8")
    return [block.strip().splitlines() for block in text.split("\n\n")]


def test_known_changes_are_found(
    operations: ModuleType, articles: list[list[str]], floors: dict[str, Any]
) -> None:
    scores = operations.score(operations.make_cases(articles, rounds=6), operations.ours)
    assert scores["all"].f1 >= floors["operations"]["all"]
    least = floors["operations"]["each"]
    assert {name for name, entry in scores.items() if entry.f1 < least} == set()
    assert scores["all"].found > 900
    assert set(scores) >= {"cut", "insert", "move", "split", "merge", "house style", "keep"}


def test_the_generator_knows_what_it_did(operations: ModuleType, articles: list[list[str]]) -> None:
    for case in operations.make_cases(articles, rounds=1):
        linked_a = [i for a, _ in case.links for i in a]
        linked_b = [j for _, b in case.links for j in b]
        assert sorted([*linked_a, *case.cut]) == list(range(len(case.a)))
        assert sorted([*linked_b, *case.inserted]) == list(range(len(case.b)))
        for (a, b), operation in case.links.items():
            if operation in {"keep", "move"}:
                assert [case.a[i] for i in a] == [case.b[j] for j in b]


def test_a_wrong_alignment_scores_low(operations: ModuleType, articles: list[list[str]]) -> None:
    cases = operations.make_cases(articles, rounds=1)
    in_order = operations.score(
        cases, lambda a, b: [((n,), (n,)) for n in range(min(len(a), len(b)))]
    )
    nothing = operations.score(cases, lambda _a, _b: [])
    assert in_order["all"].f1 < 0.5
    assert nothing["all"].f1 == 0
    assert nothing["cut"].f1 == 1


def test_one_seed_gives_one_set_of_cases(operations: ModuleType, articles: list[list[str]]) -> None:
    once, again = (operations.make_cases(articles, rounds=1, seed=3) for _ in range(2))
    assert once == again
    assert once != operations.make_cases(articles, rounds=1, seed=4)
