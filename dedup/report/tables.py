"""Rows of a scan as files that other tools read: JSON lines, CSV, Parquet; the ending decides.

A row is a frozen dataclass, a column is a field of it, and unknown is null (in CSV an empty
cell). Rows are written as they come: a million of them take no more memory than a few thousand.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from enum import StrEnum
from itertools import islice, starmap
from operator import attrgetter
from pathlib import PurePath
from types import NoneType, UnionType
from typing import IO, TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from dedup.errors import MissingExtraError, OutputError, one_line
from dedup.report.cells import cell_of

if TYPE_CHECKING:
    import pyarrow as pa

#: The endings of a table.
ENDINGS = (".jsonl", ".csv", ".parquet")

#: Rows held at a time; of Parquet, those of a row group.
BATCH = 50_000
#: Rows encoded as JSON at a time: they are still in the processor's cache then.
JSON_BATCH = 1024


def ending_of(path: str | PurePath, option: str, endings: Sequence[str] = ENDINGS) -> str:
    """Return the ending of a file name, which says how the file is written.

    Raises:
        OutputError: It is none of `endings`.

    >>> ending_of("found/Scan.JSONL", "--output")
    '.jsonl'
    >>> ending_of("scan.xls", "--output")
    Traceback (most recent call last):
    dedup.errors.OutputError: --output scan.xls: unknown ending; use .jsonl, .csv or .parquet
    """
    ending = PurePath(path).suffix.lower()
    if ending not in endings:
        known = f"{', '.join(endings[:-1])} or {endings[-1]}" if endings[1:] else endings[0]
        raise OutputError(f"{option} {one_line(str(path))}: unknown ending; use {known}")
    return ending


def require_extra(path: str | PurePath) -> None:
    """Find out before the work whether what writes such a file is installed.

    Raises:
        MissingExtraError: It is not.
    """
    if PurePath(path).suffix.lower() == ".parquet":
        try:
            import pyarrow.parquet  # noqa: F401
        except ImportError as error:
            place = one_line(str(path))
            raise MissingExtraError(place, "a .parquet file", "parquet") from error


def write_rows(rows: Iterable[object], kind: type, ending: str, file: IO[bytes]) -> None:
    """Write rows of one kind to an open file, in the format that the ending names.

    Args:
        rows: Instances of `kind`.
        kind: A dataclass whose fields are texts, numbers, truth values, tuples of texts, or None.
        ending: One of `ENDINGS`.
        file: Where to; it is left open.

    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Outlet:
    ...     name: str
    ...     articles: int | None
    >>> file = io.BytesIO()
    >>> write_rows([Outlet("Hale Post", 2), Outlet("=Times", None)], Outlet, ".csv", file)
    >>> print(file.getvalue().decode().replace("\\r", ""), end="")
    name,articles
    Hale Post,2
    '=Times,
    """
    writers = {".jsonl": write_jsonl, ".csv": write_csv, ".parquet": write_parquet}
    writers[ending](rows, kind, file)


def write_jsonl(rows: Iterable[object], kind: type, file: IO[bytes]) -> None:
    """Write a JSON object a line, every column in each."""
    import msgspec

    encoder = msgspec.json.Encoder()
    for batch in _batches(rows, JSON_BATCH):
        file.write(encoder.encode_lines(batch))


def write_json_values(values: Iterable[tuple[object, ...]], kind: type, file: IO[bytes]) -> None:
    """Write what `write_jsonl` writes, of rows that are given by the values of their columns.

    Making a frozen dataclass takes longer than all else that is done for a row.
    """
    import msgspec

    write_jsonl(starmap(msgspec.defstruct(kind.__name__, _names(kind)), values), kind, file)


def write_csv(rows: Iterable[object], kind: type, file: IO[bytes]) -> None:
    """Write a header and a line a row, in UTF-8; see `cells` for what a cell holds."""
    import csv

    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    # With line ends of CRLF (RFC 4180) the writer quotes every cell that has either character.
    writer = csv.writer(text, lineterminator="\r\n")
    names = _names(kind)
    writer.writerow(names)
    values = _values(names)
    for batch in _batches(rows):
        writer.writerows([map(cell_of, values(row)) for row in batch])
    text.detach()


def write_parquet(rows: Iterable[object], kind: type, file: IO[bytes]) -> None:
    """Write a Parquet file with the types that the fields have, packed with Zstandard."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = arrow_schema(kind)
    with ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _batches(rows):
            columns = [
                pa.array(list(map(attrgetter(field.name), batch)), field.type) for field in schema
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def arrow_schema(kind: type) -> pa.Schema:
    """Return the columns of a kind of row as Parquet has them; only `X | None` may be null."""
    import pyarrow as pa

    hints = get_type_hints(kind)
    return pa.schema([_arrow_field(name, hints[name]) for name in _names(kind)])


def _arrow_field(name: str, hint: Any) -> pa.Field:
    import pyarrow as pa

    optional = get_origin(hint) is UnionType
    if optional:
        (hint,) = (arm for arm in get_args(hint) if arm is not NoneType)
    if get_origin(hint) is tuple:
        return pa.field(name, pa.list_(pa.string()), nullable=optional)
    if issubclass(hint, StrEnum):
        hint = str
    types = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    return pa.field(name, types[hint], nullable=optional)


def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _values(names: tuple[str, ...]) -> Callable[[object], tuple[object, ...]]:
    getter = attrgetter(*names)
    return getter if len(names) > 1 else lambda row: (getter(row),)


def _batches(rows: Iterable[object], size: int | None = None) -> Iterator[list[object]]:
    rest = iter(rows)
    while batch := list(islice(rest, size or BATCH)):
        yield batch
