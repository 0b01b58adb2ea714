"""Two wordings of one text, word by word, readable on a screen and in print: [-bỏ-] {+thêm+}."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_PIECE = re.compile(r"\s*(?:\w+(?:[.,/]\w+)*|[^\w\s])")  # a word or a number, or one sign, with the blank before it
_ALIKE = 0.6  # texts that share less are shown whole, one after the other: word by word nobody could read them


def word_changes(old: str, new: str) -> str:
    """The new text with what was taken out and what was put in, runs of words together.

    "Hoàn thành các nhiệm vụ", "Hoàn thành nhiệm vụ được giao" gives "Hoàn thành [-các-] nhiệm vụ {+được giao+}".
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    matcher = SequenceMatcher(None, [one.strip() for one in before], [one.strip() for one in after], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return f"[-{old}-] {{+{new}+}}"
    text = ""
    for what, start, end, first, last in matcher.get_opcodes():
        if what == "equal":
            text += "".join(after[first:last])
            continue
        for run, opening, closing in ((before[start:end], "[-", "-]"), (after[first:last], "{+", "+}")):
            if run:
                words = "".join(run)
                blank = words[: len(words) - len(words.lstrip())] or (" " if text.endswith("-]") else "")
                text += f"{blank}{opening}{words.lstrip()}{closing}"
    return text.strip()
