"""A text on one line, with a capital, as a sentence."""

from __future__ import annotations


def line(text: str | None) -> str:
    """Texts of the files are folded over several lines."""
    return " ".join((text or "").split())


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """On one line, a capital in front, a full stop behind."""
    text = capital(line(text))
    return text if text.endswith((".", "…", "?", "!", ":", ";")) or not text else f"{text}."
