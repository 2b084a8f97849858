"""A scan finds what belongs together, accounts for everything, and says the same every time."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsdesk import PLACES, POLICY, THINGS, Record, corpus, story, write_jsonl

from dedup import Article, compare
from dedup.detect.batch import plain_shingles
from dedup.errors import ConfigError, InputError
from dedup.reading.piece import Fields
from dedup.scan import CLASSIC_WORDS, scan
from dedup.scanning import Apart, Mode, Role, Scan

Result = tuple[object, ...]


def articles(records: list[Record]) -> list[Article]:
    return [Article(record["text"], path=record["id"], date=record["date"]) for record in records]


def essence(found: Scan) -> Result:
    """All of a result but how long it took and who did it."""
    return (
        *((a.id, a.words, a.role, a.cluster, a.representative, a.similarity, a.stories)
          for a in found.articles),
        *found.pairs,
        *((bad.place, bad.reason, bad.id) for bad in found.skipped),
    )  # fmt: skip


def together(found: Scan) -> set[tuple[str, str]]:
    return {
        pair for cluster in found.clusters() for pair in combinations(sorted(cluster.members), 2)
    }


def exact_jaccard(a: str, b: str, size: int) -> float:
    one, two = (set(plain_shingles([text], size).hashes.tolist()) for text in (a, b))
    return len(one & two) / len(one | two)


@pytest.mark.parametrize("threshold", [None, 0.5, 0.7])
def test_versions_are_together_and_others_are_not(threshold: float | None) -> None:
    records = corpus()
    found = scan(articles(records), threshold=threshold)
    expected = {
        (a, b)
        for a, b in combinations(sorted(record["id"] for record in records), 2)
        if a[0] == "s" and a[:4] == b[:4]
    }
    assert together(found) == expected
    assert found.mode is (Mode.CLASSIC if threshold else Mode.STORIES)
    counts = found.counts
    assert (counts.read, counts.clustered, counts.single, counts.clusters) == (56, 36, 20, 12)


def test_a_pair_has_the_label_that_compare_gives_it() -> None:
    records = articles(corpus(stories=6))
    by_path = {record.path: record for record in records}
    found = scan(records)
    assert len(found.pairs) >= 12
    for pair in found.pairs:
        verdict = compare(by_path[pair.a], by_path[pair.b]).verdict
        assert pair.label is verdict.label
        assert pair.same_story == verdict.same_story
        assert pair.jaccard == verdict.evidence.jaccard
        assert pair.containment == verdict.evidence.containment
        assert pair.coverage_unquoted == verdict.evidence.coverage_unquoted
        assert verdict.evidence.longest_run_unquoted
        assert pair.longest_run_unquoted == verdict.evidence.longest_run_unquoted.words


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1 << 32), st.sampled_from([0.3, 0.5, 0.8, 1.0]))
def test_classic_pairs_are_those_of_brute_force(seed: int, threshold: float) -> None:
    rng = Random(seed)
    lines = [story(number, 6) for number in range(3)]
    texts = [
        " ".join(line for line in rng.choice(lines) if rng.random() < 0.8) or "Nothing at all."
        for _ in range(10)
    ]
    found = scan([Article(text) for text in texts], threshold=threshold)
    ids = {str(number): text for number, text in enumerate(texts, start=1)}
    joined = {(pair.a, pair.b) for pair in found.pairs if pair.joined}
    for a, b in combinations(sorted(ids), 2):
        similarity = exact_jaccard(ids[a], ids[b], CLASSIC_WORDS)
        if (a, b) in joined:
            assert similarity >= threshold
        elif ids[a] != ids[b]:  # twins are tied to the first of them
            assert similarity < threshold or (a, b) in together(found)


@pytest.mark.parametrize("threshold", [None, 0.6])
@pytest.mark.parametrize("workers", [1, 2, 3])
def test_nothing_depends_on_the_number_of_workers(
    tmp_path: Path, workers: int, threshold: float | None
) -> None:
    records = corpus(stories=8, versions=4, furniture=True)
    for part in range(4):
        write_jsonl(tmp_path / f"{part}.jsonl", records[part::4])
    found = scan(tmp_path, threshold=threshold, workers=workers)
    assert found.workers == workers
    assert essence(found) == essence(scan(tmp_path, threshold=threshold, workers=1))


@pytest.mark.parametrize("threshold", [None, 0.6])
@given(rng=st.randoms(use_true_random=False))
@settings(max_examples=6, deadline=None)
def test_nothing_depends_on_the_order_of_the_articles(rng: Random, threshold: float | None) -> None:
    records = articles(corpus(stories=5, versions=4, singles=5))
    shuffled = rng.sample(records, len(records))
    assert essence(scan(shuffled, threshold=threshold)) == essence(
        scan(records, threshold=threshold)
    )


def test_nothing_depends_on_how_the_corpus_is_cut_into_files(tmp_path: Path) -> None:
    records = sorted(corpus(stories=5), key=lambda record: record["id"])
    whole = scan(write_jsonl(tmp_path / "all.jsonl", records))
    folder = tmp_path / "parts"
    folder.mkdir()
    for number, record in enumerate(records):
        write_jsonl(folder / f"{number:03}.jsonl", [record])
    assert essence(scan(folder)) == essence(whole)


@pytest.mark.parametrize("threshold", [None, 0.6])
def test_both_engines_find_the_same(threshold: float | None) -> None:
    pytest.importorskip("numba")
    records = articles(corpus(stories=5, furniture=True))
    plain = scan(records, threshold=threshold, engine="numpy")
    compiled = scan(records, threshold=threshold, engine="numba")
    assert (plain.engine, compiled.engine) == ("numpy", "numba")
    assert essence(plain) == essence(compiled)


def test_two_states_of_one_page_are_one_story() -> None:
    before, after = story(1, 12), story(2, 12)
    texts = [
        " ".join(before),
        " ".join(before[3:6] + after),
        " ".join(before[3:6] + story(3, 12)),
    ]
    urls = ["https://daily.example/dam", "http://daily.example/dam#top", "https://daily.example/x"]
    found = scan(
        [
            Article(text, path=name, url=url)
            for text, url, name in zip(texts, urls, "abc", strict=True)
        ]
    )
    assert together(found) == {("a", "b")}


def test_everything_that_was_read_is_accounted_for(tmp_path: Path) -> None:
    records = corpus(stories=3, singles=4)
    lines = [json.dumps(record) for record in records]
    lines.insert(2, "{broken")
    lines.insert(5, json.dumps({"id": "blank", "text": " - "}))
    lines.append(json.dumps({**records[0], "text": "Another text under an id that was there."}))
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = scan(path)
    counts = found.counts
    assert counts.read == len(lines)
    assert counts.read == counts.clustered + counts.single + counts.digests + counts.skipped
    assert [bad.place for bad in found.skipped] == [3, 6, len(lines)]
    assert found.skipped[2].reason == f"has the same id as {path}, place 1"
    assert found.skipped[2].id == records[0]["id"]


def test_of_equal_ids_the_first_stays() -> None:
    one, two = Article("The dam holds for now.", path="a"), Article("It broke at last.", path="a")
    found = scan([one, two])
    assert [article.words for article in found.articles] == [5]
    assert [bad.id for bad in found.skipped] == ["a"]


def test_what_is_known_of_an_article_comes_through(tmp_path: Path) -> None:
    record = {
        "key": 7, "text": "The dam holds.", "head": "Dam holds", "paper": "Hale Post",
        "date": "2024-03-01", "url": "https://hale.example/7", "language": "en",
    }  # fmt: skip
    path = tmp_path / "news.jsonl"
    path.write_text(json.dumps(record), encoding="utf-8")
    fields = Fields(id="key", title="head", outlet="paper")
    [article] = scan(path, fields=fields).articles
    assert (article.id, article.path, article.place) == ("7", str(path), 1)
    assert (article.title, article.outlet, article.date) == ("Dam holds", "Hale Post", "2024-03-01")
    assert (article.url, article.language) == ("https://hale.example/7", "en")
    assert (article.words, article.role, article.cluster) == (5, Role.SINGLE, None)


@pytest.mark.parametrize(
    ("choice", "expected"), [("longest", "s000-v0"), ("earliest", "s000-v1"), ("central", None)]
)
def test_who_stands_for_a_story(choice: str, expected: str | None) -> None:
    dates = {"s000-v0": "Sat, 02 Mar 2024 10:00:00 GMT", "s000-v1": "2024-03-01", "s000-v2": None}
    records = [
        Article(record["text"], path=record["id"], date=dates.get(record["id"]))
        for record in corpus(stories=1, singles=0)
    ]
    [cluster] = scan(records, representative=choice).clusters()
    assert cluster.members == ("s000-v0", "s000-v1", "s000-v2")
    assert cluster.id == "s000-v0"
    assert cluster.representative in ([expected] if expected else cluster.members)


def test_each_member_has_its_evidence_towards_the_representative() -> None:
    records = articles(corpus(stories=3, versions=9, singles=0))
    found = scan(records)
    pairs = {(pair.a, pair.b): pair for pair in found.pairs}
    for article in found.articles:
        assert article.representative
        if article.id == article.representative:
            assert article.similarity == 1.0
        else:
            key = tuple(sorted((article.id, article.representative)))
            assert article.similarity == pairs[key].jaccard  # type: ignore[index]


@pytest.mark.parametrize("threshold", [None, 0.7])
def test_the_same_text_many_times_is_one_story_in_linear_time(threshold: float | None) -> None:
    text = " ".join(story(1))
    records = [Article(text, path=f"{number:05}") for number in range(3000)]
    found = scan([*records, Article(" ".join(story(2)), path="x")], threshold=threshold)
    [cluster] = found.clusters()
    assert len(cluster) == 3000
    assert len(found.pairs) == 2999
    assert all(pair.joined and pair.jaccard == 1.0 for pair in found.pairs)


@pytest.mark.parametrize("threshold", [None, 0.7])
def test_articles_of_one_word(threshold: float | None) -> None:
    texts = ["Flood", "flood!", "Drought", "“Flood”", "Fire"]
    found = scan([Article(text) for text in texts], threshold=threshold)
    assert together(found) == {("1", "2"), ("1", "4"), ("2", "4")}
    assert found.counts.single == 2


@pytest.mark.parametrize("threshold", [None, 0.7])
def test_an_empty_corpus_has_an_empty_result(threshold: float | None) -> None:
    found = scan([], threshold=threshold)
    assert (list(found.articles), list(found.pairs), found.clusters()) == ([], [], [])
    assert found.counts.read == 0


def test_furniture_of_a_corpus_joins_nothing() -> None:
    lines = [story(number, 30) for number in range(100)] + [story(200 + n, 2) for n in range(6)]
    records = [
        Article(f"{' '.join(each)}\n\n{POLICY}", path=f"{number:03}")
        for number, each in enumerate(lines)
    ]
    assert compare(records[-1], records[-2]).verdict.same_story  # two articles cannot show it
    assert scan(records[-6:]).counts.clusters == 1
    found = scan(records)
    assert found.clusters() == []
    assert {pair.apart for pair in found.pairs if pair.same_story} <= {Apart.FURNITURE}


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_briefs_below_a_long_notice_of_their_site_are_no_versions(engine: str) -> None:
    if engine == "numba":
        pytest.importorskip("numba")
    notice = " ".join(story(999, 8))
    briefs = [f"{' '.join(story(number, 3))}\n\n{notice}" for number in range(60)]
    records = [
        Article(text, path=f"{number:03}", outlet=f"Site {number % 3}")
        for number, text in enumerate([*briefs, f"{briefs[7]} It is shut."])
    ]
    assert compare(records[0], records[1]).verdict.same_story  # two articles cannot show it
    found = scan(records, engine=engine)
    assert [cluster.members for cluster in found.clusters()] == [("007", "060")]


def test_a_brief_that_many_outlets_carry_is_a_story() -> None:
    brief = " ".join(story(999, 8))
    records = [
        Article(f"{' '.join(story(number, 3))}\n\n{brief}", path=f"{number:03}", outlet=f"{number}")
        for number in range(60)
    ]
    assert [len(cluster.members) for cluster in scan(records).clusters()] == [60]


def test_furniture_of_a_corpus_keeps_no_version_apart() -> None:
    policy = " ".join([POLICY, *story(999, 2)])
    other = [Article(f"{' '.join(story(n, 30))}\n\n{policy}", path=f"{n:03}") for n in range(100)]
    full = Article(" ".join(story(300, 30)), path="full")
    brief = Article(f"{' '.join(story(300, 2))}\n\n{policy}", path="brief")
    assert not compare(full, brief).verdict.same_story  # most of the brief seems to be its own
    assert scan([full, brief]).counts.clusters == 0
    found = scan([*other, full, brief])
    assert [cluster.members for cluster in found.clusters()] == [("brief", "full")]
    (pair,) = (pair for pair in found.pairs if (pair.a, pair.b) == ("brief", "full"))
    assert (pair.label, pair.coverage_unquoted) == ("same_story", 1.0)


def test_a_digest_joins_none_of_its_stories() -> None:
    briefs = [story(number, 6) for number in range(4)]
    full = [Article(" ".join(lines), path=f"{n}-full") for n, lines in enumerate(briefs)]
    short = [Article(" ".join(lines[:5]), path=f"{n}-short") for n, lines in enumerate(briefs)]
    digest = Article("\n\n".join(" ".join(lines) for lines in briefs), path="in-brief")
    found = scan([*full, *short, digest])
    assert {cluster.members for cluster in found.clusters()} == {
        (f"{n}-full", f"{n}-short") for n in range(4)
    }
    row = found.articles[found.articles.row_of("in-brief")]
    assert (row.role, row.cluster) == (Role.DIGEST, None)
    assert row.stories == tuple(f"{n}-full" for n in range(4))
    assert found.counts.digests == 1
    apart = {pair.apart for pair in found.pairs if "in-brief" in (pair.a, pair.b)}
    assert Apart.DIGEST in apart


def abroad(line: str, number: int) -> str:
    """Return a line of a story with places and things of its own, so that the topic is another."""
    for name in (*PLACES, *THINGS):
        line = line.replace(name, name + "nrt"[number] + "aou"[number])
    return line


@pytest.mark.parametrize("lines", [(5, 5, 5), (9, 4, 3)])
def test_a_digest_of_single_reports_is_a_version_of_none(lines: tuple[int, ...]) -> None:
    full = [[abroad(line, number) for line in story(number, 30)] for number in range(3)]
    briefs = [" ".join(each[:count]) for each, count in zip(full, lines, strict=True)]
    reports = [Article(" ".join(each), path=f"{number}") for number, each in enumerate(full)]
    found = scan([*reports, Article("\n\n".join(briefs), path="in-brief")])
    assert found.clusters() == []
    row = found.articles[found.articles.row_of("in-brief")]
    assert (row.role, row.stories) == (Role.DIGEST, ("0", "1", "2"))


@pytest.mark.parametrize("copies", [2, 3])
def test_copies_of_a_digest_tie_no_stories(copies: int) -> None:
    full = [[abroad(line, number) for line in story(number, 12)] for number in range(3)]
    reports = [Article(" ".join(each), path=f"{n}-full") for n, each in enumerate(full)]
    shorter = [Article(" ".join(each[:9]), path=f"{n}-short") for n, each in enumerate(full)]
    briefs = "\n\n".join(" ".join(each[:6]) for each in full)
    digests = [
        Article(f"{briefs}\n\nThe {'wet ' * n}wind blows on.", path=f"brief-{n}")
        for n in range(copies)
    ]
    found = scan([*reports, *shorter, *digests])
    assert {cluster.members for cluster in found.clusters()} == {
        (f"{n}-full", f"{n}-short") for n in range(3)
    }
    assert found.counts.digests == copies


@pytest.mark.parametrize("threshold", [None, 0.6])
def test_against_an_older_corpus(threshold: float | None) -> None:
    records = corpus(stories=4, versions=3, singles=3)
    old = [record for record in records if record["id"][-2:] == "v0"]
    new = [record for record in records if record not in old]
    new.append({**old[0], "id": "twin"})
    new.append({**old[1]})
    found = scan(articles(new), against=articles(old), threshold=threshold)
    assert found.counts.against == len(old)
    assert found.counts.read == len(new)
    where = {article.id: article.cluster for article in found.articles}
    assert {id: story for id, story in where.items() if id[0] == "s"} == {
        id: f"{id[:4]}-v0" for id in where if id[0] == "s"
    }
    assert where["twin"] == old[0]["id"]
    assert {where[id] for id in where if id[0] == "x"} == {None}
    olds = {record["id"] for record in old}
    assert all(pair.a in olds for pair in found.pairs)
    assert all(cluster.representative in olds for cluster in found.clusters())


def test_against_nothing_everything_is_new() -> None:
    found = scan(articles(corpus(stories=2)), against=[])
    assert found.counts.clustered == 0


def test_a_generator_is_read_once() -> None:
    records = articles(corpus())
    assert essence(scan(article for article in records)) == essence(scan(records))


def test_more_articles_than_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    records = articles(corpus())
    expected = essence(scan(records))
    monkeypatch.setattr("dedup.scanning.ingesting.source.BATCH", 7)
    monkeypatch.setattr("dedup.scanning.ingesting.gathering.GROUP_ARTICLES", 3)
    assert essence(scan(iter(records), workers=2)) == expected


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"threshold": 0.0}, "threshold 0"),
        ({"threshold": 1.2}, "threshold 1.2"),
        ({"representative": "best"}, "longest, earliest, central"),
        ({"engine": "steam"}, "auto, numpy, numba"),
    ],
)
def test_settings_without_a_meaning(setting: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        scan([Article("The dam holds.")], **setting)  # type: ignore[arg-type]


def test_what_is_no_article() -> None:
    with pytest.raises(InputError, match="item 2 is no article but int"):
        scan([Article("The dam holds."), 7])  # type: ignore[arg-type]
