"""Forms: made from a criteria set, sent out, taken in cell by cell."""
