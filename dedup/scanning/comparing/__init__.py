"""What two sheets share, and the label that follows: plainly, and compiled for many at a time."""
