"""The workspace: a folder with the movement's files, forms sent and received, results; its settings."""
