"""Publishing: results shown for comment, then frozen into archives that can be recomputed and proved years later."""
