"""Gap (chênh lệch): self-assessed against verified points, by unit, criterion, verifying body and year."""
