"""Articles that tie stories together which share nothing are recognised by their neighbours."""

import numpy as np
import pytest
from numpy.typing import NDArray

from dedup.detect.buckets import pack_pairs, unpack_pairs
from dedup.detect.digests import (
    ALIKE,
    HELD,
    MOST,
    PROBES,
    Digest,
    Held,
    Passages,
    find_passages,
    find_ties,
)
from dedup.detect.linking import Links

#: Name: links with their strength, kin beyond the links, digests, weak bridges.
CASES: dict[str, tuple[dict[str, float], str, dict[str, str], str]] = {
    "a story": ({"ab": 0.9, "bc": 0.8, "ac": 0.7}, "", {}, ""),
    "a full report and two excerpts of it": ({"ab": 0.5, "ac": 0.5}, "bc", {}, ""),
    "a digest of two single articles": ({"da": 0.5, "db": 0.4}, "", {"d": "ab"}, ""),
    "a digest of two stories": (
        {"ab": 0.9, "ce": 0.9, "da": 0.5, "db": 0.4, "dc": 0.6, "de": 0.3},
        "",
        {"d": "ca"},
        "",
    ),
    "a digest of three stories": (
        {"ab": 0.9, "da": 0.5, "db": 0.4, "dc": 0.6, "de": 0.3},
        "",
        {"d": "cae"},
        "",
    ),
    "two live pages with the same passages": (
        {"da": 0.5, "db": 0.4, "ea": 0.5, "eb": 0.4, "de": 0.9},
        "",
        {"d": "ab", "e": "ab"},
        "",
    ),
    "two stories and one wrong link": (
        {"ab": 0.9, "bc": 0.9, "ac": 0.9, "ef": 0.9, "fg": 0.9, "eg": 0.9, "ce": 0.2},
        "",
        {},
        "ce",
    ),
    "a digest whose every link is a weak bridge": (
        {"ab": 0.9, "ce": 0.9, "da": 0.5, "dc": 0.4},
        "",
        {"d": "ac"},
        "ad cd",
    ),
    "a story that goes on, each kin to the next but one": (
        {"ab": 0.5, "bc": 0.5, "ce": 0.5},
        "ac be",
        {},
        "",
    ),
    "a full report and two excerpts, which other versions join": (
        {"ab": 0.5, "ac": 0.5, "bf": 0.5, "fg": 0.5, "cg": 0.5},
        "af ag bg cf",
        {},
        "",
    ),
    "no links": ({}, "", {}, ""),
}


def packed(names: str) -> NDArray[np.uint64]:
    pairs = [[ord(name) - ord("a") for name in pair] for pair in names.split()]
    a, b = np.array(pairs, dtype=np.uint64).reshape(-1, 2).T
    return np.sort(pack_pairs(a, b))


@pytest.mark.parametrize("name", CASES)
def test_ties(name: str) -> None:
    given, kin, digests, bridges = CASES[name]
    pairs = packed(" ".join(given))
    strength = {int(packed(pair)[0]): value for pair, value in given.items()}
    links = Links(pairs, np.array([strength[pair] for pair in pairs.tolist()], dtype=np.float32))

    def are_kin(asked: NDArray[np.uint64]) -> NDArray[np.bool_]:
        assert not np.isin(asked, pairs).any()  # linked articles need no asking
        assert len(np.unique(asked)) == len(asked)
        return np.isin(asked, packed(kin))

    found = find_ties(links, are_kin)
    rows = {row: tuple(ord(n) - ord("a") for n in held) for row, held in digests.items()}
    assert found.digests == tuple(
        Digest(ord(row) - ord("a"), held) for row, held in sorted(rows.items())
    )
    assert found.bridges.tolist() == packed(bridges).tolist()


