"""The evidence register (sổ minh chứng): what was named as proof of what, and what a verifier should look at."""
