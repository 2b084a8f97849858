"""Score the alignment on articles that were changed in known ways, beside prosediff.

    python benchmarks/operations.py DATA [--articles N] [--prosediff PYTHON] [--plateau]

DATA is a folder with `us11.jsonl.gz` and `basil.jsonl.gz` (one JSON article a line: `id`, `date`,
`text`). Each article's sentences are cut, moved, split, merged, reworded and put into another house
style, and sentences of other articles of the same day are inserted; the links are known. A link
counts as found when all its sentences on both sides are right; a cut or inserted sentence, when it
is left unlinked. A wrong link counts against every operation that its sentences underwent.

Articles of the first half (by order of id) are for choosing constants (`--half choose`), the
figures of a report come from the other half.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import subprocess
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dedup.article import Article, Kind, Unit
from dedup.diff import diff
from dedup.diff.align import LIMITS, Limits, align
from dedup.text import Document
from dedup.text.tokens import tokenize

RULES = tomllib.loads(Path(__file__).with_name("rewording.toml").read_text("utf-8"))
Link = tuple[tuple[int, ...], tuple[int, ...]]
Align = Callable[[Sequence[str], Sequence[str]], Iterable[Link]]

#: How often a sentence undergoes each operation; the rest stays as it is.
SHARES = {
    "cut": 0.10,
    "split": 0.12,
    "merge": 0.06,
    "reword": 0.22,
    "style": 0.12,
}
INSERTED = 0.12
MOVED_BLOCKS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the changed article: its text, where it comes from, what was done to it."""

    text: str
    sources: tuple[int, ...]
    operation: str


@dataclass(frozen=True, slots=True)
class Case:
    """An article's sentences, the changed ones, and the links that are true.

    Attributes:
        a: The sentences as they were.
        b: The sentences after the changes.
        links: Each true link with its operation.
        cut: Sentences of A that are gone.
        inserted: Sentences of B that come from elsewhere.
    """

    a: tuple[str, ...]
    b: tuple[str, ...]
    links: dict[Link, str]
    cut: frozenset[int]
    inserted: frozenset[int]


