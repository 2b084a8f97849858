"""From candidates to stories: pairs are measured, and articles get their roles."""
