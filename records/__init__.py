"""The round on disk: who takes part, what they hand in, what comes of it."""
