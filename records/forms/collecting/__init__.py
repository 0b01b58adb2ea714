"""Taking forms in (thu biểu): a folder of workbooks read cell by cell, good ones stored, all mistakes of bad ones told."""
