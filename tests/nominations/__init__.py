"""Tests of step 4: from rank to award."""