def test_a_story_that_many_carry_is_asked_about_in_linear_time() -> None:
    others = np.arange(1, 400)
    asked = []

    def are_kin(pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
        asked.append(len(pairs))
        return unpack_pairs(pairs)[0] > 0

    links = Links(pack_pairs(np.zeros(399, dtype=np.int64), others), np.ones(399, np.float32))
    assert find_ties(links, are_kin).digests == ()
    assert sum(asked) <= 399 * PROBES


#: Name: links, passages that the first article holds of the second, linked articles that the first
#: holds most of its words of, kin beyond the links, digests.
HOLDING: dict[str, tuple[str, str, str, str, dict[str, str]]] = {
    "a digest that is linked with one of its stories": ("ab da", "dc", "", "bd", {"d": "ac"}),
    "a digest that is linked with none": ("ab ce", "da dc", "", "", {"d": "ac"}),
    "a version with an excerpt of another report of the event": ("ab", "ac", "", "bc", {}),
    "a version with a stock phrase": ("ab", "ac", "ab", "", {}),
    "a live page, most of it the page an hour later": (
        "de da ea",
        "db eb",
        "de ed",
        "",
        {"d": "ab", "e": "ab"},
    ),
    "a story in two digests, which are found first": (
        "",
        "ad ae da db ea ec",
        "",
        "",
        {},
    ),
    "two versions, each with a passage of another story": ("ab", "ac be", "", "", {}),
    "passages of two versions of one story": ("ab bc", "da dc", "", "ac", {}),
}


def holds(names: str) -> Held:
    pairs = [[ord(name) - ord("a") for name in pair] for pair in names.split()]
    rows, others = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return Held(rows, others, np.full(len(pairs), 0.3))


@pytest.mark.parametrize("name", HOLDING)
def test_passages_of_stories_that_share_nothing_make_a_digest(name: str) -> None:
    linked, held, most, kin, digests = HOLDING[name]
    pairs = packed(linked)
    links = Links(pairs, np.full(len(pairs), 0.5, dtype=np.float32))
    related = np.concatenate([packed(kin), packed(held)])
    passages = Passages(holds(held), holds(most))
    found = find_ties(links, lambda asked: np.isin(asked, related), passages)
    named = {chr(97 + d.row): "".join(chr(97 + r) for r in d.holds) for d in found.digests}
    assert named == digests
    assert found.bridges.tolist() == []


#: Name: links, copies of each other, kin beyond the links, digests.
COPIED: dict[str, tuple[str, str, str, dict[str, str]]] = {
    "a copy that was verified beside the digest alone": ("de da db", "de", "ae be", {"d": "ab"}),
    "two copies between which stories are shared out": (
        "de df ef da db ea fb",
        "de df ef",
        "ae be af bf",
        {"d": "ab"},
    ),
    "a full report, its copy and two excerpts": ("de da db", "de", "ab ae be", {}),
    "two excerpts, which other versions join": (
        "de da db af fg bg",
        "de",
        "ae be df dg ag bf",
        {},
    ),
    "a story and its copies": ("de df ef", "de df ef", "", {}),
}


@pytest.mark.parametrize("name", COPIED)
def test_a_copy_says_no_more_of_an_article_than_itself(name: str) -> None:
    linked, copies, kin, digests = COPIED[name]
    pairs = packed(linked)
    links = Links(pairs, np.full(len(pairs), 0.5, dtype=np.float32))
    both = holds(" ".join(pair for copy in copies.split() for pair in (copy, copy[::-1])))
    most = Held(both.rows, both.others, np.full(len(both.rows), ALIKE))
    found = find_ties(links, lambda asked: np.isin(asked, packed(kin)), Passages(holds(""), most))
    named = {chr(97 + d.row): "".join(chr(97 + r) for r in d.holds) for d in found.digests}
    assert named == digests


def test_a_passage_counts_where_it_is_a_good_part_of_an_article() -> None:
    pairs = packed("ab ac ad")
    verified = Links(pairs, np.array([0.0, 0.0, 0.7], dtype=np.float32))
    shares = np.array([[HELD, 0.01, MOST], [0.02, HELD, 0.2]])
    held, most = find_passages(verified, lambda asked: shares)
    assert (held.rows.tolist(), held.others.tolist()) == ([0, 2], [1, 0])
    assert (most.rows.tolist(), most.others.tolist()) == ([0], [3])
