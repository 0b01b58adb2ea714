"""A standard as people read it: as text on a screen, as a Word annex to sign."""
