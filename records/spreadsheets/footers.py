"""Text in the header and the footer of a sheet, where & begins a command."""

from __future__ import annotations


def plain_footer(text: str) -> str:
    """The text with nothing in it that a header would obey: & doubled, and written wide where doubling is taken for a picture."""
    return text.replace("&G", "＆G").replace("&[", "＆[").replace("&", "&&")
