"""The round on disk. So far: the tables that units and officers hand in."""
