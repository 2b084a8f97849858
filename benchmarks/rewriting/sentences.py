"""A sentence in two, two in one, in other words, or in another house style."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

RULES = tomllib.loads(Path(__file__).with_name("rewording.toml").read_text("utf-8"))


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
