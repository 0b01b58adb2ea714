"""One file taken in: is it safe, whose is it, what does it answer. Everything that is wrong with it is collected."""

from __future__ import annotations

from records.forms.collecting.batch import read_batch
from records.forms.collecting.form import ReadForm
from records.forms.collecting.identity import FormRound, identity_problems, read_identity
from records.forms.collecting.incoming import EvidenceFolder
from records.forms.collecting.single import read_single
from records.forms.collecting.workbook import FormBook
from records.forms.tokens import SINGLE
from records.workbooks.coming_in import read_safely
from records.workbooks.hidden import Hidden


def read_answers(raw: bytes, form: ReadForm, here: FormRound, folder: EvidenceFolder) -> None:
    """Fill a form from its bytes."""
    read_safely(raw, form, lambda book: _read(book, form, here, folder))


def _read(book: FormBook, form: ReadForm, here: FormRound, folder: EvidenceFolder) -> None:
    """Raises Unreadable."""
    identity, problems = read_identity(book)
    if identity is not None:
        problems = identity_problems(identity, here, form.file.name)
    form.problems.extend(problems)
    if identity is None:
        return
    form.owner = identity.owner
    form.groups = _groups(identity, here)
    if problems:
        return
    if identity.kind == SINGLE:
        read_single(book, identity, form, here, folder)
    else:
        read_batch(book, identity, form, here, folder)


def _groups(identity: Hidden, here: FormRound) -> list[str]:
    own = here.candidates.get(identity.owner)
    found = (
        [own]
        if identity.kind == SINGLE and own is not None
        else list(here.managed(identity.owner, identity.sets).values())
    )
    return sorted({candidate.group for candidate in found})
