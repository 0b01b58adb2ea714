"""What stands behind a point: rows of one candidate with rule, clause, evidence and who verified, from an archive or from the ledger."""
