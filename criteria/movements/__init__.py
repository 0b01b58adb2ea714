"""movement.yaml and what lies beside it: read, and held against itself."""
