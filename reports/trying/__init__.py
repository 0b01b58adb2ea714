"""A standard tried before it is signed: what changed, what it does to the same figures. For internal use only."""
