"""A round scored: from what was entered to results, at one stage or at all of them. The one way there is."""
