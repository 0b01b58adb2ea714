"""Awards outside the occasions, mostly those that a unit gives by itself (Giấy khen): recorded with their issuer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from criteria.problems import Problem, errors, of_file
from nominations.awards.reading import AwardFile, load_awards
from nominations.history.comparing import decision_key, decision_number
from nominations.history.held import HeldAward, history
from nominations.history.holders import Holders
from nominations.history.naming import AwardNames, category_of
from nominations.history.recording import CODE, OWN
from records.forms.collecting.cells import clean
from records.ledger.entries import Entry
from records.life.rights import STEWARD
from records.workspace.folder import Workspace


@dataclass(frozen=True)
class OwnAward:
    """An award outside the occasions, mostly of a unit by itself. award: id or name; category: a loại hình by any of its
    words, level: a key; "" not said."""

    holder: str
    award: str
    authority: str
    decision: str
    day: date
    category: str = ""
    level: str = ""
    first: date | None = None
    last: date | None = None
    achievement: str = ""
    initiative: str = ""
    ours: bool = False  # given for what was done in this movement


def record_own(
    workspace: Workspace, told: OwnAward, today: date, file: AwardFile | None = None
) -> tuple[HeldAward | None, list[Problem]]:
    """Enter an award outside the occasions: form, issuer, decision. Told twice it is entered once. Raises OSError."""
    problems: list[Problem] = []
    if file is None:
        file, problems = load_awards(workspace)
    holders, names = Holders(workspace), AwardNames(workspace, file.awards if file is not None else None)
    problems = [*problems, *_wrong_own(told, holders, today)]
    category, wrong = _category(told.category, file)
    problems += wrong
    award = names.find(told.award)
    if award is not None and award.level != OWN:
        message = f"{award.name} không phải khen thưởng của đơn vị tự tặng."
        hint = "Ghi theo dịp: thidua award record DỊP --award …; đã có từ trước: thidua award import."
        problems.append(of_file("--award", CODE, message, hint))
    if errors(problems):
        return None, problems
    of_movements = file.awards.of_movements if file is not None else ""
    number = decision_number(clean(told.decision))
    with workspace.database.writing() as writer:
        known = history(workspace)
        identity = told.holder, names.key("", told.award), decision_key(number), told.day
        for one in known:
            if (one.holder, names.key(one.award, one.award_name), decision_key(one.decision), one.day) == identity:
                return one, problems
        subject = f"held:{max((one.number for one in known), default=0) + 1}"
        values = {
            "holder": told.holder,
            "award": award.id if award is not None else "",
            "award_name": award.name if award is not None else clean(told.award),
            "category": category or (of_movements if told.ours else ""),
            "level": told.level or OWN,
            "decision": number,
            "day": told.day.isoformat(),
            "authority": clean(told.authority),
            "movement": workspace.movement.id if told.ours else "",
            "from": told.first.isoformat() if told.first else "",
            "to": told.last.isoformat() if told.last else "",
            "achievement": clean(told.achievement),
            "initiative": clean(told.initiative),
        }
        entries = [Entry(subject, name, value, source=number, role=STEWARD) for name, value in values.items() if value]
        writer.append([*entries, Entry(subject, "status", "granted", told.day, source=number, role=STEWARD)])
    return history(workspace)[-1], problems


def _category(text: str, file: AwardFile | None) -> tuple[str, list[Problem]]:
    """The id of a loại hình as somebody writes it; "" of nothing, or when the award file does not know it."""
    if not clean(text):
        return "", []
    known = file.awards.categories if file is not None else []
    found = category_of(file.awards, clean(text)) if file is not None else None
    if found is not None:
        return found, []
    hint = (
        "Một trong: " + "; ".join(f"{one.id} ({one.name})" for one in known) + "." if known else "Xem tệp khen thưởng."
    )
    message = f"Tệp khen thưởng không có loại hình “{clean(text)[:60]}”."
    return "", [of_file("--category", CODE, message, hint)]


def _wrong_own(told: OwnAward, holders: Holders, today: date) -> list[Problem]:
    found = []
    if not holders.knows(told.holder):
        near = ", ".join(holders.nearest(told.holder))
        hint = f"Gần nhất: {near}." if near else "Xem mã: thidua roster list."
        found.append(of_file("--holder", "unknown-candidate", f"Danh sách không có “{told.holder[:40]}”.", hint))
    for option, text, what in (
        ("--award-name", told.award, "hình thức khen thưởng"),
        ("--authority", told.authority, "cơ quan, người tặng"),
        ("--decision", decision_number(clean(told.decision)), "số quyết định"),
    ):
        if not clean(text):
            found.append(of_file(option, CODE, f"Chưa nêu {what}.", f"Ghi {what}."))
    if told.day > today:
        found.append(of_file("--on", "date", f"Ngày {told.day:%d/%m/%Y} chưa đến.", "Ghi ngày ký quyết định."))
    if told.first is not None and told.last is not None and told.first > told.last:
        found.append(of_file("--from", "date", "Thành tích: ngày đầu sau ngày cuối.", "Sửa một trong hai ngày."))
    return found
