"""From texts to sheets: what a verdict needs of an article with a candidate, as a few arrays."""
