"""A floor under the alignment, on articles that are changed in known ways."""

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
pytest.importorskip("rewriting", reason="the generator is not part of the source distribution")

from rewriting.cases import make_cases
from rewriting.scoring import ours, score


@pytest.fixture(scope="module")
def articles() -> list[list[str]]:
    text = (Path(__file__).with_name("data") / "articles.txt").read_text("utf-8")
    return [block.strip().splitlines() for block in text.split("\n\n")]


def test_known_changes_are_found(articles: list[list[str]], floors: dict[str, Any]) -> None:
    scores = score(make_cases(articles, rounds=6), ours)
    assert scores["all"].f1 >= floors["operations"]["all"]
    least = floors["operations"]["each"]
    assert {name for name, entry in scores.items() if entry.f1 < least} == set()
    assert scores["all"].found > 900
    assert set(scores) >= {"cut", "insert", "move", "split", "merge", "house style", "keep"}


def test_the_generator_knows_what_it_did(articles: list[list[str]]) -> None:
    for case in make_cases(articles, rounds=1):
        linked_a = [i for a, _ in case.links for i in a]
        linked_b = [j for _, b in case.links for j in b]
        assert sorted([*linked_a, *case.cut]) == list(range(len(case.a)))
        assert sorted([*linked_b, *case.inserted]) == list(range(len(case.b)))
        for (a, b), operation in case.links.items():
            if operation in {"keep", "move"}:
                assert [case.a[i] for i in a] == [case.b[j] for j in b]


def test_a_wrong_alignment_scores_low(articles: list[list[str]]) -> None:
    cases = make_cases(articles, rounds=1)
    in_order = score(cases, lambda a, b: [((n,), (n,)) for n in range(min(len(a), len(b)))])
    nothing = score(cases, lambda _a, _b: [])
    assert in_order["all"].f1 < 0.5
    assert nothing["all"].f1 == 0
    assert nothing["cut"].f1 == 1


def test_one_seed_gives_one_set_of_cases(articles: list[list[str]]) -> None:
    once, again = (make_cases(articles, rounds=1, seed=3) for _ in range(2))
    assert once == again
    assert once != make_cases(articles, rounds=1, seed=4)
