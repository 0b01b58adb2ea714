"""Statistics forms (biểu thống kê) of the ministry: declared in a file, filled from the ledger."""
