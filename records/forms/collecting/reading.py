"""One file taken in: is it safe, whose is it, what does it answer. Everything that is wrong with it is collected."""

from __future__ import annotations

import hashlib

from criteria.problems import of_file
from records.forms.collecting.batch import read_batch
from records.forms.collecting.form import ReadForm
from records.forms.collecting.identity import FormRound, Identity, identity_problems, read_identity
from records.forms.collecting.incoming import EvidenceFolder, FormFile, read_form
from records.forms.collecting.single import read_single
from records.forms.collecting.workbook import FormBook, Unreadable
from records.forms.tokens import SINGLE
from records.tables.packages import FORM, refusals


def open_form(file: FormFile) -> tuple[bytes, ReadForm]:
    """The bytes of a file and their hash, or why they cannot be had."""
    form = ReadForm(file)
    raw, problem = read_form(file, FORM.packed)
    if problem is not None:
        form.problems.append(problem)
    else:
        form.sha256 = hashlib.sha256(raw).hexdigest()
    return raw, form


def read_answers(raw: bytes, form: ReadForm, here: FormRound, folder: EvidenceFolder) -> None:
    """Fill a form from its bytes."""
    name = form.file.name
    unsafe = refusals(raw, FORM)
    form.problems.extend(of_file(name, "form-unsafe", found.message, found.hint) for found in unsafe)
    if unsafe:
        return
    try:
        book = FormBook(raw, name)
        identity, problems = read_identity(book)
        if identity is not None:
            problems = identity_problems(identity, here, name)
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
    except Unreadable as error:
        hint = "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
        form.problems.append(of_file(name, "form-unsafe", str(error), hint))


def _groups(identity: Identity, here: FormRound) -> list[str]:
    own = here.candidates.get(identity.owner)
    found = (
        [own]
        if identity.kind == SINGLE and own is not None
        else list(here.managed(identity.owner, identity.sets).values())
    )
    return sorted({candidate.group for candidate in found})
