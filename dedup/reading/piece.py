"""What a corpus is made of: records, what was no record, and the pieces that workers read."""

from __future__ import annotations

from dataclasses import dataclass

#: Standard input, in the place of a path.
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Record:
    """One article of a corpus.

    Attributes:
        id: What the corpus calls it, or else `<file>:<place>`, or the file's name. Not yet
            checked to be unique.
        text: What is compared; it begins with the headline, as that of `read_article`.
        title: Its headline, where one is known.
        outlet: Who published it.
        date: When, as written.
        url: Where.
        language: ISO 639 code that the record states.
        path: The file that holds it.
        place: Where in the file: line (JSONL) or row (CSV, Parquet; the header is not counted)
            or item (JSON list), counted from 1; the byte at which the record, or the gzip member
            with it, begins (WARC, as in a CDX index); 0 for a file of its own.
    """

    id: str
    text: str
    title: str | None
    outlet: str | None
    date: str | None
    url: str | None
    language: str | None
    path: str
    place: int


@dataclass(frozen=True, slots=True)
class BadRecord:
    """What was skipped, and why.

    Attributes:
        path: The file.
        place: Where in it, as in `Record`; None where it concerns the whole file.
        reason: Why, for people, without the place.
        id: What the corpus calls it, where that much could be read.
    """

    path: str
    place: int | None
    reason: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields the user says hold what; None to guess by the usual names."""

    text: str | None = None
    id: str | None = None
    title: str | None = None
    outlet: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """In which of a file's fields to look for what, most telling first."""

    text: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    language: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every field that is looked at, once each."""
        roles = (self.text, self.id, self.title, self.outlet, self.date, self.url, self.language)
        return tuple(dict.fromkeys(name for role in roles for name in role))


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a corpus.

    Attributes:
        path: Where it was found, as the user wrote it; `-` for standard input.
        name: What its records are called by: its path from the folder that all of the corpus
            is in, with forward slashes, whatever the current folder.
        format: One of `formats.FORMATS`.
        packing: How it is compressed: `gzip`, `zstd` or None.
        size: Its bytes on disk.
        stored: The file to open, where that is not `path`: the temporary file that holds what came
            from a pipe or was unpacked, or a name that is no text.
    """

    path: str
    name: str
    format: str
    packing: str | None = None
    size: int = 0
    stored: str | None = None

    @property
    def file(self) -> str:
        """The file to open."""
        return self.stored or self.path


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a corpus that one worker reads by itself.

    Attributes:
        sources: The file; of articles in files of their own, several.
        fields: What the user said of the fields.
        columns: What was found, for formats with fields.
        start: Where the piece begins in its file: a byte (JSONL, WARC) or a row group (Parquet).
        end: Where it ends, exclusive.
        first: The place of its first record; of JSON lines -1 until `jsonl.numbered` counts them.
        problem: Why nothing can be read here; reading the piece says so.
    """

    sources: tuple[Source, ...]
    fields: Fields = Fields()
    columns: Columns = Columns()
    start: int = 0
    end: int = 0
    first: int = 1
    problem: str | None = None

    @property
    def source(self) -> Source:
        """The file, or the first of them."""
        return self.sources[0]
