"""Dossiers: which papers each award needs, what is there and what is missing, money, the data that documents are filled with."""
