"""What a person hears of the stories of a scan and of what was skipped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from scan_made import SKIPPED, against, article, classic, empty, made

from dedup import Record, scan
from dedup.report.stories import accusation, digests, largest, reasons, refusal
from dedup.scanning import Role


def test_the_largest_story_comes_first() -> None:
    bridge, dam = largest(made(), 10)
    assert (bridge.versions, dam.versions) == (4, 2)
    assert [story.representative.id for story in largest(made(), 1)] == ["b2"]
    assert largest(made(), 0) == largest(empty(), 10) == []


def test_a_story_is_told_by_its_representative() -> None:
    bridge, _ = largest(made(), 10)
    assert bridge.representative.title == "Old Wharf Bridge shut after divers find cracks"
    assert bridge.outlets == ("Hale Post", "AP", "Nördlicher Bote")
    assert bridge.similarity == 0.5, "the representative is no copy of itself"


def test_days_are_those_that_can_be_compared() -> None:
    bridge, dam = largest(made(), 10)
    assert bridge.days == ("2031-03-03", "2031-03-04"), "'5 March' cannot be put in order"
    assert dam.days is None


def test_the_pair_to_look_at_is_the_representative_and_what_is_least_like_it() -> None:
    bridge, _ = largest(made(), 10)
    assert bridge.pair is not None
    assert [found.id for found in bridge.pair] == ["b2", "b3"]


def test_a_representative_may_be_in_an_older_corpus() -> None:
    (story,) = largest(against(), 10)
    assert (story.representative.id, story.versions) == ("old7", 2)
    assert story.similarity == pytest.approx(0.7)
    assert story.pair is not None
    assert [found.id for found in story.pair] == ["old7", "n2"]


def test_an_article_that_an_older_corpus_has_by_its_id_is_no_pair_to_look_at() -> None:
    text = " ".join(f"The ferry runs again, said pilot {n}." for n in range(30))
    new = Record("n1", text, None, None, None, None, None, "today.jsonl", 1)
    old = replace(new, title="Ferry")
    (story,) = largest(scan([new], against=[old]), 10)
    assert (story.representative.title, story.similarity, story.pair) == ("Ferry", 1.0, None)


def test_the_digest_of_most_stories_comes_first() -> None:
    plain = [article(id, id, role=Role.REPRESENTATIVE, representative=id) for id in "abc"]
    brief = article("n1", role=Role.DIGEST, stories=("a", "b"))
    live = article("n2", role=Role.DIGEST, stories=("a", "b", "c"))
    scan = made(articles=[*plain, brief, live], pairs=[])
    assert [found.id for found in digests(scan, 5)] == ["n2", "n1"]
    assert [found.id for found in digests(scan, 1)] == ["n2"]


def test_reasons_are_grouped_without_what_differs_in_each() -> None:
    found = [(reason.count, reason.reason, reason.first.place) for reason in reasons(SKIPPED)]
    assert found == [
        (2, "is not valid JSON", 4),
        (1, 'the field "text" is empty', 9),
        (1, "has no article in it", None),
    ]


def test_a_refusal_names_the_first_record() -> None:
    assert refusal(made()) == (
        "news.jsonl:4: is not valid JSON (column 17: Expecting value) (and 3 more); "
        "mend it, or leave out --strict"
    )
    assert refusal(made(skipped=SKIPPED[3:])).startswith("old/page.html: has no article in it; ")


def test_an_accusation_names_the_largest_stories() -> None:
    assert accusation(made()) == (
        "2 stories are there in several versions: b1 = b2 = b3 = b4; d1 = d2"
    )
    members = [
        article(f"{story}{n}", f"{story}1", representative=f"{story}1")
        for story in "abcdefg"
        for n in range(1, 8 if story == "g" else 3)
    ]
    told = accusation(made(articles=members, pairs=[]))
    assert told.startswith(
        "7 stories are there in several versions: g1 = g2 = g3 = g4 = g5 = 2 more"
    )
    assert told.endswith("; d1 = d2; and 2 more")


def test_an_accusation_says_what_kind_of_scan_it_was() -> None:
    assert accusation(against()) == "2 articles are there already: old7 = n1 = n2"
    assert accusation(classic()) == "2 groups of near-duplicates: b1 = b2 = b3 = b4; d1 = d2"
