"""A table of pairs as people write it, and what it says where it cannot be used."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from dedup.errors import InputError
from dedup.pairs import read_pairs

TABLES = [
    ("a,b\nx.txt,y.txt\n", [("x.txt", "y.txt")]),
    ("x.txt,y.txt", [("x.txt", "y.txt")]),
    ("A , B\r\nx.txt,y.txt\r\n", [("x.txt", "y.txt")]),
    ("desk,b,a\nmetro,page.html,wire.txt\n", [("wire.txt", "page.html")]),
    ("x.txt;y.txt\nv, or w.txt;z.txt\n", [("x.txt", "y.txt"), ("v, or w.txt", "z.txt")]),
    ("x.txt\ty.txt\nv.txt\tw.txt", [("x.txt", "y.txt"), ("v.txt", "w.txt")]),
    ('"dam, again.txt","the ""dam"".txt"\n', [("dam, again.txt", 'the "dam".txt')]),
    ("x.txt,y.txt,seen by the desk\n", [("x.txt", "y.txt")]),
    ("\n a,b \n\n x.txt , y.txt\n,\n", [("x.txt", "y.txt")]),
    ("\ufeffa,b\nélan.txt,y.txt\n", [("élan.txt", "y.txt")]),
    ("# x.txt,y.txt\n", [("# x.txt", "y.txt")]),
    ("-,y.txt\n", [("-", "y.txt")]),
    ("/far/x.txt,./y.txt\n", [("/far/x.txt", "./y.txt")]),
    ("x.txt,x.txt\nx.txt,x.txt\n", [("x.txt", "x.txt")] * 2),
]


@pytest.mark.parametrize(("text", "pairs"), TABLES)
def test_tables(
    text: str, pairs: list[tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pairs.csv").write_text(text, encoding="utf-8", newline="")
    assert read_pairs("pairs.csv") == pairs


def test_a_table_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes("a;b\r\n/x.txt;/y.txt\r\n".encode("utf-16"))
    assert read_pairs(path) == [("/x.txt", "/y.txt")]


def test_paths_start_at_the_folder_of_the_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lists").mkdir()
    Path("lists/pairs.csv").write_text("a,b\n../wire/x.txt,./y.txt\n-,/far/z.txt\n")
    found = [("wire/x.txt", "lists/y.txt"), ("-", "/far/z.txt")]
    assert read_pairs(Path("lists") / "pairs.csv") == [
        (a.replace("/", os.sep), b.replace("/", os.sep)) for a, b in found
    ]


def test_a_detour_over_a_link_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("far/lists").mkdir(parents=True)
    Path("far/x.txt").write_text("The dam holds.")
    Path("lists").symlink_to("far/lists")
    Path("lists/pairs.csv").write_text("../x.txt,../x.txt\n")
    assert read_pairs("lists/pairs.csv") == [("lists/../x.txt", "lists/../x.txt")]
    assert Path("lists/../x.txt").read_text() == "The dam holds."


def test_a_file_may_be_called_as_a_column_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a").write_text("The dam holds.")
    Path("pairs.csv").write_text("a,y.txt\n")
    assert read_pairs("pairs.csv") == [("a", "y.txt")]


def test_the_table_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x.txt,y.txt\n")))
    assert read_pairs("-") == [("x.txt", "y.txt")]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"-,y.txt\n")))
    with pytest.raises(InputError, match="standard input can be read only once"):
        read_pairs("-")


MISTAKES = [
    ("", "pairs.csv: is empty; name a file with pairs of files in it"),
    ("\n\n", "pairs.csv: lists no pair; write two files a line"),
    ("a,b\n", "pairs.csv: lists no pair"),
    ("a,page\nx.txt,y.txt\n", 'pairs.csv: has a column "a" and no column "b"'),
    ("wire,b\nx.txt,y.txt\n", 'pairs.csv: has a column "b" and no column "a"'),
    ("x.txt\n", "pairs.csv line 1: lacks the second file"),
    ("a,b\nx.txt,y.txt\n\nx.txt,\n", "pairs.csv line 4: lacks the second file"),
    ("b,a\nx.txt\n", "pairs.csv line 2: lacks the first file"),
    ('x.txt,y.txt\n"x.txt,y.txt\n', "pairs.csv line 2: is not valid CSV"),
    ('x.txt,"y".txt\n', "pairs.csv line 1: is not valid CSV"),
    ("-,y.txt\n-,z.txt\n", "pairs.csv: standard input can be read only once"),
    ("-,-\n", "pairs.csv: standard input can be read only once"),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_mistakes(text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("pairs.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_pairs("pairs.csv")
    assert str(caught.value).startswith(told)


def test_a_table_that_is_not_there() -> None:
    with pytest.raises(InputError, match="no such file"):
        read_pairs("no.csv")
