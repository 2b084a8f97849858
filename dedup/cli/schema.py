"""`dedup schema`: print the JSON Schema of a report."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from dedup.cli.output import write
from dedup.cli.talk import answering


class Report(StrEnum):
    """The reports that have a published schema."""

    COMPARISON = "comparison"
    COMPARISONS = "comparisons"
    SCAN = "scan"
    STYLE = "style"


def schema(
    report: Annotated[Report, typer.Argument(help="Which report the schema describes.")],
) -> None:
    """Print the JSON Schema (draft 2020-12) of a report.

    Keys are only ever added within a major version, so that a reader of today reads the reports
    of tomorrow.

    \b
    Examples:
      dedup schema comparison
      dedup schema comparison > comparison.schema.json
      dedup schema comparisons
      dedup schema scan
    """
    from dedup.report.json import schema_json
    from dedup.report.pairs_json import schema_json as pairs_schema_json
    from dedup.report.scan_json import scan_schema_json
    from dedup.report.style_build import schema_json as style_schema_json

    schemas = {
        Report.COMPARISON: schema_json,
        Report.COMPARISONS: pairs_schema_json,
        Report.SCAN: scan_schema_json,
        Report.STYLE: style_schema_json,
    }
    with answering():
        write(schemas[report](), None)
