"""The day on which the papers of a dossier are drawn up, where nobody has said another one."""

from __future__ import annotations

from datetime import date

from nominations.awards.declarations import Awards
from nominations.dossier.state import Dossier


def drawn_up(awards: Awards, dossier: Dossier, day: date) -> date:
    """The last day that the papers speak of: the occasion's, or that of the last step before the decision that somebody has passed. A
    submission that names the minutes of a meeting is not older than the meeting."""
    wanted = {one.id for one in awards.steps_of(dossier.award) if one.kind != "decision"}
    found = [done for case in dossier.cases for done in case.progress.done.values() if done.passed]
    steps = [done.day for done in found if done.step in wanted]
    return max([day, *(one for one in steps if one is not None)])
