"""Phiếu giải trình điểm: one candidate's official points, each with its rule, clause, evidence and who verified it, as a PDF."""
