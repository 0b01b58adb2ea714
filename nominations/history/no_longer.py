"""Cases that went through the steps and are not proposed any more: a rule, a result or an award held has changed since."""

from __future__ import annotations

from collections.abc import Mapping

from nominations.nominating import nominate
from nominations.selection.choosing import State
from records.workspace.folder import Workspace


def no_longer_proposed(workspace: Workspace, occasion: str, award: str) -> Mapping[str, str]:
    """By nominee: what it is now, and why. Empty without official results to work it out from; what was submitted is left to it."""
    nominated, _ = nominate(workspace, occasion)
    if nominated is None or all(one.figure is None for one in nominated.results.ranked.values()):
        return {}
    return {
        one.nominee.id: f"nay {one.state.value}. {one.chosen.reason}"
        for one in nominated.of_award(award)
        if one.state is not State.PROPOSED and one.progress.done and not one.progress.submitted
    }
