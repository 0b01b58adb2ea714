"""What the public reads of a publication: lists as text, page and workbook."""
