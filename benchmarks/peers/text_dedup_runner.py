"""text-dedup: its MinHash script on all cores, its clusters read from the dump that `--debug` adds.

Follows https://chenghaomou.github.io/text-dedup/minhash.html; xxh3 in place of SHA-1, which its
help calls faster, 3-grams, and the default of 256 permutations left as it is.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

from clusters import arguments, read, write

corpus, output, threshold = arguments()
with tempfile.TemporaryDirectory(dir=Path(output).parent) as scratch:
    command = [sys.executable, "-m", "text_dedup.minhash", "--path", "json"]
    command += ["--data_files", corpus, "--split", "train", "--column", "text"]
    command += ["--cache_dir", f"{scratch}/cache", "--output", f"{scratch}/out"]
    command += ["--ngram", "3", "--threshold", str(threshold), "--hash_func", "xxh3"]
    command += ["--batch_size", "10000", "--debug"]
    subprocess.run(command, check=True)
    found = pickle.loads(Path(scratch, "out", "uf.pkl").read_bytes())

names = [name for name, _ in read(corpus)]
first: dict[int, int] = {}
write(output, names, [first.setdefault(found.find(row), row) for row in range(len(names))])
