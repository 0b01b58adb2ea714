"""Models and good practices: lists to make known, counts beside what units reported."""
