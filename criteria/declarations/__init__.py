"""Declarations: the blocks of a criteria file as pydantic models, named as in docs/criteria-language.md §16."""
