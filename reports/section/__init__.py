"""A unit's own section about the movement in its thi đua report, from a Word template."""
