"""An occasion in print: all periods side by side, the combined result, the rule and its status."""
