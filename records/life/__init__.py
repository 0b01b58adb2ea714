"""The life of a score: who may do what, what is written down, how far every criterion of every candidate has come."""
