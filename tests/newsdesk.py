"""Small corpora for the tests of the scan: stories with versions, digests and furniture."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

PLACES = ("Port Hale", "Norvik", "Eastmere", "Sollen", "Carrow", "Brightwater", "Tamsin", "Aldreth")
THINGS = ("bridge", "ferry", "reservoir", "tannery", "railway", "harbour", "mill", "observatory")
POLICY = (
    "We welcome comments from all readers of this page as long as they are polite and brief. "
    "Remarks that insult others or advertise goods are taken down by our moderators without notice."
)

Record = dict[str, str]


def story(number: int, sentences: int = 14) -> list[str]:
    """Return the sentences of a story; stories of different numbers share next to nothing."""
    rng = Random(f"story {number}")
    lines = []
    for _ in range(sentences):
        where, thing = rng.choice(PLACES), rng.choice(THINGS)
        a, b, c, d, e, f, g, h = (_word(rng) for _ in range(8))
        lines.append(f"The {a} {thing} at {where} {b} a {c} {d}, and {e} {f} said the {g} {h}.")
    return lines


def corpus(
    stories: int = 12, versions: int = 3, singles: int = 20, furniture: bool = False
) -> list[Record]:
    """Return records: of each story some versions, cut and altered; and articles of their own."""
    rng = Random(f"{stories}/{versions}/{singles}")
    texts = [
        (f"s{number:03}-v{version}", _version(story(number), version))
        for number in range(stories)
        for version in range(versions)
    ]
    texts += [(f"x{number:03}", story(1000 + number)) for number in range(singles)]
    records = [
        {
            "id": name,
            "outlet": f"Outlet {rng.randrange(9)}",
            "date": f"2024-03-{rng.randrange(1, 29):02}",
            "text": " ".join(lines) + (f"\n\n{POLICY}" if furniture else ""),
        }
        for name, lines in texts
    ]
    rng.shuffle(records)
    return records


def write_jsonl(path: Path, records: list[Record]) -> Path:
    """Write records to a file, one a line."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def _version(lines: list[str], version: int) -> list[str]:
    if version == 0:
        return lines
    if version % 2:
        return [*lines[: -2 * version], f"Edition {version} goes to press with this."]
    return [f"This is the late report of desk {version}.", *lines[1:]]


def _word(rng: Random) -> str:
    return "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3))
