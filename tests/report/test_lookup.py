"""The files that a scan leaves answer why two articles are together."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from scan_made import against, made

from dedup.errors import InputError
from dedup.report import scan_build
from dedup.report.lookup import beside, look_up
from dedup.report.scan_json import write_json
from dedup.report.scan_model import ArticleReport, PairReport
from dedup.report.tables import ENDINGS, write_rows
from dedup.report.why import Relation
from dedup.scanning import Scan


def save(scan: Scan, path: Path) -> Path:
    """Write a scan as `--output` does."""
    file = io.BytesIO()
    if path.suffix == ".json":
        write_json(scan_build.build(scan), file)
    else:
        write_rows(scan_build.articles(scan), ArticleReport, path.suffix, file)
    path.write_bytes(file.getvalue())
    return path


def save_pairs(scan: Scan, path: Path) -> Path:
    """Write the pairs of a scan as `--pairs` does."""
    file = io.BytesIO()
    write_rows(scan_build.pairs(scan), PairReport, path.suffix, file)
    path.write_bytes(file.getvalue())
    return path


@pytest.fixture(params=[".json", *ENDINGS])
def ending(request: pytest.FixtureRequest) -> str:
    if request.param == ".parquet":
        pytest.importorskip("pyarrow")
    found: str = request.param
    return found


def test_every_kind_of_file_gives_the_same_answer(ending: str, tmp_path: Path) -> None:
    source = save(made(), tmp_path / f"scan{ending}")
    pairs = save_pairs(made(), tmp_path / "named_otherwise.jsonl")
    expected = look_up(("b1", "b4"), save(made(), tmp_path / "all.json"))
    assert expected.relation is Relation.CHAIN
    assert look_up(("b1", "b4"), source, pairs) == expected


@pytest.mark.parametrize("pairs", [".jsonl", ".csv"])
def test_pairs_beside_a_table_are_found(ending: str, pairs: str, tmp_path: Path) -> None:
    source = save(made(), tmp_path / f"scan{ending}")
    if ending != ".json":
        assert look_up(("b1", "b4"), source).relation is Relation.CLUSTER
    save_pairs(made(), tmp_path / f"scan.pairs{pairs}")
    assert look_up(("b1", "b4"), source).relation is Relation.CHAIN


def test_of_several_the_pairs_of_the_same_format_are_taken(tmp_path: Path) -> None:
    source = tmp_path / "scan.csv"
    assert beside(source) is None
    save_pairs(made(), tmp_path / "scan.pairs.jsonl")
    assert beside(source) == tmp_path / "scan.pairs.jsonl"
    save_pairs(made(), tmp_path / "scan.pairs.csv")
    assert beside(source) == tmp_path / "scan.pairs.csv"


def test_an_article_of_an_older_corpus_has_no_row(ending: str, tmp_path: Path) -> None:
    source = save(against(), tmp_path / f"scan{ending}")
    pairs = save_pairs(against(), tmp_path / "pairs.jsonl")
    assert look_up(("n1", "old7"), source, pairs).relation is Relation.PAIR
    with pytest.raises(InputError, match="no article old7"):  # or never heard of: nobody can tell
        look_up(("n3", "old7"), source, pairs)


UNKNOWN: list[tuple[tuple[str, str], str]] = [
    (("b1", "zz"), r"has no article zz; check the id$"),
    (("zz", "b1"), r"has no article zz; check the id$"),
    (("yy", "zz"), r"has no article yy; check the id$"),
    (("b1", "a\nb"), r"has no article a\\nb; check the id$"),
]


@pytest.mark.parametrize(("ids", "message"), UNKNOWN)
def test_an_unknown_article_is_an_error(
    ids: tuple[str, str], message: str, ending: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        look_up(ids, save(made(), tmp_path / f"scan{ending}"))


def test_a_record_that_was_skipped_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match='no article x9; it was skipped: the field "text" is empty'
    ):
        look_up(("b1", "x9"), save(made(), tmp_path / "scan.json"))


WRONG: list[Callable[[Path], Path]] = [
    lambda folder: folder / "missing.json",
    lambda folder: save_pairs(made(), folder / "pairs.jsonl"),
    lambda folder: save_pairs(made(), folder / "pairs.csv").rename(folder / "scan.json"),
    lambda folder: folder,
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_file_that_is_none_of_a_scan_is_an_error(
    wrong: Callable[[Path], Path], tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"no such file|not what dedup scan writes|unknown ending"):
        look_up(("b1", "b2"), wrong(tmp_path))
