"""Daft: its minhash expression, bands by `groupby`, components by alternating stars.

Follows https://docs.daft.ai/en/stable/examples/minhash-dedupe/ step by step: `normalize`,
`minhash` of 64 xxhash permutations, the page's `optimal_param` for bands and rows, large star and
small star until nothing changes, then the smallest label spread along the edges. Word 3-grams in
place of 5-grams. The page numbers the bands with a Python function and compares edges in Python;
here bands are grouped by their values alone and edges are compared by anti-joins, which is faster.
"""

from __future__ import annotations

import json

import daft
from clusters import arguments
from daft import DataFrame, col
from daft.functions import minhash, monotonically_increasing_id, normalize, when

PERMUTATIONS = 64


def optimal_param(threshold: float, permutations: int) -> tuple[int, int]:
    """Return bands and rows with the least weighted error (the page's rule, by a sum)."""
    grid = [(i + 0.5) / 500 for i in range(500)]

    def error(bands: int, rows: int) -> float:
        caught = [(s, 1 - (1 - s**rows) ** bands) for s in grid]
        return sum(c if s < threshold else 1 - c for s, c in caught)

    choices = [(b, r) for b in range(1, permutations + 1) for r in range(1, permutations // b + 1)]
    return min(choices, key=lambda choice: error(*choice))


def large_star(edges: DataFrame) -> DataFrame:
    """Point each larger neighbour of a node to the smallest of the neighbourhood."""
    both = edges.union_all(edges.select(col("v").alias("u"), col("u").alias("v")))
    near = both.groupby("u").agg(col("v").list_agg().alias("near"))
    near = near.with_column("low", col("near").list_min())
    near = near.with_column("low", when(col("u") < col("low"), col("u")).otherwise(col("low")))
    out = near.explode("near").where(col("near") > col("u"))
    out = out.select(col("near").alias("u"), col("low").alias("v")).where(col("u") != col("v"))
    return out.distinct().collect()


def small_star(edges: DataFrame) -> DataFrame:
    """Point each smaller neighbour of a node, and the node, to the smallest of them."""
    high = when(col("u") < col("v"), col("v")).otherwise(col("u"))
    low = when(col("u") < col("v"), col("u")).otherwise(col("v"))
    ordered = edges.select(high.alias("u"), low.alias("v")).where(col("u") != col("v")).distinct()
    near = ordered.groupby("u").agg(col("v").list_agg().alias("near"))
    near = near.with_column("low", col("near").list_min())
    inner = near.explode("near").select(col("near").alias("u"), col("low").alias("v"))
    out = inner.union_all(near.select("u", col("low").alias("v"))).where(col("u") != col("v"))
    return out.distinct().collect()


def same(a: DataFrame, b: DataFrame) -> bool:
    """Whether two frames have the same rows (both have distinct ones)."""
    names = a.column_names
    return len(a) == len(b) and a.join(b, on=names, how="anti").count_rows() == 0


def spread(edges: DataFrame, labels: DataFrame) -> DataFrame:
    """Spread the smallest label along the edges until none changes."""
    both = edges.union_all(edges.select(col("v").alias("u"), col("u").alias("v"))).collect()
    while True:
        near = both.join(labels, left_on="v", right_on="u").groupby("u")
        lower = near.agg(col("label").min().alias("near")).collect()
        joined = labels.join(lower, on="u", how="left")
        label = when(col("near") < col("label"), col("near")).otherwise(col("label"))
        after = joined.select(
            "u", when(col("near").is_null(), col("label")).otherwise(label).alias("label")
        )
        after = after.collect()
        if same(after, labels):
            return after
        labels = after


corpus, output, threshold = arguments()
bands, rows = optimal_param(threshold, PERMUTATIONS)
assert bands * rows == PERMUTATIONS  # as on the page: true at 0.7
articles = daft.read_json(corpus).select("id", "text")
text = normalize(col("text"), remove_punct=True, lowercase=True, nfd_unicode=True, white_space=True)
hashes = minhash(text, num_hashes=PERMUTATIONS, ngram_size=3, seed=42, hash_function="xxhash")
hashed = articles.select("id", hashes.alias("hashes"))
hashed = hashed.with_column("node", monotonically_increasing_id()).collect()
exploded = hashed.select("node", col("hashes").chunk(rows).alias("band")).explode("band")
grouped = exploded.groupby("band").agg(col("node").list_agg().alias("nodes"))
shared = grouped.where(col("nodes").length() > 1)
edges = shared.select(col("nodes").list_min().alias("u"), col("nodes")).explode("nodes")
edges = edges.select("u", col("nodes").alias("v")).where(col("u") != col("v")).distinct().collect()
while True:
    after = small_star(large_star(edges))
    if same(edges, after):
        break
    edges = after
nodes = edges.select("u").union_all(edges.select(col("v").alias("u"))).distinct()
roots = edges.groupby("u").agg(col("v").min().alias("root"))
labels = nodes.join(roots, on="u", how="left")
label = when(col("root").is_null(), col("u")).otherwise(col("root"))
found = spread(edges, labels.select("u", label.alias("label")).collect())
clusters = hashed.select("id", "node").join(found, left_on="node", right_on="u", how="left")
table = clusters.select("id", "label").to_pydict()
with open(output, "w", encoding="utf-8") as out:  # noqa: PTH123
    for name, label in zip(table["id"], table["label"], strict=True):
        out.write(json.dumps({"id": name, "cluster": label}) + "\n")
