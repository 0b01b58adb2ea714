"""Members of a council (thành viên hội đồng, tổ xét chọn): imported from a list; their names stand sealed in the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from criteria.problems import Problem, errors, of_file
from nominations.awards.reading import load_awards
from nominations.council.voting_steps import voting_step
from nominations.occasions import AwardOccasion, find_occasion
from records.ledger.entries import Entry, gather
from records.roster.matching import find_body, key
from records.roster.roster import Roster, load_roster
from records.tasks.columns import HeadedTable, Row, read_headed
from records.workspace.folder import Workspace

Role = Literal["chair", "deputy", "member", "secretary"]
ROLES: dict[Role, str] = {"chair": "Chủ tịch", "deputy": "Phó Chủ tịch", "member": "Ủy viên", "secretary": "Thư ký"}
MEMBER = "member:"
NAMES: dict[str, tuple[str, ...]] = {
    "name": ("họ tên", "họ và tên", "thành viên"),
    "post": ("chức vụ", "chức danh"),
    "body": ("cơ quan", "đơn vị", "cơ quan, đơn vị", "đơn vị công tác"),
    "role": ("vai trò", "nhiệm vụ", "vai trò trong hội đồng"),
    "place": ("stt", "số thứ tự", "tt"),
    "note": ("ghi chú",),
}
_NEEDED = (("name",), ("post",), ("body",), ("role",))
_LONGEST = 200
_OUTSIDE = "(ngoài)"
_WORDS: dict[Role, tuple[str, ...]] = {
    "chair": ("chủ tịch", "chủ tịch hội đồng", "tổ trưởng", "trưởng ban"),
    "deputy": ("phó chủ tịch", "phó", "phó chủ tịch hội đồng", "tổ phó", "phó chủ tịch thường trực", "phó trưởng ban"),
    "member": ("ủy viên", "thành viên", "ủy viên hội đồng", "ủy viên thường trực"),
    "secretary": ("thư ký", "ủy viên thư ký", "ủy viên, thư ký", "thư ký hội đồng"),
}


@dataclass(frozen=True)
class Member:
    """One member. number: for good, also when the list changes. body: id of the roster, "" for a body that is not in it.
    body_name: as the list writes it. source: the document that set up the council."""

    number: int
    name: str
    post: str
    body: str
    body_name: str
    role: Role
    source: str = ""

    @property
    def value(self) -> str:
        """As the ledger holds it, sealed."""
        told = {"name": self.name, "post": self.post, "body": self.body, "body_name": self.body_name, "role": self.role}
        return json.dumps(told, ensure_ascii=False, sort_keys=True)


def council_subject(occasion: str, step: str) -> str:
    return f"council:{occasion}/{step}"


def load_members(workspace: Workspace, occasion: str, step: str) -> list[Member]:
    """Who sits on the council of a step: chair, deputies, members, secretary, in each by number. [] before a list was imported."""
    found = []
    subjects = gather(workspace.database.entries(council_subject(occasion, step)))
    facts = subjects.get(council_subject(occasion, step))
    for name in facts.fields if facts is not None else ():
        entry = facts.history(name)[-1] if facts is not None else None
        if entry is None or not name.startswith(MEMBER) or not entry.value:
            continue
        told = _told(entry.value)
        if told is not None:
            found.append(_member(int(name.removeprefix(MEMBER)), told, entry.source))
    return ordered(found)


def ordered(members: Iterable[Member]) -> list[Member]:
    """Chair first, secretary last, then by number."""
    places = list(ROLES)
    return sorted(members, key=lambda one: (places.index(one.role), one.number))


def import_members(
    workspace: Workspace, name: str, step_id: str, path: Path, document: str
) -> tuple[list[Member], list[Problem]]:
    """Enter the list of a council in place of the one before; who is in both keeps his number. document: that set it up.
    Errors: nothing entered."""
    occasion, problems = find_occasion(workspace, name)
    file, found = load_awards(workspace)
    problems += errors(found)
    if occasion is None or file is None:
        return [], problems
    _, refused = voting_step(file.awards, step_id)
    problems += refused
    if not document.strip():
        problems.append(of_file("--document", "reason", "Chưa nêu văn bản.", "Ghi số, ngày quyết định lập hội đồng."))
    before = load_members(workspace, name, step_id)
    read, found = read_members(path, load_roster(workspace), occasion, before, " ".join(document.split()))
    problems += found
    if errors(problems):
        return [], problems
    subject = council_subject(name, step_id)
    source = " ".join(document.split())
    kept = {one.number for one in read}
    entries = [Entry(subject, f"{MEMBER}{one.number}", one.value, source=source, role="council") for one in read]
    gone = [one for one in before if one.number not in kept]
    entries += [Entry(subject, f"{MEMBER}{one.number}", "", source=source, role="council") for one in gone]
    workspace.database.enter(entries)
    return load_members(workspace, name, step_id), problems


def read_members(
    path: Path, roster: Roster, occasion: AwardOccasion, before: Iterable[Member], source: str
) -> tuple[list[Member], list[Problem]]:
    """The list as it stands in a file. before: whose numbers are kept."""
    table, problems = read_headed(path, NAMES, _NEEDED, "council")
    if table is None:
        return [], problems
    numbers = {_who(one): one.number for one in before}
    following = max(numbers.values(), default=0)
    found: dict[tuple[str, str], Member] = {}
    for row in table:
        member = _of_row(row, roster, occasion, source)
        if member is None:
            continue
        who = _who(member)
        if who in found:
            row.wrong("name", f"“{member.name}” của {member.body_name} đã có trong danh sách.", "Xóa dòng thừa.")
            continue
        if who not in numbers:
            following += 1
            numbers[who] = following
        found[who] = Member(numbers[who], member.name, member.post, member.body, member.body_name, member.role, source)
    members = ordered(found.values())
    if not errors(table.problems):
        table.problems += _roles(table, members)
    return members, table.problems


def _of_row(row: Row, roster: Roster, occasion: AwardOccasion, source: str) -> Member | None:
    """None when something is missing or wrong: the table says what."""
    texts = {name: row.text(name) for name in ("name", "post", "body", "role")}
    before = len(row.table.problems)
    for name in ("name", "body", "role"):
        if not texts[name]:
            row.wrong(name, f"Thiếu {NAMES[name][0]}.", f"Ghi {NAMES[name][0]}.")
        elif len(texts[name]) > _LONGEST:
            row.wrong(name, f"Ô dài {len(texts[name])} ký tự.", f"Nhiều nhất {_LONGEST} ký tự.")
    role = next((one for one, words in _WORDS.items() if texts["role"].casefold() in words), None)
    if texts["role"] and role is None:
        hint = "Ghi chủ tịch (tổ trưởng), phó chủ tịch (tổ phó), ủy viên (thành viên) hoặc thư ký."
        row.wrong("role", f"Không rõ vai trò “{texts['role'][:60]}”.", hint)
    body = _body(row, texts["body"], roster, occasion) if texts["body"] else ""
    if len(row.table.problems) > before or role is None or body is None:
        return None
    shown = roster.bodies[body].name(occasion.day) if body else texts["body"][: -len(_OUTSIDE)].rstrip()
    return Member(0, texts["name"], texts["post"], body, shown, role, source)


def _body(row: Row, text: str, roster: Roster, occasion: AwardOccasion) -> str | None:
    """The id of the body; "" when the list says with (ngoài) that the roster does not know it. None with a finding."""
    if text.casefold().endswith(_OUTSIDE):
        named = text[: -len(_OUTSIDE)].rstrip()
        known, _ = find_body(roster, named, occasion.day)
        if known is None:
            return ""
        message = (
            f"{known} {roster.bodies[known].name(occasion.day)} có trong danh sách đối tượng, không phải cơ quan ngoài."
        )
        hint = f"Bỏ {_OUTSIDE}; là cơ quan khác trùng tên thì ghi tên đầy đủ."
        row.wrong("body", message, hint, "name-match")  # its conflicts of interest would not be seen
        return None
    found = row.body("body", text, roster, occasion.day)
    if found is None:
        last = row.table.problems.pop()
        hint = f"{last.hint} Cơ quan không có trong danh sách đối tượng thì ghi thêm {_OUTSIDE} ở cuối."
        row.wrong("body", last.message, hint, "name-match")
    return found


def _roles(table: HeadedTable, members: list[Member]) -> list[Problem]:
    """One chair, one secretary."""
    column = table.places["role"] + 1
    found = []
    for role in ("chair", "secretary"):
        many = sum(one.role == role for one in members)
        if many != 1:
            message = f"Danh sách có {many} {ROLES[role].lower()}."
            found.append(table.sheet.problem("council", 1, column, message, f"Cần đúng một {ROLES[role].lower()}."))
    return found


def _who(member: Member) -> tuple[str, str]:
    return key(member.name), member.body or key(member.body_name)


def _told(text: str) -> dict[str, str] | None:
    """What an entry says; None when it was erased or is none of ours."""
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.get("role") in ROLES else None


def _member(number: int, told: dict[str, str], source: str) -> Member:
    role = next(one for one in ROLES if one == told["role"])
    return Member(number, told["name"], told["post"], told["body"], told["body_name"], role, source)
