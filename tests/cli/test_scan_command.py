"""`dedup scan`: what each option does, what it writes, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from dedup import scan
from dedup.report.scan_json import scan_schema

Run = Callable[..., tuple[int, str, str]]
NEWS = ("scan", "news.jsonl")


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_report_tells_what_became_of_every_article(run: Run) -> None:
    code, out, err = run(*NEWS)
    assert code == 0
    assert out.startswith("1 STORY IN SEVERAL VERSIONS: 2 of 4 articles\n")
    assert "  read        4 = 2 in 1 story + 1 single + 1 skipped\n" in out
    assert '  1  the field "text" is empty  news.jsonl:4\n' in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert re.fullmatch(r"(\w+: [\d,]+ [^\n]*\n)+", err), "how far it is, in plain lines"


def test_the_next_step_can_be_taken(run: Run) -> None:
    _, out, _ = run("scan", "articles")
    step = re.search(r"^Next: dedup (compare .+)$", out, re.MULTILINE)
    assert step
    code, out, _ = run(*step[1].split())
    assert (code, out[:15]) == (0, "SAME WIRE STORY")
    _, out, _ = run(*NEWS, "--output", "scan.json")
    step = re.search(r"^Next: dedup (why .+)$", out, re.MULTILINE)
    assert step
    code, out, _ = run(*step[1].split())
    assert (code, out[:9]) == (0, "TOGETHER:")


def test_the_next_step_can_be_taken_where_ids_look_like_options(run: Run, folder: Path) -> None:
    news = (folder / "news.jsonl").read_text(encoding="utf-8")
    (folder / "odd.jsonl").write_text(news.replace('"id": "n', '"id": "-n '), encoding="utf-8")
    _, out, _ = run("scan", "odd.jsonl", "--output", "scan.json")
    step = re.search(r"^Next: dedup (why .+)$", out, re.MULTILINE)
    assert step
    code, out, _ = run(*shlex.split(step[1]))
    assert (code, out[:9]) == (0, "TOGETHER:")


@pytest.mark.parametrize("limit", ["0", "1"])
def test_limit(limit: str, run: Run) -> None:
    _, out, _ = run(*NEWS, "--limit", limit)
    assert ("Bridge shut" in out) == (limit == "1")


def test_quiet_says_nothing_at_all(run: Run, folder: Path) -> None:
    assert run(*NEWS, "-q", "-o", "scan.csv") == (0, "", "")
    assert (folder / "scan.csv").stat().st_size


def test_verbose_says_what_was_decided(run: Run) -> None:
    _, _, err = run(*NEWS, "-v")
    assert "dedup: mode stories; shingle_words=5" in err
    assert re.search(r"^dedup: reading: \d+ ms$", err, re.MULTILINE)


def test_json_meets_its_schema(run: Run, folder: Path) -> None:
    assert run(*NEWS, "-q", "-o", "scan.json")[0] == 0
    report = json.loads((folder / "scan.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(scan_schema()).validate(report)
    assert report["clusters"] == [{"id": "n1", "representative": "n1", "members": ["n1", "n2"]}]
    assert report["skipped"][0] == {
        "path": "news.jsonl", "place": 4, "reason": 'the field "text" is empty', "id": "n4",
    }  # fmt: skip
    assert json.loads(run("schema", "scan")[1]) == scan_schema()


def test_the_program_says_what_the_library_says(run: Run, folder: Path) -> None:
    run(*NEWS, "-q", "-o", "scan.jsonl")
    found = scan("news.jsonl")
    for row, article in zip(rows(folder / "scan.jsonl"), found.articles, strict=True):
        assert row == {
            name: list(value) if isinstance(value := getattr(article, name), tuple) else value
            for name in row
        }


def test_tables_have_a_row_an_article(run: Run, folder: Path) -> None:
    run(*NEWS, "-q", "-o", "scan.csv")
    table = list(csv.DictReader(io.StringIO((folder / "scan.csv").read_text(encoding="utf-8"))))
    assert [(row["id"], row["cluster"], row["role"]) for row in table] == [
        ("n1", "n1", "representative"),
        ("n2", "n1", "member"),
        ("n3", "", "single"),
    ]
    parquet = pytest.importorskip("pyarrow.parquet")
    run(*NEWS, "-q", "-o", "scan.parquet")
    columns = parquet.read_table(folder / "scan.parquet").to_pydict()
    assert columns["id"] == ["n1", "n2", "n3"]
    assert columns["cluster"] == ["n1", "n1", None]
    assert columns["date"] == ["2031-03-03", "2031-03-04", None]


def test_pairs_and_errors_are_written_beside(run: Run, folder: Path) -> None:
    run(*NEWS, "-q", "--pairs", "pairs.jsonl", "--errors", "errors.jsonl")
    (pair,) = [row for row in rows(folder / "pairs.jsonl") if row["joined"]]
    assert (pair["a"], pair["b"], pair["label"], pair["cluster"]) == (
        "n1",
        "n2",
        "same_story",
        "n1",
    )
    assert [row["id"] for row in rows(folder / "errors.jsonl")] == ["n4"]


def test_the_same_corpus_gives_the_same_bytes(run: Run, folder: Path) -> None:
    for name in ("1.json", "2.json"):
        run(*NEWS, "-q", "-o", name, "--workers", name[0], "--engine", "numpy")
    assert (folder / "1.json").read_bytes() == (folder / "2.json").read_bytes()


KEPT = [
    (("--keep", "longest"), ["n1", "n3"]),
    (("--keep", "earliest"), ["n1", "n3"]),
    (("--keep", "representative", "--representative", "earliest"), ["n1", "n3"]),
    (("--keep", "longest", "--against", "today.jsonl"), ["n3"]),
]


@pytest.mark.parametrize(("options", "ids"), KEPT)
def test_keep_writes_the_records_as_they_are(
    options: tuple[str, ...], ids: list[str], run: Run, folder: Path
) -> None:
    came = (folder / "news.jsonl").read_text(encoding="utf-8").splitlines()
    assert run(*NEWS, "-q", *options, "-o", "clean.jsonl")[0] == 0
    kept = (folder / "clean.jsonl").read_text(encoding="utf-8").splitlines()
    assert kept == [line for line in came if json.loads(line)["id"] in ids]


def test_keep_may_take_the_place_of_the_corpus(run: Run, folder: Path) -> None:
    news = folder / "news.jsonl"
    whole = news.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]  # the last is skipped
    news.write_text("".join(whole), encoding="utf-8")
    assert run(*NEWS, "-q", "--keep", "longest", "-o", "news.jsonl")[0] == 0
    assert [row["id"] for row in rows(folder / "news.jsonl")] == ["n1", "n3"]


def test_keep_takes_the_place_of_no_corpus_of_which_records_were_skipped(
    run: Run, folder: Path
) -> None:
    news = folder / "news.jsonl"
    before = news.read_bytes()
    code, _, err = run(*NEWS, "-q", "--keep", "longest", "-o", "news.jsonl")
    assert (code, news.read_bytes()) == (2, before)
    assert "--output news.jsonl: the 1 record that was skipped would be lost" in err
    assert run(*NEWS, "-q", "--keep", "longest", "-o", "kept.jsonl")[0] == 0


def test_of_a_folder_the_files_that_are_kept_are_listed(run: Run, folder: Path) -> None:
    run("scan", "articles", "-q", "--keep", "longest", "-o", "kept.txt")
    assert (folder / "kept.txt").read_text(encoding="utf-8") == "articles/agency.txt\n"


def test_against_an_older_corpus(run: Run, folder: Path) -> None:
    code, out, _ = run("scan", "today.jsonl", "--against", "news.jsonl", "-o", "known.jsonl")
    assert code == 0
    assert out.startswith("1 OF 1 ARTICLE ALREADY THERE: versions of 1 story among 3 older")
    assert [(row["id"], row["cluster"]) for row in rows(folder / "known.jsonl")] == [("t1", "n2")]


def test_a_threshold_finds_near_duplicates(run: Run) -> None:
    _, out, _ = run(*NEWS, "--threshold", "0.99")
    assert out.startswith("NO NEAR-DUPLICATES in 4 articles\n")
    _, out, _ = run(*NEWS, "-t", "0.3")
    assert out.startswith("1 GROUP OF NEAR-DUPLICATES: 2 of 4 articles\n")
    assert "decided by  Jaccard similarity of 0.3 or more" in out


def test_thresholds_of_a_settings_file_hold_as_for_compare(run: Run, folder: Path) -> None:
    (folder / "dedup.toml").write_text("[thresholds]\nshared_passages_run = 500\n")
    _, out, err = run(*NEWS, "-v")
    assert out.startswith("NO STORY TWICE in 4 articles\n")
    assert "shared_passages_run=500" in err
    (folder / "other.toml").write_text("")
    assert run(*NEWS, "--config", "other.toml")[1].startswith("1 STORY")


def test_fail_on_duplicates(run: Run, folder: Path) -> None:
    code, out, err = run(*NEWS, "--fail-on-duplicates", "-q")
    assert (code, out, err) == (1, "", "dedup: 1 story is there in several versions: n1 = n2\n")
    (folder / "one.jsonl").write_text('{"id": "a", "text": "The ferry runs again."}\n')
    assert run("scan", "one.jsonl", "--fail-on-duplicates", "-q")[0] == 0


def test_strict_refuses_bad_records_and_still_lists_them(run: Run, folder: Path) -> None:
    code, out, err = run(*NEWS, "-q", "--strict", "--errors", "bad.jsonl", "-o", "scan.json")
    assert (code, out) == (2, "")
    assert err == (
        'dedup: news.jsonl:4: the field "text" is empty; mend it, or leave out --strict\n'
    )
    assert [row["id"] for row in rows(folder / "bad.jsonl")] == ["n4"]
    assert not (folder / "scan.json").exists()
    assert run("scan", "today.jsonl", "-q", "--strict") == (0, "", "")


def test_a_corpus_without_an_article_is_an_input_error(run: Run, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    code, out, err = run("scan", "empty.txt", "-q", "-o", "scan.json")
    assert (code, out) == (2, "")
    assert err == "dedup: empty.txt: is empty; name a file with an article in it\n"
    assert not (folder / "scan.json").exists()


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_tables_that_cannot_be_joined_are_refused_before_the_work(
    ending: str, run: Run, folder: Path
) -> None:
    if ending == ".parquet":
        pa = pytest.importorskip("pyarrow")
        write = pytest.importorskip("pyarrow.parquet").write_table
        write(pa.table({"text": ["The ferry runs."]}), folder / "1.parquet")
        write(pa.table({"text": ["The ferry is late."], "seen": [7]}), folder / "2.parquet")
    else:
        (folder / "1.csv").write_text("text\nThe ferry runs.\n")
        (folder / "2.csv").write_text("text,seen\nThe ferry is late.,7\n")
    tables = (f"1{ending}", f"2{ending}")
    code, out, err = run("scan", *tables, "--keep", "longest", "-o", f"kept{ending}")
    assert (code, out) == (2, "")
    assert err == (
        f"dedup: 2{ending}: has other columns than the first table; "
        "scan tables of the same columns together\n"
    )
    code, _, _ = run("scan", tables[0], tables[0], "--keep", "longest", "-o", f"kept{ending}")
    assert code == 0


def test_dry_run_writes_nothing(run: Run, folder: Path) -> None:
    before = sorted(folder.iterdir())
    code, out, _ = run(*NEWS, "--dry-run", "-o", "scan.json")
    assert code == 0
    assert out.startswith("DRY RUN: 3 articles\n")
    assert "JSON lines  1 file, 1 kB; text, id, title, outlet, date\n" in out
    assert "will take   about " in out
    assert sorted(folder.iterdir()) == before


def test_a_dry_run_against_an_older_corpus_counts_each(run: Run, folder: Path) -> None:
    first = (folder / "news.jsonl").read_text().splitlines()[0]
    (folder / "today.jsonl").write_text(f"{first}\n")
    _, out, _ = run("scan", "today.jsonl", "--against", "news.jsonl", "--dry-run")
    assert out.startswith("DRY RUN: 1 article, to be held beside 3 older articles\n")
    assert "2 files" in out


def test_fields_by_name(run: Run, folder: Path) -> None:
    (folder / "odd.jsonl").write_text('{"nr": 7, "story": "The ferry runs.", "kopf": "Ferry"}\n')
    names = ("--text-field", "story", "--id-field", "nr", "--title-field", "kopf")
    run("scan", "odd.jsonl", "-q", *names, "-o", "odd.out.jsonl")
    (row,) = rows(folder / "odd.out.jsonl")
    assert (row["id"], row["title"]) == ("7", "Ferry")


def test_standard_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (folder / "news.jsonl").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        code, out, _ = run("scan", "-", "--input-format", "jsonl", "-o", "from.pipe.jsonl")
    assert (code, out[:7]) == (0, "1 STORY")
    assert [row["path"] for row in rows(folder / "from.pipe.jsonl")] == ["-"] * 3


def test_standard_input_can_be_kept(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "news.jsonl").open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert run("scan", "-", "-q", "--keep", "longest", "-o", "clean.jsonl")[0] == 0
    assert [row["id"] for row in rows(folder / "clean.jsonl")] == ["n1", "n3"]


#: What is wrong, and what the one line of the error says of it.
REFUSED = [
    (("-o", "scan.xls"), "--output scan.xls: unknown ending; use .json, .jsonl, .csv or .parquet"),
    (("-o", "scan"), "unknown ending"),
    (("--pairs", "pairs.json"), "--pairs pairs.json: unknown ending; use .jsonl, .csv or .parquet"),
    (("--errors", "bad.csv"), "--errors bad.csv: unknown ending; use .jsonl"),
    (("-o", "no/scan.csv"), "no/scan.csv: cannot be written (no such file or directory)"),
    (("-o", "news.jsonl"), "is a part of the corpus, which would be lost"),
    (("--errors", "news.jsonl"), "is a part of the corpus, which would be lost"),
    (("-o", "a.csv", "--pairs", "a.csv"), "--pairs a.csv: is --output too; name another file"),
    (("--keep", "longest", "-o", "a.csv"), "jsonl cannot be written as .csv; use .jsonl"),
    (("today.jsonl", "articles", "--keep", "longest", "-o", "a.jsonl"), "has several formats"),
    (("missing.jsonl",), "missing.jsonl: cannot be read"),
    (("--text-field", "story"), 'has no field "story" (fields: '),
    (("--config", "no.toml"), "no.toml"),
    (("--against", "missing.jsonl"), "missing.jsonl: cannot be read"),
]


@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_what_a_user_can_mend_is_one_line_and_exit_2(
    options: tuple[str, ...], message: str, run: Run, folder: Path
) -> None:
    before = sorted(folder.rglob("*"))
    code, out, err = run(*NEWS, "-q", *options)
    assert (code, out) == (2, "")
    assert re.fullmatch(r"dedup: .+\n", err)
    assert message in err
    assert sorted(folder.rglob("*")) == before, "a partial file is left"


USAGE = [
    ("scan",),
    (*NEWS, "--threshold", "0"),
    (*NEWS, "--threshold", "1.5"),
    (*NEWS, "--keep", "longest"),
    (*NEWS, "--keep", "longest", "--representative", "central", "-o", "a.jsonl"),
    (*NEWS, "--representative", "first"),
    (*NEWS, "--workers", "0"),
    ("scan", "-", "-"),
    ("scan", "-", "--against", "-"),
]


@pytest.mark.parametrize("args", USAGE)
def test_usage_errors_are_exit_2(args: tuple[str, ...], run: Run) -> None:
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert "Usage: dedup scan" in err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_leaves_what_was_there(run: Run, folder: Path) -> None:
    code, out, err = run(*NEWS, "-q", "-o", "scan.jsonl", "--pairs", "/dev/full")
    assert (code, out) == (2, "")
    assert "unknown ending" in err
    (folder / "full.jsonl").symlink_to("/dev/full")
    code, out, err = run(*NEWS, "-q", "-o", "scan.jsonl", "--pairs", "full.jsonl")
    assert (code, out) == (2, "")
    assert err == "dedup: full.jsonl: cannot be written (no space left on device)\n"
    assert not (folder / "scan.jsonl").exists()


def test_an_output_keeps_its_rights_and_a_link_its_target(run: Run, folder: Path) -> None:
    (folder / "real.csv").write_text("old")
    (folder / "real.csv").chmod(0o640)
    (folder / "scan.csv").symlink_to("real.csv")
    assert run(*NEWS, "-q", "-o", "scan.csv")[0] == 0
    assert (folder / "scan.csv").is_symlink()
    assert (folder / "real.csv").read_text().startswith("id,cluster,role")
    assert (folder / "real.csv").stat().st_mode & 0o777 == 0o640


def test_an_interrupt_says_where_it_stood_and_leaves_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dedup.scanning.ingesting.source._given", interrupted)
    before = sorted(folder.iterdir())
    code, out, err = run(*NEWS, "-q", "-o", "scan.json")
    assert (code, out) == (130, "")
    assert re.fullmatch(r"dedup: interrupted while \w+, [\d,]+ of [\d,]+ \w+ done\n", err)
    assert sorted(folder.iterdir()) == before
