"""The checks E1-E13: each with its outcome, its sentence, its datum and its legal facts; facts about nominees, and people's decisions."""
