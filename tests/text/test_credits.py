"""Wire agencies: a source is credited, a mention is not."""

from __future__ import annotations

import pytest

from dedup.article import Article
from dedup.text import segment
from dedup.text.agencies import named_agencies
from dedup.text.data import table

LEDE = "The ferry Marit sank off Bergen early on Monday, killing at least 14 people, police said."


def credited(text: str) -> list[tuple[str, str]]:
    return [
        (credit.agency, credit.place.value)
        for credit in segment(Article(text, language="en")).credits
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"BERGEN (AP) — {LEDE}", [("AP", "dateline")]),
        (f"LONDON (Reuters) - {LEDE}", [("Reuters", "dateline")]),
        (f"By Ann Moss, Associated Press\n{LEDE}", [("AP", "byline")]),
        (f"By Ann Moss\n{LEDE}", []),
        (f"{LEDE}\nThe Associated Press contributed to this report.", [("AP", "text")]),
        (f"{LEDE}\n(Reporting by Ann Moss for Reuters; Editing by Lee Orr)", [("Reuters", "text")]),
        (f"{LEDE}\nCopyright 2021 The Associated Press. All rights reserved.", [("AP", "text")]),
        (f"{LEDE}\n© Agence France-Presse", [("AFP", "text")]),
        (f"{LEDE}\nSource: Xinhua", [("Xinhua", "text")]),
        (f"{LEDE} (dpa)", [("dpa", "text")]),
        (
            f"{LEDE}\nAP and Reuters contributed to this report.",
            [("AP", "text"), ("Reuters", "text")],
        ),
        (f"{LEDE}\n“No,” Moss told the Associated Press.\n{LEDE}", []),
        (f"{LEDE}\nReuters could not verify the report.\n{LEDE}", []),
        (f"{LEDE}\n(Ann Moss / Associated Press)\n{LEDE}", []),
        (f"{LEDE}\nFollow us on Twitter @AP", []),
        ("The AP and the Bloomberg mayoralty (of New York) are history, he said at last.", []),
    ],
)
def test_sources_not_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert credited(text) == expected


@pytest.mark.parametrize(
    ("agency", "name"),
    [(agency, name) for agency, names in table("agencies").items() for name in names],
)
def test_every_name_is_found_and_only_as_a_word(agency: str, name: str) -> None:
    text = f"({name})"
    assert [found for found, _, _ in named_agencies(text, 0, len(text))] == [agency]
    if name[0] < "\u3000":
        inside = f"x{name}x"
        assert not any(
            end - start == len(name) for _, start, end in named_agencies(inside, 0, len(inside))
        )


def test_a_credit_points_at_the_name() -> None:
    text = f"BERGEN (AP) — {LEDE}"
    (credit,) = segment(Article(text)).credits
    assert text[credit.start : credit.end] == "AP"
