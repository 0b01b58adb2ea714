"""Who takes part: bodies, units, enterprises, persons; their names, parents, pools and dates."""
