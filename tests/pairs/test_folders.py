"""Which files of two folders go together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from dedup.errors import InputError
from dedup.pairs import MatchedFolders, match_folders


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def put(*paths: str) -> None:
    for path in map(Path, paths):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("The dam holds.", encoding="utf-8")


def found(wire: Iterable[str], page: Iterable[str]) -> MatchedFolders:
    put(*(f"wire/{name}" for name in wire), *(f"page/{name}" for name in page))
    return match_folders("wire", "page")


def test_files_of_one_name_whatever_their_endings() -> None:
    assert found(["dam.txt", "x/dam.md", "cut.txt"], ["dam.html", "x/dam.txt", "x/new.txt"]) == (
        MatchedFolders(
            (("wire/dam.txt", "page/dam.html"), ("wire/x/dam.md", "page/x/dam.txt")),
            ("wire/cut.txt",),
            ("page/x/new.txt",),
        )
    )


def test_what_is_no_article_is_passed_over() -> None:
    made = found(["dam.txt", "site.css", ".hidden.txt"], ["dam", "site.css", "dam.png"])
    assert made == MatchedFolders((("wire/dam.txt", "page/dam"),), (), ())


def test_only_the_ending_is_left_out_of_a_name() -> None:
    made = found(["a.2.txt", "B.TXT"], ["a.2.HTML", "b.txt"])
    assert made.pairs == (("wire/a.2.txt", "page/a.2.HTML"),)
    assert (made.only_a, made.only_b) == (("wire/B.TXT",), ("page/b.txt",))


def test_a_folder_with_itself() -> None:
    put("wire/dam.txt")
    assert match_folders("wire", "wire/").pairs == (("wire/dam.txt", "wire/dam.txt"),)


def test_two_files_of_one_name_are_both_named() -> None:
    with pytest.raises(InputError, match=r"page/dam\.html and page/dam\.md: two files of one name"):
        found(["dam.txt"], ["dam.md", "dam.html"])


def test_folders_without_a_common_name() -> None:
    with pytest.raises(InputError, match="wire and page: no article has one name in both"):
        found(["dam.txt"], ["bridge.txt"])


def test_a_file_is_no_folder() -> None:
    put("wire/dam.txt")
    with pytest.raises(InputError, match=r"wire/dam\.txt: is no folder"):
        match_folders("wire/dam.txt", "wire")
    with pytest.raises(InputError, match="away: is no folder"):
        match_folders("wire", "away")
