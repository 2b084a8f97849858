"""Which pairs are worth verifying: candidates, the furniture of a corpus, and what is taken out."""
