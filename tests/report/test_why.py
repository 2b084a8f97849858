"""Why two articles are together: every relation there is, and chains that are right."""

from __future__ import annotations

from collections import deque
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scan_made import against, made

from dedup.detect import Label
from dedup.report.scan_build import articles, pairs
from dedup.report.scan_model import Apart, ArticleReport, PairReport, Role
from dedup.report.why import Relation, chain, explain


def link(a: str, b: str, **found: object) -> PairReport:
    """Return a pair that ties two articles together, unless `found` says otherwise."""
    known = {"joined": True, "apart": None, "same_story": True, "cluster": "s"} | found
    a, b = sorted((a, b))
    return PairReport(a, b, Label.SAME_STORY, jaccard=0.5, containment=0.5, coverage_unquoted=0.5,
                      longest_run_unquoted=50, **known)  # type: ignore[arg-type]  # fmt: skip


def member(id: str, cluster: str | None = None, role: Role | None = None) -> ArticleReport:
    role = role or (Role.MEMBER if cluster else Role.SINGLE)
    return ArticleReport(id, cluster, role, None, None, (), None, 0, *[None] * 5, 100)


RELATIONS = [
    ("b1", "b2", True, Relation.PAIR, ["b1 b2"]),
    ("b2", "b1", True, Relation.PAIR, ["b1 b2"]),
    ("b1", "b4", True, Relation.CHAIN, ["b1 b2", "b2 b3", "b3 b4"]),
    ("b4", "b1", True, Relation.CHAIN, ["b3 b4", "b2 b3", "b1 b2"]),
    ("b1", "b4", False, Relation.CLUSTER, []),
    ("b1", "n1", True, Relation.DIGEST, ["b1 n1"]),
    ("n1", "d1", True, Relation.DIGEST, []),
    ("n1", "s1", False, Relation.DIGEST, []),
    ("b4", "s1", True, Relation.UNLIKE, ["b4 s1"]),
    ("b1", "d1", True, Relation.NEVER, []),
    ("b1", "d1", False, Relation.ELSEWHERE, []),
]


@pytest.mark.parametrize(("a", "b", "known", "relation", "shown"), RELATIONS)
def test_relations(a: str, b: str, known: bool, relation: Relation, shown: list[str]) -> None:
    rows = {row.id: row for row in articles(made())}
    answer = explain((a, b), rows[a], rows[b], pairs(made()) if known else None)
    assert answer.relation is relation
    assert [f"{pair.a} {pair.b}" for pair in answer.pairs] == shown
    same = rows[a].cluster is not None and rows[a].cluster == rows[b].cluster
    assert answer.relation.together == same


@pytest.mark.parametrize("apart", [Apart.SPLIT, Apart.FURNITURE])
def test_what_looks_like_one_story_and_is_none(apart: Apart) -> None:
    cut = link("a", "b", joined=False, apart=apart, cluster=None)
    answer = explain(("a", "b"), member("a", "a"), member("b", "b"), [cut])
    assert (answer.relation, answer.pairs) == (Relation(apart), (cut,))


def test_every_reason_to_be_apart_is_a_relation() -> None:
    assert set(Apart) <= set(Relation)


def test_an_article_of_an_older_corpus_is_its_own_story() -> None:
    rows = {row.id: row for row in articles(against())}
    found = pairs(against())
    assert explain(("old7", "n1"), None, rows["n1"], found).relation is Relation.PAIR
    assert explain(("n1", "old7"), rows["n1"], None, None).relation is Relation.CLUSTER
    assert explain(("n3", "old7"), rows["n3"], None, found).relation is Relation.NEVER
    assert explain(("n1", "n2"), rows["n1"], rows["n2"], found).relation is Relation.CHAIN


EDGES = st.lists(
    st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(
        lambda edge: edge[0] != edge[1]
    ),
    max_size=14,
)


@given(EDGES, st.randoms())
def test_a_chain_leads_from_one_to_the_other_and_none_is_shorter(edges, random) -> None:
    links = [link(*edge) for edge in dict.fromkeys(tuple(sorted(edge)) for edge in edges)]
    found = chain(links, "a", "b")
    random.shuffle(links)
    assert chain(links, "a", "b") == found, "the order of the pairs shows"
    assert len(found) == distance(links, "a", "b")
    here = "a"
    for pair in found:
        here = pair.b if pair.a == here else pair.a
    assert here == ("b" if found else "a")
    for one, next_one in pairwise(found):
        assert {one.a, one.b} & {next_one.a, next_one.b}


def distance(links: list[PairReport], start: str, end: str) -> int:
    """Return the steps between two articles by walking in all directions; 0 if there is no way."""
    seen, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for pair in links:
            for there in {pair.a, pair.b} - {here} if here in (pair.a, pair.b) else ():
                if there not in seen:
                    seen[there] = seen[here] + 1
                    waiting.append(there)
    return seen.get(end, 0)
