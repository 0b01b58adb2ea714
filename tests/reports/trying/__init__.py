"""A standard tried before it is signed."""
