"""Why two articles of a scan are together, or are not: the pair, the chain, or what lies between.

A story is held together by verified pairs, and two of its versions need not be such a pair: a
short one may share its words with a long one only by way of a third. The shortest chain of pairs
between the two is then the answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dedup.report.scan_model import Apart, ArticleReport, PairReport, Role


class Relation(StrEnum):
    """What two articles are to each other in a scan.

    `pair`: joined by a verified pair. `chain`: joined by way of others. `cluster`: in one story,
    by pairs that are not at hand. `digest`: one holds passages of several stories. `split`:
    versions of one story by themselves, in a chain that was cut. `furniture`: what they share
    stands on many pages. `unlike`: compared, and too little in common. `never`: not compared,
    since nothing hinted at a common source. `elsewhere`: in different stories, and whether they
    were compared is not at hand.
    """

    PAIR = "pair"
    CHAIN = "chain"
    CLUSTER = "cluster"
    DIGEST = "digest"
    SPLIT = "split"
    FURNITURE = "furniture"
    UNLIKE = "unlike"
    NEVER = "never"
    ELSEWHERE = "elsewhere"

    @property
    def together(self) -> bool:
        """Whether the two are versions of one story."""
        return self in (Relation.PAIR, Relation.CHAIN, Relation.CLUSTER)


@dataclass(frozen=True, slots=True)
class Answer:
    """Why two articles are together, or are not.

    Attributes:
        relation: What they are to each other.
        a: The article that was asked about first; None for one of an older corpus.
        b: The second.
        ids: Their ids.
        pairs: The verified pair of the two, or the chain of pairs that leads from the first to
            the second; empty where there is none.
    """

    relation: Relation
    a: ArticleReport | None
    b: ArticleReport | None
    ids: tuple[str, str]
    pairs: tuple[PairReport, ...] = ()


def explain(
    ids: tuple[str, str],
    a: ArticleReport | None,
    b: ArticleReport | None,
    pairs: Iterable[PairReport] | None,
) -> Answer:
    """Return why two articles are together, or are not.

    Args:
        ids: The two articles.
        a: What became of the first; None where it belongs to the older corpus that the scan was
            held against.
        b: The second, likewise; one of the two at least is there.
        pairs: The verified pairs of the scan, in any order; None where they are not at hand.

    Time and memory grow with the pairs of their story; other pairs are passed over.
    """
    cluster = _common_cluster(ids, a, b)
    direct, links = None, []
    for pair in pairs or ():
        if {pair.a, pair.b} == set(ids):
            direct = pair
        elif cluster is not None and pair.joined and pair.cluster == cluster:
            links.append(pair)
    if direct and direct.joined:
        return Answer(Relation.PAIR, a, b, ids, (direct,))
    if cluster is not None:
        found = chain(links, *ids)
        return Answer(Relation.CHAIN if found else Relation.CLUSTER, a, b, ids, found)
    shown = (direct,) if direct else ()
    return Answer(_apart(a, b, direct, pairs is not None), a, b, ids, shown)


def _common_cluster(
    ids: tuple[str, str], a: ArticleReport | None, b: ArticleReport | None
) -> str | None:
    """Return the cluster that both are in; an article of an older corpus names its own."""
    first = a.cluster if a else ids[0]
    second = b.cluster if b else ids[1]
    return first if first == second else None


def _apart(
    a: ArticleReport | None, b: ArticleReport | None, direct: PairReport | None, known: bool
) -> Relation:
    if any(article and article.role is Role.DIGEST for article in (a, b)):
        return Relation.DIGEST
    if direct and direct.same_story:
        return Relation.FURNITURE if direct.apart is Apart.FURNITURE else Relation.SPLIT
    if direct:
        return Relation.UNLIKE
    return Relation.NEVER if known else Relation.ELSEWHERE


def chain(links: Iterable[PairReport], start: str, end: str) -> tuple[PairReport, ...]:
    """Return the shortest chain of pairs from one article to another; empty if there is none.

    Of equally short ones the one by way of the smaller ids. O(n log n).
    """
    near: dict[str, list[tuple[str, PairReport]]] = {}
    for pair in links:
        near.setdefault(pair.a, []).append((pair.b, pair))
        near.setdefault(pair.b, []).append((pair.a, pair))
    came_by: dict[str, tuple[str, PairReport] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came_by:
        here = waiting.popleft()
        for there, pair in sorted(near.get(here, ()), key=lambda step: step[0]):
            if there not in came_by:
                came_by[there] = (here, pair)
                waiting.append(there)
    found: list[PairReport] = []
    step = came_by.get(end)
    while step is not None:
        found.append(step[1])
        step = came_by[step[0]]
    return tuple(reversed(found))
