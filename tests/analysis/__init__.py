"""What results say about themselves: gaps, intervals, ripples, paths to a grade."""
