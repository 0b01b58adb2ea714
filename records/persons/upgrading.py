"""Upgrading the database of a workspace: the movement says whose values are personal."""

from __future__ import annotations

from pathlib import Path

from criteria.movements.reading import MOVEMENT, read_movement
from criteria.problems import NOTE, Problem, errors, of_file
from records.ledger.database import FORMAT, Database
from records.ledger.upgrading import OLD, Upgraded, format_of, upgrade
from records.persons.fields import is_personal
from records.workspace.folder import DATABASE, MOVEMENT_FOLDER, find_workspace


def upgrade_workspace(start: Path, person: str = "") -> tuple[Upgraded | None, list[Problem]]:
    """Upgrade the workspace around a folder, or why it could not be. Raises OSError."""
    root = find_workspace(start)
    if root is None or not (root / DATABASE).is_file():
        hint = "Vào thư mục làm việc (lệnh cd) rồi gõ lại lệnh."
        return None, [of_file(start, "workspace", "Đây không phải thư mục làm việc, hoặc thiếu tệp số liệu.", hint)]
    path = root / DATABASE
    found = format_of(path)
    if found == FORMAT:
        return None, [of_file(path, "workspace", "Tệp số liệu đã là bản mới.", "Không cần nâng cấp.")]
    if found != OLD:
        message = "Tệp số liệu hỏng hoặc do bản phần mềm khác tạo."
        return None, [of_file(path, "workspace", message, "Lấy lại từ bản sao lưu.")]
    movement, problems = read_movement(root / MOVEMENT_FOLDER / MOVEMENT)
    if movement is None or errors(problems):
        return None, problems
    kinds = {kind.name for kind in movement.body_kinds if kind.person}
    user = Database(path, person).person
    try:
        done = upgrade(path, user, kinds, lambda subject, name, human: is_personal(subject, name, person=human))
    except ValueError as error:
        message = f"Tệp số liệu bản cũ không lập chuỗi được: {error}."
        return None, [of_file(path, "workspace", message, "Lấy lại từ bản sao lưu.")]
    return done, [problem for problem in problems if problem.severity != NOTE]
