"""What results say about themselves: gaps between stages, ripples, intervals, firmness of ranks."""
