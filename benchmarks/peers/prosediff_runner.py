"""prosediff: two files compared as its command does it, links read from its rows.

Pairs of texts come as JSON on standard input, `[[lines of A, lines of B], …]`; the links of each,
`[line of A, line of B]` counted from 0, go to standard output. Follows
https://pypi.org/project/prosediff/ (`Options`, `compare_paths`, `all_rows`).
"""

import json
import pathlib
import sys
import tempfile

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
