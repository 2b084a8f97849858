"""Lines that fit a terminal: safe to print, styled, wrapped by the cells that characters take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from dedup.report.glyphs import Glyphs, glyphs_for, printable
from dedup.report.view import View

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

#: Widest text of a column: nobody reads longer lines with ease.
WIDEST_TEXT = 84
#: The widest that two columns take, with an indent, the numbers of paragraphs and a wall.
WIDEST = 2 + 2 * (5 + WIDEST_TEXT) + 5
#: A narrower terminal has to break lines itself.
NARROWEST = 30

#: A text and the style it is shown in; `""` for none.
Part: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Painter:
    """What it takes to make a line of a report.

    Attributes:
        width: Columns that a line may take.
        encoding: What the output is encoded in.
        glyphs: The signs to draw with.
    """

    width: int
    encoding: str
    glyphs: Glyphs

    def line(self, *parts: Part) -> Text:
        """Return the parts as one line, however long."""
        from rich.text import Text

        line = Text(end="")
        for text, style in parts:
            line.append(printable(text, self.encoding), style)
        return line

    def wrapped(self, parts: Sequence[Part], width: int | None = None) -> list[Text]:
        """Return the parts as lines of at most `width` columns (default: the painter's)."""
        lines = self.line(*parts).wrap(_console(), width or self.width)
        for line in lines:
            line.rstrip()
        return list(lines)

    def hung(self, lead: Part, parts: Sequence[Part], width: int | None = None) -> list[Text]:
        """Return lines that begin with `lead`, and are indented by its length after the first."""
        first = self.line(lead)
        indent = " " * first.cell_len
        lines = self.wrapped(parts, (width or self.width) - first.cell_len)
        return [
            first + line if number == 0 else self.line((indent, "")) + line
            for number, line in enumerate(lines)
        ]

    def table(self, rows: Sequence[tuple[str, str]]) -> Iterator[Text]:
        """Yield lines of labels and values in two columns."""
        room = max(len(label) for label, _ in rows) + 2
        for label, value in rows:
            yield from self.hung((f"  {label.ljust(room)}", "dim"), [(value, "")])


def painter_for(view: View) -> Painter:
    """Return what draws for a terminal."""
    width = max(NARROWEST, min(view.width, WIDEST))
    return Painter(width, view.encoding, glyphs_for(view.encoding))


def drawn(lines: Iterable[Text], view: View) -> str:
    """Return lines as text, each with its line end, in colour where the view allows it."""
    if view.color:
        return _colored(list(lines))
    return "".join(f"{line.plain.rstrip()}\n" for line in lines)


def _colored(lines: list[Text]) -> str:
    """Return lines in the sixteen colours that every terminal has, as its user set them."""
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    file = StringIO()
    console = Console(
        file=file, force_terminal=True, color_system="standard", no_color=False, width=WIDEST,
        legacy_windows=False,
    )  # fmt: skip
    console.print(Text("\n").join(lines), soft_wrap=True)
    return file.getvalue()


@lru_cache(maxsize=1)
def _console() -> Console:
    """Return the console that wrapping asks for; nothing is ever printed to it."""
    from rich.console import Console

    return Console(legacy_windows=False, color_system=None, width=80)
