"""Pages of a workbook made from the ledger: header, table, signatures."""
