"""The generated news: the same for a seed, and with what it claims to hold planted in it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from itertools import combinations, pairwise
from pathlib import Path
from random import Random

import pytest
from corpus import write
from newsroom.days import Corpus, plan
from newsroom.edits import DESKS, draft, edit, length, numbered
from newsroom.phrasebook import Voice, draw_pools, phrasebook
from newsroom.resemblance import grams, jaccard, likeness
from newsroom.roundups import digest

from dedup.article import Article, Kind
from dedup.reading.text import with_headline
from dedup.text import segment
from dedup.text.tokens import tokenize

Records = dict[str, dict[str, object]]

#: Of a corpus of 240 articles in three days with seed 7. Renew it when the generated language or
#: the plan of a day changes on purpose: figures measured before and after are then not comparable.
DIGEST = "6c6c3788ec47c06f"


def load(path: Path) -> Records:
    """Return records by id."""
    with path.open(encoding="utf-8") as lines:
        return {record["id"]: record for record in map(json.loads, lines)}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Records, Records]:
    """Articles and truth of a small corpus."""
    path = tmp_path_factory.mktemp("corpus") / "news.jsonl"
    beside = write(Corpus(3, 2400, day=1200), path, processes=1)
    return load(path), load(beside)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> tuple[Records, Records]:
    """The same without page furniture."""
    path = tmp_path_factory.mktemp("plain") / "news.jsonl"
    beside = write(Corpus(3, 2400, furniture=False, day=1200), path, processes=1)
    return load(path), load(beside)


def likenesses(corpus: tuple[Records, Records], editors: set[str]) -> list[float]:
    """Return the Jaccard of the pairs of versions that the editors made."""
    articles, truth = corpus
    stories = defaultdict(list)
    for name, record in truth.items():
        if record["role"] == "version" and record["edit"] in editors:
            stories[record["story"]].append(grams(words(articles[name]), 3))
    pairs = (pair for members in stories.values() for pair in combinations(members[:20], 2))
    return [jaccard(a, b) for a, b in pairs]


def words(article: dict[str, object]) -> tuple[str, ...]:
    return tokenize(str(article["text"])).words


def test_a_seed_names_one_corpus(tmp_path: Path) -> None:
    write(Corpus(7, 240, day=100), tmp_path / "news.jsonl", processes=1)
    written = b"".join(
        (tmp_path / name).read_bytes() for name in ("news.jsonl", "news.truth.jsonl")
    )
    assert hashlib.sha256(written).hexdigest()[:16] == DIGEST


def test_another_seed_is_another_corpus(tmp_path: Path) -> None:
    for seed in (1, 2):
        write(Corpus(seed, 50), tmp_path / f"{seed}.jsonl", processes=1)
    assert not set(load(tmp_path / "1.jsonl")) - set(load(tmp_path / "2.jsonl"))
    texts = [{a["text"] for a in load(tmp_path / f"{seed}.jsonl").values()} for seed in (1, 2)]
    assert not texts[0] & texts[1]


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    for processes in (1, 2):
        write(Corpus(7, 240, day=100), tmp_path / f"{processes}.jsonl", processes)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    truths = [(tmp_path / f"{processes}.truth.jsonl").read_bytes() for processes in (1, 2)]
    assert truths[0] == truths[1]


@pytest.mark.parametrize("articles", [1, 2, 99, 100, 101, 250])
def test_it_has_as_many_articles_as_were_asked_for(articles: int, tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    beside = write(Corpus(5, articles, day=100), path, processes=1)
    found = load(path)
    assert len(found) == articles
    assert list(found) == sorted(found)
    assert list(found) == list(load(beside))


def test_an_article_has_all_its_fields(corpus: tuple[Records, Records]) -> None:
    for article in corpus[0].values():
        assert list(article) == ["id", "outlet", "date", "title", "text"]
        assert all(isinstance(value, str) and value.strip() for value in article.values())


def test_the_text_is_what_a_scan_reads(corpus: tuple[Records, Records]) -> None:
    for article in corpus[0].values():
        title, text = str(article["title"]), str(article["text"])
        assert title in text
        assert with_headline(title, text) == text


def test_most_stories_have_one_outlet_and_a_few_have_very_many() -> None:
    sizes = [e.size for day in range(4) for e in plan(1, day, 5000) if e.kind == "story"]
    assert sizes.count(1) > 0.85 * len(sizes)
    assert max(sizes) > 60
    assert max(sizes) <= 300


def test_every_role_is_played(corpus: tuple[Records, Records]) -> None:
    roles = Counter(record["role"] for record in corpus[1].values())
    assert set(roles) == {"single", "version", "independent", "excerpt", "digest", "live"}
    assert roles["single"] > len(corpus[1]) / 2


def test_every_desk_edits(corpus: tuple[Records, Records]) -> None:
    editors = {record["edit"] for record in corpus[1].values() if record["role"] == "version"}
    assert editors == {desk.name for desk in DESKS}


def test_desks_differ_in_strength(plain: tuple[Records, Records]) -> None:
    means = {}
    for desk in DESKS:
        found = likenesses(plain, {desk.name})
        means[desk.name] = sum(found) / len(found)
    assert means["verbatim"] > 0.9
    assert means["verbatim"] > means["light"] > means["medium"] > means["heavy"]
    assert means["heavy"] < 0.5


def test_versions_are_of_every_likeness(corpus: tuple[Records, Records]) -> None:
    found = likenesses(corpus, {desk.name for desk in DESKS})
    for low, high in ((0.08, 0.15), (0.15, 0.3), (0.3, 0.7), (0.7, 1.01)):
        assert sum(low <= value < high for value in found) > 0.02 * len(found)


def test_independent_reports_share_quotations_and_little_else(
    plain: tuple[Records, Records],
) -> None:
    articles, truth = plain
    events = defaultdict(list)
    for name, record in truth.items():
        if record["role"] == "independent":
            events[record["event"]].append(str(articles[name]["text"]))
    texts = [pair for members in events.values() for pair in combinations(members, 2)]
    assert texts
    assert any(quotations(a) & quotations(b) for a, b in texts)
    for a, b in texts:
        unquoted = [tokenize(" ".join(outside(text))).words for text in (a, b)]
        assert jaccard(grams(unquoted[0], 5), grams(unquoted[1], 5)) < 0.03


def quotations(text: str) -> set[str]:
    """Return the paragraphs that are quotations, whatever their marks."""
    lines = text.replace('"', "“").split("\n")
    return {line.strip("“”") for line in lines if line.startswith("“")}


def outside(text: str) -> list[str]:
    return [line for line in text.split("\n") if line[:1] not in ('"', "“")]


def test_a_digest_holds_passages_of_its_stories(plain: tuple[Records, Records]) -> None:
    articles, truth = plain
    wire = {
        record["story"]: grams(words(articles[name]), 8)
        for name, record in truth.items()
        if record["edit"] in ("wire", "verbatim")
    }
    asked = found = 0
    for name, record in truth.items():
        if record["role"] in ("digest", "live"):
            held = grams(words(articles[name]), 8)
            known = [story for story in record["holds"] if story in wire]
            shared = [story for story in known if wire[story] & held]
            asked, found = asked + len(known), found + len(shared)
    assert found > 50
    assert found > 0.9 * asked  # house style may alter a passage of one line


def test_live_pages_grow(plain: tuple[Records, Records]) -> None:
    articles, truth = plain
    pages = defaultdict(list)
    for name, record in truth.items():
        if record["role"] == "live":
            pages[record["story"]].append(len(words(articles[name])))
    assert any(len(set(lengths)) > 1 for lengths in pages.values())


def test_some_versions_come_days_later(corpus: tuple[Records, Records]) -> None:
    articles, truth = corpus
    dates = defaultdict(set)
    for name, record in truth.items():
        dates[record["story"]].add(articles[name]["date"])
    assert any(len(found) > 1 for found in dates.values())


def test_furniture_is_hot(corpus: tuple[Records, Records]) -> None:
    texts = [str(article["text"]) for article in corpus[0].values()]
    pages = [sum(policy in text for text in texts) for policy in phrasebook().furniture["policy"]]
    assert 0.04 < sum(pages) / len(texts) < 0.15
    assert max(pages) > 0.02 * len(texts)


def test_half_of_the_furniture_has_a_known_form() -> None:
    story = "The council of the harbor town met on Monday.\nIt sent the plan back to its builders."
    known = []
    for name in ("policy", "newsletter", "footer", "teaser"):
        for text in phrasebook().furniture[name]:
            line = text.format(year=2024, outlet="Mill City Post", title="Ferry plan approved")
            document = segment(Article(f"{story}\n{line}", language="en"))
            known.append(document.units[-1].kind in (Kind.FURNITURE, Kind.TEASER))
    assert 0.4 <= sum(known) / len(known) <= 0.6


def test_plain_pages_have_no_furniture(plain: tuple[Records, Records]) -> None:
    furniture = phrasebook().furniture
    lines = {*furniture["policy"], *furniture["newsletter"], *furniture["header"]}
    for article in plain[0].values():
        assert not lines & set(str(article["text"]).split("\n"))


def test_a_version_keeps_what_the_truth_says(plain: tuple[Records, Records]) -> None:
    articles, truth = plain
    kept = defaultdict(list)
    for name, record in truth.items():
        if record["role"] == "version":
            size = sum(end - start for start, end in record["kept"])  # type: ignore[attr-defined]
            kept[record["edit"]].append(size / int(str(record["own"])))
            assert int(str(record["own"])) <= len(words(articles[name])) * 1.05
    assert set(kept["verbatim"]) == {1.0}
    assert all(0 < share <= 1 for shares in kept.values() for share in shares)
    assert max(kept["heavy"]) < 1


def test_versions_share_wording_with_what_was_left_alone(plain: tuple[Records, Records]) -> None:
    articles, truth = plain
    wires = {
        record["story"]: grams(words(articles[name]), 3)
        for name, record in truth.items()
        if record["edit"] == "verbatim"
    }
    held = [
        len(found & wires[record["story"]]) / len(found)
        for name, record in truth.items()
        if record["role"] == "version" and record["edit"] == "brief" and record["story"] in wires
        for found in [grams(words(articles[name]), 3)]
    ]
    assert held
    assert min(held) > 0.3


def test_edits_lie_in_stretches() -> None:
    rng, after, every = Random(1), [], []
    book = phrasebook()
    desk = next(desk for desk in DESKS if desk.name == "heavy")
    for _ in range(40):
        pools = draw_pools(rng, book)
        wire = draft(rng, Voice(rng, book, pools), pools)
        edition, _ = edit(rng, wire, Voice(rng, book, pools), book, desk)
        left = {place for start, end in edition.kept for place in range(start, end)}
        alone = [line.kept[0][0] in left for part in numbered(wire) for line in part if line.kept]
        every += alone
        after += [now for before, now in pairwise(alone) if before]
    assert sum(after) / len(after) > sum(every) / len(every) + 0.08


def test_an_excerpt_takes_a_passage(plain: tuple[Records, Records]) -> None:
    records = [record for record in plain[1].values() if record["role"] == "excerpt"]
    assert len(records) > 10
    stories = {record["story"] for record in plain[1].values() if record["role"] != "excerpt"}
    for record in records:
        size = sum(end - start for start, end in record["kept"])  # type: ignore[attr-defined]
        assert 0 < size < 0.5 * int(str(record["own"]))
        assert record["source"] in stories
        assert record["story"] not in stories


def test_a_digest_is_made_of_short_passages() -> None:
    rng, book = Random(1), phrasebook()
    news = []
    for _ in range(30):
        pools = draw_pools(rng, book)
        news.append(draft(rng, Voice(rng, book, pools), pools))
    page = digest(rng, news, "Monday")
    sizes = [sum(map(length, part)) for part in page.paragraphs[1::2]]
    assert len(sizes) == 30
    assert all(30 <= size <= 150 for size in sizes)


def test_chance_makes_articles_as_alike_as_real_ones(plain: tuple[Records, Records]) -> None:
    articles = {name: str(article["text"]) for name, article in plain[0].items()}
    stories = defaultdict(list)
    for name, record in plain[1].items():
        stories[record["event"]].append(name)
    related = [pair for members in stories.values() for pair in combinations(members, 2)]
    figures = likeness(articles, related)
    # Measured on 6,960 real articles of 11 sites: mean 0.00099, at 99 % 0.0059; 2.8 % of pairs.
    assert 0.0005 < figures.mean < 0.002
    assert 0.003 < figures.jaccard[5] < 0.012
    assert 0.01 < figures.shared5 < 0.06
    assert 0.5 < figures.variety < 0.7


def test_a_sentence_is_told_once() -> None:
    rng = Random(1)
    skeletons = phrasebook().skeletons["sentence"]
    assert len({skeleton.text for skeleton in rng.sample(skeletons, 1000)}) > 950
