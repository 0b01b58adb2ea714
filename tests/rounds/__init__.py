"""Tests of a round: workspace, roster, tasks, forms, ranking."""
