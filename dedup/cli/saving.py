"""The files that a scan leaves: refused before the work where they cannot be, written after it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dedup.cli.output import check_writable, writing
from dedup.errors import OutputError, one_line
from dedup.report.tables import ENDINGS, ending_of, require_extra, write_rows

if TYPE_CHECKING:
    from dedup.reading.piece import Piece, Source
    from dedup.scanning import Scan


@dataclass(frozen=True, slots=True)
class Saving:
    """What is written where; None where nothing is.

    Attributes:
        output: A row an article, the whole report (`.json`), or with `keep` the survivors.
        pairs: A row a verified pair.
        errors: A row a skipped record, as JSON lines.
        keep: Whether `output` is the corpus without its copies.
    """

    output: Path | None = None
    pairs: Path | None = None
    errors: Path | None = None
    keep: bool = False
    _came: dict[Source, os.stat_result] = field(default_factory=dict, init=False)

    def check(self, inputs: Sequence[Piece]) -> None:
        """Find out before the work whether all can be written.

        Raises:
            OutputError: An ending is unknown or does not go with the corpus, a place is not
                writable, two files are one, or a file would take the place of the corpus.
            InputError: The corpus has several formats, or tables of different columns, which
                survivors cannot be written in.
            MissingExtraError: The library that writes such a file is missing.
        """
        if self.output is not None and self.keep:
            from dedup.report.survivors import check_columns, format_of

            format_of(inputs, self.output.suffix.lower())
            check_columns(inputs)
            self._came.update(_as_they_are(inputs))
        elif self.output is not None:
            ending_of(self.output, "--output", (".json", *ENDINGS))
        if self.pairs is not None:
            ending_of(self.pairs, "--pairs")
        if self.errors is not None:
            ending_of(self.errors, "--errors", (".jsonl",))
        self._check_places(inputs)

    def _check_places(self, inputs: Sequence[Piece]) -> None:
        taken: dict[str, str] = {}
        for option, path in self._files():
            require_extra(path)
            real, place = os.path.realpath(path), one_line(str(path))
            if real in taken:
                raise OutputError(f"{option} {place}: is {taken[real]} too; name another file")
            if path.is_file() or not path.exists():  # a device may be named twice
                taken[real] = option
            survives = self.keep and option == "--output"  # and may take the place of the corpus
            if not survives and _is_input(path, inputs):
                raise OutputError(
                    f"{option} {place}: is a part of the corpus, which would be lost; "
                    "name another file"
                )
            check_writable(path)

    def _files(self) -> Iterator[tuple[str, Path]]:
        named = (("--output", self.output), ("--pairs", self.pairs), ("--errors", self.errors))
        yield from ((option, path) for option, path in named if path is not None)

    def write_errors(self, scan: Scan) -> None:
        """Write the skipped records."""
        if self.errors is not None:
            from dedup.report.scan_build import skipped
            from dedup.report.scan_model import SkippedReport

            with writing(self.errors) as file:
                write_rows(skipped(scan), SkippedReport, ".jsonl", file)

    def write(self, scan: Scan, inputs: Sequence[Piece]) -> None:
        """Write the rest, each file whole or not at all.

        Raises:
            OutputError: It cannot be written, or what was skipped would be lost.
            InputError: Of a corpus that was changed since `check`, what is kept cannot be told.
        """
        from dedup.report.scan_build import pairs
        from dedup.report.scan_model import PairReport

        self._check_skipped(scan, inputs)
        if self.pairs is not None:
            with writing(self.pairs) as file:
                write_rows(pairs(scan), PairReport, ending_of(self.pairs, "--pairs"), file)
        if self.output is not None:
            with writing(self.output) as file:
                self._write_output(scan, inputs, self.output.suffix.lower(), file)

    def _check_skipped(self, scan: Scan, inputs: Sequence[Piece]) -> None:
        """Refuse to write survivors over the only place where skipped records are."""
        skipped = len(scan.skipped)
        if self.keep and self.output is not None and skipped and _is_input(self.output, inputs):
            records = "1 record that was" if skipped == 1 else f"{skipped:,} records that were"
            raise OutputError(
                f"--output {one_line(str(self.output))}: the {records} skipped would be lost; "
                "name another file"
            )

    def _write_output(
        self, scan: Scan, inputs: Sequence[Piece], ending: str, file: IO[bytes]
    ) -> None:
        from dedup.report import scan_build

        if self.keep:
            from dedup.report.survivors import changed, format_of, survivors, write_survivors

            write_survivors(inputs, survivors(scan), format_of(inputs, ending), file)
            for source, came in self._came.items():
                if not _is_as_it_was(source, came):
                    raise changed(source.path)
        elif ending == ".json":
            from dedup.report.scan_json import write_json

            write_json(scan_build.build(scan), file)
        else:
            from dedup.report.scan_model import ArticleReport

            if ending == ".jsonl":
                scan_build.write_articles(scan, file)
            else:
                write_rows(scan_build.articles(scan), ArticleReport, ending, file)

    @property
    def trace(self) -> str | None:
        """The options that lead `dedup why` to what is written; None where nothing is."""
        from shlex import quote

        if self.output is None or self.keep:
            return None
        pairs = f" --pairs {quote(str(self.pairs))}" if self.pairs else ""
        return f"--from {quote(str(self.output))}{pairs}"


def _as_they_are(inputs: Sequence[Piece]) -> dict[Source, os.stat_result]:
    """Return the state of the files that survivors are read from once more."""
    from dedup.reading.formats import ARTICLES

    sources = {piece.source for piece in inputs if piece.source.format not in ARTICLES}
    found: dict[Source, os.stat_result] = {}
    for source in sorted(sources, key=lambda source: source.path):
        with suppress(OSError):  # reading says so
            found[source] = Path(source.file).stat()
    return found


def _is_as_it_was(source: Source, came: os.stat_result) -> bool:
    """Whether a file is what it was; more lines at its end, which nobody read, do not matter."""
    try:
        now = Path(source.file).stat()
    except OSError:
        return False
    if now.st_size > came.st_size:
        return os.path.samestat(now, came)
    return (now.st_size, now.st_mtime_ns) == (came.st_size, came.st_mtime_ns)


def _is_input(path: Path, inputs: Sequence[Piece]) -> bool:
    """Whether a file that may be there already is one that the corpus is read from."""
    if not path.is_file():
        return False
    same = path.stat()
    for piece in inputs:
        for source in piece.sources:
            with suppress(OSError):
                if os.path.samestat(same, os.stat(source.file)):  # noqa: PTH116  (a million files)
                    return True
    return False
