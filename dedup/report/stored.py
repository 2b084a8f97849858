"""Read back what `tables` wrote, so that a question about a scan can be answered a year later."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, get_origin, get_type_hints

from dedup.errors import InputError, MissingExtraError, one_line
from dedup.report.cells import text_of
from dedup.report.scan_model import ScanReport
from dedup.report.tables import BATCH

Row = TypeVar("Row")

#: What the rows of a damaged file, or of another kind of file, raise (`msgspec` and `pyarrow`
#: errors are ValueErrors).
_BROKEN = (ValueError, KeyError, TypeError)


def read_rows(path: Path, kind: type[Row]) -> Iterator[Row]:
    """Yield the rows of a `.jsonl`, `.csv` or `.parquet` file, as `write_rows` had them.

    A column that the kind does not know is passed over: a later version may have written it.

    Raises:
        InputError: The file cannot be read, or its rows are not of this kind.
        MissingExtraError: It is Parquet, and pyarrow is not installed.
    """
    place = one_line(str(path))
    readers = {".jsonl": _read_jsonl, ".csv": _read_csv, ".parquet": _read_parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{place}: unknown ending; name a file that dedup scan wrote")
    with _explained(place):
        yield from reader(path, kind)


def read_report(path: Path) -> ScanReport:
    """Return the report in a `.json` file, as `write_json` had it.

    Raises:
        InputError: The file cannot be read, or is no report of a scan.
    """
    import msgspec

    with _explained(one_line(str(path))):
        return msgspec.json.decode(path.read_bytes(), type=ScanReport)


@contextmanager
def _explained(place: str) -> Iterator[None]:
    """Turn what a damaged file raises into an error that a user can mend."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{place}: {_reason(error)}") from error
    except _BROKEN as error:
        problem = one_line(str(error))[:200]
        raise InputError(
            f"{place}: is not what dedup scan writes ({problem}); name its --output or --pairs file"
        ) from error


def _read_jsonl(path: Path, kind: type[Row]) -> Iterator[Row]:
    import msgspec

    decode = msgspec.json.Decoder(kind).decode
    with path.open("rb") as file:
        for line in file:
            yield decode(line)


def _read_csv(path: Path, kind: type[Row]) -> Iterator[Row]:
    import csv

    import msgspec

    hints = get_type_hints(kind)
    lists = frozenset(name for name, hint in hints.items() if get_origin(hint) is tuple)
    csv.field_size_limit(1 << 30)
    with path.open(encoding="utf-8", newline="") as file:
        try:
            for cells in csv.DictReader(file, strict=True):
                yield msgspec.convert(_row(cells, lists), kind, strict=False)
        except csv.Error as error:
            raise ValueError(str(error)) from error


def _row(cells: Mapping[str, str], lists: frozenset[str]) -> dict[str, object]:
    return {
        name: json.loads(cell or "[]") if name in lists else text_of(cell)
        for name, cell in cells.items()
    }


def _read_parquet(path: Path, kind: type[Row]) -> Iterator[Row]:
    import msgspec

    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtraError(one_line(str(path)), "a .parquet file", "parquet") from error
    with ParquetFile(path) as file:
        names = [name for name in get_type_hints(kind) if name in file.schema_arrow.names]
        for batch in file.iter_batches(BATCH, columns=names):
            yield from msgspec.convert(batch.to_pylist(), list[kind])  # type: ignore[valid-type]


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "no such file; check the name and the current folder"
    return f"cannot be read ({one_line(error.strerror or type(error).__name__).lower()})"
