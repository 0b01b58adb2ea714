"""Councils on paper: members, conflicts of interest, ballots, tally, quorum and thresholds in integers, minutes."""
