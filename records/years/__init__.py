"""Occasions from frozen results of several periods; what reorganised bodies keep of those before them."""
