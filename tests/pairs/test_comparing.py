"""Many pairs give exactly what each pair gives alone, whatever the number of workers."""

from __future__ import annotations

import io
import os
import pickle
import signal
import sys
from multiprocessing import active_children
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import Article, Comparison, Thresholds, compare, load_style, read_article
from dedup.crew import WorkerError
from dedup.diff import Style
from dedup.diff.flags import FlagKind, FlagSettings, Severity
from dedup.pairs import ComparedPair, How, compare_pairs, each_pair

LINES = [
    "PORT HALE (AP) — The city of Port Hale shut the Old Wharf Bridge to traffic on Monday.",
    "Divers found cracks in two of its piers, Mayor Ines Calder said.",
    "Divers found cracks in three of its piers, Mayor Ines Calder said.",
    "“We will not gamble with lives,” Calder said.",
    "Ferries will run every 20 minutes until it reopens.",
    "The ferry of Upper Hale runs again in April.",
]
ARTICLES = st.lists(st.sampled_from(LINES), min_size=1, max_size=5).map(
    lambda lines: Article("\n".join(lines))
)


def label(pair: ComparedPair) -> str:
    return pair.comparison.verdict.label.value if pair.comparison else "none"


def die(pair: ComparedPair) -> None:
    if pair.a == "2":
        os.kill(os.getpid(), signal.SIGKILL)


def article(number: int) -> Article:
    return Article("\n".join(LINES[number % 3 :]), title=str(number))


@given(pairs=st.lists(st.tuples(ARTICLES, ARTICLES), max_size=4), workers=st.integers(1, 3))
@settings(max_examples=12, deadline=None)
def test_each_is_what_it_is_alone(pairs: list[tuple[Article, Article]], workers: int) -> None:
    found = list(compare_pairs(pairs, workers=workers))
    assert [pair.comparison for pair in found] == [compare(a, b) for a, b in pairs]
    assert all(pair.error is None for pair in found)
    assert not active_children()


@pytest.mark.parametrize("workers", [1, 2])
def test_it_goes_by_the_same_rules(workers: int, tmp_path: Path) -> None:
    rules = tmp_path / "house.toml"
    rules.write_text('[[rule]]\nname = "ours"\ngroups = "wharf = quay"\n', encoding="utf-8")
    style = load_style(rules)
    flags = FlagSettings({FlagKind.NUMBER_CHANGED: Severity.LOW})
    limits = Thresholds(passage_words=4)
    pairs = [(Article(LINES[1]), Article(LINES[2].replace("piers", "quays")))] * 3
    found = list(compare_pairs(pairs, limits, style=style, flags=flags, workers=workers))
    assert [pair.comparison for pair in found] == [
        compare(*pairs[0], limits, style=style, flags=flags)
    ] * 3
    assert [flag.severity for flag in _known(found[2]).flags] == [Severity.LOW]


def _known(pair: ComparedPair) -> Comparison:
    assert pair.comparison is not None
    return pair.comparison


def test_rules_arrive_in_another_process_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text('[[rule]]\nname = "ours"\ngroups = "wharf = quay"\n', encoding="utf-8")
    style = load_style(path)
    sent = pickle.loads(pickle.dumps(style))
    assert (sent.rules, sent.exact, sent.folded) == (style.rules, style.exact, style.folded)
    assert pickle.loads(pickle.dumps(Style.builtin())) is Style.builtin()
    assert pickle.loads(pickle.dumps(FlagSettings())) == FlagSettings()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_cannot_be_read_does_not_stop_the_rest(workers: int, tmp_path: Path) -> None:
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text(LINES[0], encoding="utf-8")
    empty.write_bytes(b"")
    pairs = [(good, good), (good, tmp_path / "no.txt"), (empty, good), (str(good), good)]
    found = list(compare_pairs(pairs, workers=workers))
    assert [label(pair) for pair in found] == ["identical", "none", "none", "identical"]
    assert [pair.a for pair in found] == [str(a) for a, _ in pairs]
    assert [pair.b for pair in found] == [str(b) for _, b in pairs]
    assert found[1].error == f"{tmp_path / 'no.txt'}: no such file; check the name and " + (
        "the current folder"
    )
    assert found[2].error == f"{empty}: is empty; name a file with an article in it"


@pytest.mark.parametrize("workers", [1, 2])
def test_standard_input_is_one_of_the_articles(
    workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(LINES[0], encoding="utf-8")
    stream = io.TextIOWrapper(io.BytesIO(LINES[0].encode()))
    monkeypatch.setattr(sys, "stdin", stream)
    found = list(compare_pairs([(path, path), (path, "-"), ("-", path)], workers=workers))
    assert [label(pair) for pair in found] == ["identical", "identical", "none"]
    assert (found[1].b, found[2].a) == ("-", "-")
    assert found[2].error == "standard input: is empty; name a file with an article in it"


def test_how_the_articles_are_read(tmp_path: Path) -> None:
    path = tmp_path / "dam.txt"
    path.write_text(f"<html><p>{LINES[0]}", encoding="utf-8")
    how = How(format="text", language="de", max_bytes=5_000)
    (found,) = each_pair(_language, [(path, path)], how)
    assert found == ("de", read_article(path, format="text").text)
    (small,) = each_pair(_error, [(path, path)], How(max_bytes=5))
    assert "over the limit of 5" in small


def _language(pair: ComparedPair) -> tuple[str | None, str]:
    return _known(pair).a.language, _known(pair).a.text


def _error(pair: ComparedPair) -> str:
    return pair.error or ""


def test_pairs_are_taken_as_they_are_needed() -> None:
    taken = []

    def pairs() -> object:
        for number in range(200):
            taken.append(number)
            yield article(number), article(number)

    found = compare_pairs(pairs(), workers=2)  # type: ignore[arg-type]
    assert next(found).a == "0"
    assert next(found).a == "1"
    assert len(taken) < 20
    found.close()  # type: ignore[attr-defined]
    assert not active_children()


def test_a_worker_that_dies_is_an_error() -> None:
    pairs = [(article(number), article(number)) for number in range(5)]
    with pytest.raises(WorkerError, match="killed by signal 9"):
        list(each_pair(die, pairs, How(), workers=2))
    assert not active_children()


def test_a_bug_stays_one() -> None:
    with pytest.raises(TypeError, match="not from NoneType"):
        list(compare_pairs([(Article("The dam holds."), None)]))  # type: ignore[list-item]
