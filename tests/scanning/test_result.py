"""The questions that people ask of a scan: which story is an article a version of?"""

from __future__ import annotations

import pytest
from newsdesk import corpus

from dedup.article import Article
from dedup.scan import scan


def given(records: list[dict[str, str]]) -> list[Article]:
    return [Article(record["text"], path=record["id"]) for record in records]


@pytest.mark.parametrize("against", [False, True], ids=["by itself", "against an older corpus"])
def test_every_member_knows_its_story_and_all_others_know_of_none(against: bool) -> None:
    records = corpus(stories=3, versions=3, singles=2)
    old = [record for record in records if against and record["id"].endswith("v0")]
    new = [record for record in records if record not in old]
    found = scan(given(new), against=given(old) if against else None)
    of = {id: story for story in found.clusters() for id in story.members}
    assert len(of) == 3 * (3 - against)
    for article in found.articles:
        assert found.cluster_of(article.id) == of.get(article.id)


def test_an_article_that_is_not_there_has_no_story() -> None:
    with pytest.raises(KeyError):
        scan(given(corpus(stories=1))).cluster_of("nowhere")
