"""Articles of which more is wanted than is kept in memory: read once more, and their sets made."""
