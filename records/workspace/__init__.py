"""The workspace: a folder with the movement's files, one database, forms sent and received, results."""
