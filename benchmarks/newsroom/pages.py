"""An edition on an outlet's page: dateline, house style, furniture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from newsroom.edits import Edition
from newsroom.phrasebook import Phrasebook, phrasebook

#: Of so many outlets one prints a policy under every article: hot furniture. Two that belong to
#: one house have the same.
POLICY = 10
#: Of so many outlets three begin their pages with lines of their own: one, two or three.
HEADER = 12
#: Chances of lines that a page has or has not.
TEASER, NEWSLETTER, FOOTER, TITLE = 0.2, 0.1, 0.25, 0.15


@dataclass(frozen=True, slots=True)
class Outlet:
    """A site with its habits.

    Attributes:
        name: What it is called.
        style: House-style rules that it applies to the wire's copy.
        straight: Whether it writes straight quotation marks.
        policy: The policy that its pages end with; None for most outlets.
        header: Lines that its pages begin with.
    """

    name: str
    style: tuple[tuple[str, str], ...]
    straight: bool
    policy: str | None
    header: tuple[str, ...]


def outlets(book: Phrasebook) -> tuple[Outlet, ...]:
    """Return every outlet, the most productive first."""
    header, policy = book.furniture["header"], book.furniture["policy"]
    return tuple(
        Outlet(
            name,
            tuple(rule for i, rule in enumerate(book.style) if i % 3 == number % 3)
            if number % 2
            else (),
            number % 4 == 1,
            policy[number // POLICY % len(policy)] if number % POLICY == POLICY - 1 else None,
            tuple(
                header[(number + i) % len(header)]
                for i in range(number % HEADER if number % HEADER < 4 else 0)
            ),
        )
        for number, name in enumerate(book.furniture["outlets"])
    )


def page(rng: Random, outlet: Outlet, edition: Edition, today: date) -> tuple[str, str]:
    """Return the title and the text of an edition as an outlet prints it, without furniture."""
    title, text = edition.headline, "\n".join(map(" ".join, edition.paragraphs))
    if edition.place:
        text = _dateline(rng, edition.place, today) + text
    for ours, theirs in outlet.style:
        text = text.replace(ours, theirs)
    if outlet.straight:
        text = text.translate({0x201C: '"', 0x201D: '"'})
    if rng.random() < TITLE:
        text = f"{title}\n{text}"
    return title, text


def _dateline(rng: Random, place: str, today: date) -> str:
    city = place.upper()
    return rng.choice(
        (
            f"{city} (AP) — ",
            f"{city} — ",
            f"{city}, {today:%B} {today.day} (Reuters) - ",
            f"By the Associated Press\n{city} — ",
            "",
        )
    )


def furnish(rng: Random, outlet: Outlet, text: str, today: date, teasers: Sequence[str]) -> str:
    """Return the text with the outlet's furniture around it.

    Args:
        rng: What decides.
        outlet: Whose page it is.
        text: Lines of text, a paragraph each.
        today: The day, for the copyright.
        teasers: Headlines to point to.
    """
    book = phrasebook()
    furniture, chance = book.furniture, rng.random
    lines = [*outlet.header, *text.split("\n")]
    if chance() < TEASER:
        line = rng.choice(furniture["teaser"]).format(title=rng.choice(teasers))
        lines.insert(rng.randrange(len(outlet.header) + 1, len(lines) + 1), line)
    if chance() < NEWSLETTER:
        lines.insert(
            rng.randrange(len(outlet.header) + 1, len(lines) + 1),
            rng.choice(furniture["newsletter"]),
        )
    if chance() < FOOTER:
        footer = rng.choice(furniture["footer"])
        lines.append(footer.format(year=today.year, outlet=outlet.name))
    if outlet.policy:
        lines.append(outlet.policy)
    return "\n".join(lines)
