"""The task register: who leads what by when, what came of it, and the rows it gives to a criteria set."""
