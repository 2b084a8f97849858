"""A whole diff: kinds, similarity, and what it costs to import."""

import subprocess
import sys

import pytest
from marking import document

from dedup.diff import LinkKind, diff

KINDS = [
    ("The river rose on Tuesday.", "The river rose on Tuesday.", "identical"),
    ("The river rose  on\u00a0Tuesday.", "The river rose on Tuesday.", "identical"),
    ("“We won,” said Berg.", '"We won," said Berg.', "house_style"),
    ("Mr. Berg paid five percent in the US.", "Berg paid 5% in the U.S.", "house_style"),
    ("The dogs, cats, and birds fled.", "The dogs, cats and birds fled.", "house_style"),
    ("The river rose on Tuesday.", "The lake rose on Tuesday.", "reworded"),
    ("The firm paid $5 million.", "The firm paid $6 million.", "reworded"),
    ("He will not resign, he said.", "He will resign, he said.", "reworded"),
    ("“We won,” she said of the match.", "We won, she said of the match.", "reworded"),
    ("On Monday, the council met.", "The council met on Monday.", "reworded"),
    (
        "The tugs pulled the ferry free.",
        "The tugs pulled the ferry free, and divers found a crack below the waterline.",
        "partial",
    ),
    (
        "Berg, who has led the party since a bitter contest in 2019, left the room.",
        "Berg left the room.",
        "partial",
    ),
    (
        "The council approved the plan to build a bridge over the river.",
        "The council backed the plan to build a bridge across the river.",
        "reworded",
    ),
]


@pytest.mark.parametrize(("a", "b", "kind"), KINDS)
def test_kind(a: str, b: str, kind: str) -> None:
    for first, second in ((a, b), (b, a)):
        (link,) = diff(document(first), document(second)).links
        assert link.kind == kind
        assert (link.similarity == 1) >= (kind in {"identical", "house_style"})
        assert bool(link.edits) == (kind != "identical")


def test_a_merge_of_whole_sentences_is_reworded_and_not_partial() -> None:
    a = document("The tugs came at noon.", "Divers found a crack below the waterline.")
    b = document("The tugs came at noon, and divers found a crack below the waterline.")
    (link,) = diff(a, b).links
    assert (link.shape, link.kind) == ("merge", LinkKind.REWORDED)


def test_a_sentence_cut_in_two_without_a_change_is_identical() -> None:
    a = document("“We won.", "We won at last,” said Berg.")
    b = document("“We won. We won at last,” said Berg.")
    (link,) = diff(a, b).links
    assert (link.shape, link.kind, link.similarity) == ("merge", LinkKind.IDENTICAL, 1.0)


def test_more_changes_less_similarity() -> None:
    a = document("The tugs pulled the old ferry off the sandbank before the tide turned.")
    little = document("The tugs pulled the old ferry off the reef before the tide turned.")
    much = document("The tugs dragged the old ship off the reef before the tide turned.")
    assert 1 > diff(a, little).links[0].similarity > diff(a, much).links[0].similarity > 0


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("de", "Die Fähre lief am Dienstag auf Grund.", "Am Dienstag lief die Fähre auf Grund."),
        ("fr", "Le maire a fermé le pont lundi.", "Le maire a rouvert le pont mardi."),
        ("es", "El alcalde cerró el puente el lunes.", "El alcalde reabrió el puente el martes."),
        ("it", "Il sindaco ha chiuso il ponte.", "Il sindaco ha riaperto il ponte."),
        ("pt", "O prefeito fechou a ponte na segunda.", "O prefeito reabriu a ponte na terça."),
        ("ru", "Мэр закрыл мост в понедельник.", "Мэр открыл мост в понедельник."),
        ("uk", "Мер закрив міст у понеділок.", "Мер відкрив міст у понеділок."),
        ("ar", "أغلق العمدة الجسر يوم الاثنين.", "فتح العمدة الجسر يوم الاثنين."),
        ("zh", "市长周一关闭了大桥。", "市长周二关闭了大桥。"),
        ("ja", "市長は月曜日に橋を閉鎖した。", "市長は火曜日に橋を閉鎖した。"),
        ("und", "Burmaðr lokaði brúnni.", "Burmaðr opnaði brúnni."),
    ],
)
def test_every_language_is_linked_and_marked(language: str, a: str, b: str) -> None:
    (link,) = diff(document(a, language=language), document(b, language=language)).links
    assert link.kind is LinkKind.REWORDED
    assert link.edits


def test_importing_is_light() -> None:
    code = "import sys, dedup.diff; print({'numpy', 'rapidfuzz'} & set(sys.modules))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"
