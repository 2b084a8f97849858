"""Results for people and programs: one model of a comparison, and one module a format."""
