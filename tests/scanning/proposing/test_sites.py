"""Articles of a few sites, each a page of its own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from newsdesk import write_jsonl

from dedup.detect.engine import NumpyEngine
from dedup.scanning.ingesting.corpus import bring_together
from dedup.scanning.ingesting.intake import Plan, Task, take_in
from dedup.scanning.ingesting.source import open_source
from dedup.scanning.proposing.sites import of_few_sites


def few(folder: Path, records: list[dict[str, str]], others: str = "The Others") -> bool:
    """Say whether sixteen articles are pages of a few sites, in a corpus with another one."""
    rows = [{"id": f"{n:02}", "text": f"It holds, {n}.", **one} for n, one in enumerate(records)]
    rows.append({"id": "99", "text": "It does not.", "outlet": others})
    given = open_source(write_jsonl(folder / "a.jsonl", rows), str(folder), "new", None, None)
    plan = Plan(str(folder), NumpyEngine(), 5, None)
    taken = [take_in(Task(number, piece, plan)) for number, piece in enumerate(given.pieces)]
    corpus = bring_together(intake for intake in taken if intake is not None)
    (said,) = of_few_sites(corpus)(np.arange(len(records))[None]).tolist()
    return bool(said)


def outlets(number: int) -> list[dict[str, str]]:
    return [{"outlet": f"The Daily {n % number}"} for n in range(16)]


def pages(sites: int, each: int) -> list[dict[str, str]]:
    """Return addresses of some pages of each of some sites, as often as makes sixteen."""
    return [{"url": f"https://www.daily{n % sites}.example/{n // sites % each}"} for n in range(16)]


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (outlets(1), True),
        (outlets(4), True),
        (outlets(5), False),
        (pages(1, 16), True),
        (pages(4, 4), True),
        (pages(8, 2), False),
        (pages(1, 8), True),
        (pages(1, 7), False),  # states of seven pages
        ([{"title": f"Dam {n // 2}", **one} for n, one in enumerate(outlets(1))], True),
        ([{"title": f"Dam {n // 3}", **one} for n, one in enumerate(outlets(1))], False),
        ([{}] * 16, False),  # nobody knows
        ([*outlets(2)[:14], {}, {}], True),
        ([*outlets(2)[:12], {}, {}, {}, {}], False),
    ],
)
def test_articles_are_of_a_few_sites_where_there_are_four_to_a_site(
    tmp_path: Path, records: list[dict[str, str]], said: bool
) -> None:
    assert few(tmp_path, records) is said


def test_an_outlet_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    assert few(tmp_path, [{"outlet": ("The Daily", " the daily")[n % 2]} for n in range(16)])


def test_one_outlet_at_many_addresses_is_many_sites(tmp_path: Path) -> None:
    assert not few(tmp_path, [{"outlet": "Agency", **one} for one in pages(8, 2)])


def test_a_corpus_of_one_site_tells_nothing(tmp_path: Path) -> None:
    assert not few(tmp_path, outlets(1), others="The Daily 0")
