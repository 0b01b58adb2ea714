"""What people read: results as rows, JSON and workbooks, and the reasons."""