@dataclass(slots=True)
class Score:
    """True and false positives and negatives of one operation."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = 2 * self.found + self.wrong + self.missed
        return 2 * self.found / total if total else 1.0


# ------------------------------------------------------------------------------ the generator


def make_case(sentences: Sequence[str], strangers: Sequence[str], rng: random.Random) -> Case:
    """Change an article in known ways.

    Args:
        sentences: The article's sentences, in order.
        strangers: Sentences to insert; they must not tell the same things.
        rng: The source of every choice: one seed gives one case.
    """
    lines: list[Line] = []
    number = 0
    while number < len(sentences):
        text = sentences[number]
        operation = _draw(rng)
        if operation == "cut":
            number += 1
            continue
        if operation == "split" and (parts := split(text, rng)):
            lines += [Line(part, (number,), "split") for part in parts]
        elif (
            operation == "merge"
            and number + 1 < len(sentences)
            and (joined := merge(text, sentences[number + 1], rng))
        ):
            lines.append(Line(joined, (number, number + 1), "merge"))
            number += 1
        elif operation == "reword":
            strength = rng.choice(("light", "medium", "strong"))
            lines.append(Line(reword(text, strength, rng), (number,), f"reword {strength}"))
        elif operation == "style" and (styled := restyle(text, rng)) != text:
            lines.append(Line(styled, (number,), "house style"))
        else:
            lines.append(Line(text, (number,), "keep"))
        number += 1
    lines = move(lines, rng)
    lines = insert(lines, strangers, rng)
    return _case(sentences, lines)


def make_cases(articles: Sequence[Sequence[str]], rounds: int, seed: int = 5) -> list[Case]:
    """Change each article `rounds` times; the next ones give the sentences to insert."""
    rng = random.Random(seed)
    return [
        make_case(sentences, articles[(number + 1 + turn) % len(articles)], rng)
        for turn in range(rounds)
        for number, sentences in enumerate(articles)
    ]


def _draw(rng: random.Random) -> str:
    point = rng.random()
    for operation, share in SHARES.items():
        if point < share:
            return operation
        point -= share
    return "keep"


def _case(sentences: Sequence[str], lines: Sequence[Line]) -> Case:
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for position, line in enumerate(lines):
        if line.sources:
            groups[line.sources].append(position)
    links = {
        (sources, tuple(positions)): lines[positions[0]].operation
        for sources, positions in groups.items()
    }
    linked = {source for sources in groups for source in sources}
    return Case(
        tuple(sentences),
        tuple(line.text for line in lines),
        links,
        frozenset(range(len(sentences))) - linked,
        frozenset(n for n, line in enumerate(lines) if not line.sources),
    )


def split(text: str, rng: random.Random) -> list[str]:
    """Return two sentences for one, or nothing where it cannot be split."""
    rules = [rule for rule in RULES["breaks"] if rule[0] in text]
    rng.shuffle(rules)
    for mark, opening in rules:
        first, second = text.split(mark, 1)
        if min(len(first.split()), len(second.split())) >= 5:
            second = opening + second if opening else second[:1].upper() + second[1:]
            return [first.rstrip(" ,") + ".", second]
    return []


def merge(first: str, second: str, rng: random.Random) -> str:
    """Return one sentence for two, or nothing where they are too short or do not end so."""
    if not first.endswith(".") or min(len(first.split()), len(second.split())) < 5:
        return ""
    common = second.split(maxsplit=1)[0].lower() in {
        "the",
        "a",
        "in",
        "it",
        "he",
        "she",
        "they",
        "but",
    }
    if common:
        second = second[:1].lower() + second[1:]
    return first[:-1] + rng.choice(RULES["joints"]) + second


def reword(text: str, strength: str, rng: random.Random) -> str:
    """Return the sentence in other words: light, medium or strong."""
    share = {"light": 0.4, "medium": 0.7, "strong": 1.0}[strength]
    text = _substitute(text, RULES["synonyms"], share, rng)
    if strength == "light":
        return text
    text = _substitute(text, RULES["tenses"], share, rng)
    text = _front(text, rng)
    if strength == "strong":
        text = _drop_clause(_drop_clause(text, rng), rng)
        text = _turn(text, rng)
        text = _drop_words(text, 0.2, rng)
    return text


def restyle(text: str, rng: random.Random) -> str:
    """Return the sentence in another house style."""
    return _substitute(text, RULES["styles"], 1.0, rng)


def _substitute(text: str, rows: Sequence[Sequence[str]], share: float, rng: random.Random) -> str:
    """Replace words by others of their row, each with the given chance."""
    for row in rows:
        for word in row:
            if word not in text or rng.random() > share:
                continue
            other = rng.choice([form for form in row if form != word])
            edge = r"(?<!\w){}(?!\w)" if word[0].isalnum() else "{}"
            changed = re.sub(edge.format(re.escape(word)), lambda _, new=other: new, text, count=1)
            if changed != text:
                text = changed
                break
    return text


def _front(text: str, rng: random.Random) -> str:
    """Put a phrase of time or circumstance at the head of the sentence."""
    for phrase in rng.sample(RULES["fronts"], len(RULES["fronts"])):
        found = re.search(rf",? {phrase}(?=[ ,.])", text)
        if found and text[:1].isupper():
            rest = text[: found.start()] + text[found.end() :]
            return f"{phrase[0].upper()}{phrase[1:]}, {rest[0].lower()}{rest[1:]}"
    return text


def _drop_clause(text: str, rng: random.Random) -> str:
    """Leave out one clause between commas, if enough is left."""
    clauses = list(re.finditer(r", [^,.;“”\"]{8,80}(?=,|\.$)", text))
    if clauses:
        found = rng.choice(clauses)
        rest = text[: found.start()] + text[found.end() :].removeprefix(",")
        if len(rest) >= 0.6 * len(text):
            return rest
    return text


def _turn(text: str, rng: random.Random) -> str:
    """Turn the two halves of a sentence around a comma."""
    halves = text.rstrip(".").split(", ", 1)
    if len(halves) == 2 and min(len(half.split()) for half in halves) >= 4 and rng.random() < 0.6:
        return f"{halves[1][:1].upper()}{halves[1][1:]}, {halves[0][:1].lower()}{halves[0][1:]}."
    return text


def _drop_words(text: str, share: float, rng: random.Random) -> str:
    words = text.split()
    if len(words) < 8:
        return text
    return " ".join([words[0], *(w for w in words[1:-1] if rng.random() > share), words[-1]])


def move(lines: list[Line], rng: random.Random) -> list[Line]:
    """Move blocks of one to three sentences at least four places."""
    lines = list(lines)
    for _ in range(MOVED_BLOCKS if len(lines) >= 12 else 0):
        size = rng.randint(1, 3)
        start = rng.randrange(len(lines) - size)
        block = lines[start : start + size]
        rest = lines[:start] + lines[start + size :]
        places = [place for place in range(len(rest) + 1) if abs(place - start) >= 4]
        # a split pair must not be torn apart, or its second half finds no neighbour
        places = [
            p
            for p in places
            if not 0 < p < len(rest)
            or not rest[p].sources
            or rest[p - 1].sources != rest[p].sources
        ]
        if places:
            place = rng.choice(places)
            moved = [
                Line(
                    line.text, line.sources, "move" if line.operation == "keep" else line.operation
                )
                for line in block
            ]
            lines = [*rest[:place], *moved, *rest[place:]]
    return lines


def _tears(lines: Sequence[Line], place: int) -> bool:
    """Whether a block put here would stand between the two halves of a split sentence."""
    return 0 < place < len(lines) and lines[place - 1].sources == lines[place].sources


def insert(lines: list[Line], strangers: Sequence[str], rng: random.Random) -> list[Line]:
    """Put sentences of other articles in, alone or several in a row."""
    lines = list(lines)
    count = min(len(strangers), round(INSERTED * len(lines)))
    start = rng.randrange(max(1, len(strangers) - count + 1))
    for text in strangers[start : start + count]:
        lines.insert(rng.randrange(len(lines) + 1), Line(text, (), "insert"))
    return lines


# ----------------------------------------------------------------------------------- scoring


def score(cases: Iterable[Case], aligner: Align) -> dict[str, Score]:
    """Return the score of each operation, and of all together under "all"."""
    scores: dict[str, Score] = defaultdict(Score)
    for case in cases:
        made = {(tuple(a), tuple(b)) for a, b in aligner(case.a, case.b)}
        operation_a = {i: op for (a, _), op in case.links.items() for i in a}
        operation_b = {j: op for (_, b), op in case.links.items() for j in b}
        for link, operation in case.links.items():
            hit = link in made
            for name in (operation, "all"):
                scores[name].found += hit
                scores[name].missed += not hit
        for a, b in made - case.links.keys():
            names = {operation_a.get(i, "cut") for i in a} | {
                operation_b.get(j, "insert") for j in b
            }
            for name in (*names, "all"):
                scores[name].wrong += 1
        linked_a = {i for a, _ in made for i in a}
        linked_b = {j for _, b in made for j in b}
        for name, alone, linked in (
            ("cut", case.cut, linked_a),
            ("insert", case.inserted, linked_b),
        ):
            scores[name].found += len(alone - linked)
            scores[name].missed += len(alone & linked)
    return dict(scores)


def document(sentences: Sequence[str]) -> Document:
    """Return a document with one body unit a sentence, as if so segmented."""
    units, start = [], 0
    for number, sentence in enumerate(sentences, start=1):
        units.append(Unit(start, start + len(sentence), Kind.BODY, number, "given"))
        start += len(sentence) + 1
    text = "\n".join(sentences)
    return Document(Article(text), "en", tuple(units), (), (), tokenize(text))


def ours(a: Sequence[str], b: Sequence[str], limits: Limits = LIMITS) -> list[Link]:
    """Return the links that dedup finds."""
    return [(pair.a, pair.b) for pair in align(document(a), document(b), limits)]


PROSEDIFF = r"""
import json, pathlib, sys, tempfile
from prosediff.diff import Options, all_rows, compare_paths
folder = pathlib.Path(tempfile.mkdtemp())
found = []
for a, b in json.load(sys.stdin):
    for name, lines in (("a.txt", a), ("b.txt", b)):
        (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    result = compare_paths(folder / "a.txt", folder / "b.txt", Options(context=None, language="en"))
    links, out, into = [], {}, {}
    for row in all_rows(result.files[0].rows) if result.files else []:
        if row.kind in ("equal", "replace") and row.left_no and row.right_no:
            links.append([row.left_no - 1, row.right_no - 1])
        elif row.kind == "moved-out":
            out[row.move_pair] = row.left_no - 1
        elif row.kind == "moved-in":
            into[row.move_pair] = row.right_no - 1
    links += [[i, into[pair]] for pair, i in out.items() if pair in into]
    found.append(links)
json.dump(found, sys.stdout)
"""


def prosediff(python: str, cases: Sequence[Case]) -> Align:
    """Return an aligner that answers with what prosediff found for the cases."""
    found = json.loads(
        subprocess.run(
            [python, "-c", PROSEDIFF],
            input=json.dumps([[case.a, case.b] for case in cases]),
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    )
    links = {
        (case.a, case.b): [((i,), (j,)) for i, j in pairs]
        for case, pairs in zip(cases, found, strict=True)
    }
    return lambda a, b: links[tuple(a), tuple(b)]


# ---------------------------------------------------------------------------------- the data


def read(path: Path) -> list[dict[str, str]]:
    """Return the records of a compressed JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def sentences_of(text: str) -> list[str]:
    """Return the body sentences of an article, without repeats."""
    from dedup.text import segment

    whole = segment(Article(text))
    body = (whole.text_of(unit) for unit in whole.units if unit.kind is Kind.BODY)
    return list(dict.fromkeys(" ".join(sentence.split()) for sentence in body))


def cases_of(data: Path, count: int, half: str, seed: int = 20) -> list[Case]:
    """Return cases from the articles of one half of the data ("choose" or "report")."""
    records = [
        record
        for name in ("us11.jsonl.gz", "basil.jsonl.gz")
        for record in read(data / name)
        if 2_000 <= len(record["text"]) <= 9_000
    ]
    records.sort(key=lambda record: record["id"])
    records = records[0::2] if half == "choose" else records[1::2]
    rng = random.Random(f"{seed} {half}")
    days: dict[str, list[dict[str, str]]] = defaultdict(list)
    for record in records:
        days[record["date"]].append(record)
    cases = []
    for record in rng.sample(records, len(records)):
        others = [other for other in days[record["date"]] if other["id"] != record["id"]]
        if not others:
            continue
        stranger = rng.choice(others)
        words, other_words = set(record["text"].split()), set(stranger["text"].split())
        if len(words & other_words) > 0.45 * min(len(words), len(other_words)):
            continue  # it may tell the same story
        cases.append(make_case(sentences_of(record["text"]), sentences_of(stranger["text"]), rng))
        if len(cases) == count:
            break
    return cases


def show(title: str, scores: dict[str, Score]) -> None:
    """Print a table of scores."""
    print(f"\n{title}\n{'operation':16} {'true':>6} {'wrong':>6} {'missed':>6} {'F1':>7}")
    for name in sorted(scores, key=lambda name: (name == "all", name)):
        entry = scores[name]
        count = entry.found + entry.missed
        print(f"{name:16} {count:6} {entry.wrong:6} {entry.missed:6} {entry.f1:7.4f}")


def plateau(cases: Sequence[Case]) -> None:
    """Print the F1 over all, and of the worst operation, as each constant of align varies."""
    for name, values in {
        "body": (0.16, 0.20, 0.24, 0.28, 0.32, 0.34, 0.36, 0.40, 0.44),
        "part_found": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
        "part_of_whole": (0.02, 0.04, 0.08, 0.12, 0.16, 0.20),
        "candidates": (3, 5, 8, 12),
    }.items():
        print(f"\n{name} (chosen: {getattr(LIMITS, name)})")
        for value in values:
            scores = score(cases, partial(ours, limits=replace(LIMITS, **{name: value})))
            worst = min(scores, key=lambda operation: scores[operation].f1)
            print(f"  {value:5} all {scores['all'].f1:.4f}  {worst} {scores[worst].f1:.4f}")


def long_texts(cases: Sequence[Case], words: int) -> None:
    """Print the time that a whole diff takes on two texts of so many words."""
    a: list[str] = []
    b: list[str] = []
    for case in cases:
        if sum(len(sentence.split()) for sentence in a) > words:
            break
        a += case.a
        b += case.b
    first, second = document(a), document(b)
    start = time.perf_counter()
    found = diff(first, second)
    taken = time.perf_counter() - start
    sizes = f"{len(first.tokens)} and {len(second.tokens)} words"
    print(f"\n{sizes}: {len(found.links)} links in {taken:.2f} s")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, metavar="DATA")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--half", choices=("choose", "report"), default="report")
    parser.add_argument("--prosediff", metavar="PYTHON", help="a Python that has prosediff")
    parser.add_argument("--plateau", action="store_true")
    options = parser.parse_args()
    if not (options.data / "us11.jsonl.gz").exists():
        raise SystemExit(f"{options.data}: no us11.jsonl.gz here: give the folder that has it")
    cases = cases_of(options.data, options.articles, options.half)
    done = Counter(op for case in cases for op in case.links.values())
    print(f"{len(cases)} articles, half {options.half!r}; links made: {dict(done)}")
    show("dedup", score(cases, ours))
    if options.prosediff and Path(options.prosediff).exists():
        show("prosediff", score(cases, prosediff(options.prosediff, cases)))
    else:
        print("\nprosediff: left out (--prosediff PYTHON names a Python that has it)")
    if options.plateau:
        plateau(cases)
    long_texts(cases, 20_000)


if __name__ == "__main__":
    main()
