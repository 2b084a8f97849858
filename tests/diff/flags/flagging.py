"""Flags as words, so that a test can say what it expects."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dedup import Article, compare
from dedup.diff.flags import FlagKind, FlagSettings, Severity

EVERYTHING = FlagSettings(dict.fromkeys(FlagKind, Severity.MEDIUM))

#: Kinds that turn into each other where A and B change places.
OPPOSITES = {
    FlagKind.QUOTE_TRUNCATED: FlagKind.QUOTE_EXTENDED,
    FlagKind.QUOTE_EXTENDED: FlagKind.QUOTE_TRUNCATED,
    FlagKind.QUOTE_TURNED_INTO_PARAPHRASE: FlagKind.PARAPHRASE_TURNED_INTO_QUOTE,
    FlagKind.PARAPHRASE_TURNED_INTO_QUOTE: FlagKind.QUOTE_TURNED_INTO_PARAPHRASE,
}


def flagged(
    a: str | Article, b: str | Article, *kinds: FlagKind, language: str = "en"
) -> list[tuple[FlagKind, str, str]]:
    """Return each flag of the kinds with its words before and after, in order."""
    first, second = (
        one if isinstance(one, Article) else Article(one, language=language) for one in (a, b)
    )
    return [
        (
            flag.kind,
            first.text[flag.a.start : flag.a.end] if flag.a else "",
            second.text[flag.b.start : flag.b.end] if flag.b else "",
        )
        for flag in compare(first, second, flags=EVERYTHING).flags
        if flag.kind in kinds
    ]


@cache
def case_pairs(*names: str) -> tuple[tuple[str, str], ...]:
    """Return the texts of all cases of some kinds."""

    def read() -> Iterator[tuple[str, str]]:
        for name in names:
            path = Path(__file__).parent / "cases" / f"{name}.toml"
            for case in tomllib.loads(path.read_text("utf-8"))["case"]:
                yield case["a"], case["b"]

    return tuple(read())
