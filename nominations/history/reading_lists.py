"""A list of awards already held, as people keep it: columns in any order, every cell checked with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from criteria.problems import NOTE, Problem, errors
from nominations.awards.declarations import Award
from nominations.history.comparing import decision_key, decision_number, spelled
from nominations.history.holders import Holders
from nominations.history.naming import LEVELS, AwardNames, category_of, level_of
from nominations.occasions import find_occasion
from records.tables.cells import NO
from records.tasks.columns import Row, read_headed
from records.workspace.folder import Workspace

CODE = "award-held"
EARLIEST = date(1945, 9, 2)  # no decision of this State is older
HEADINGS: dict[str, tuple[str, ...]] = {
    "holder": ("mã", "mã đối tượng", "mã đơn vị", "mã số", "mã người được khen", "mã người được khen thưởng", "id"),
    "name": (
        "tên",
        "tên người được khen",
        "tên người được khen thưởng",
        "người được khen",
        "người được khen thưởng",
        "tên tập thể, cá nhân",
        "tập thể, cá nhân",
        "tên đối tượng",
        "tên đơn vị",
        "tên tập thể",
        "tên cá nhân",
        "tên cơ quan, đơn vị",
        "tên doanh nghiệp",
        "họ và tên",
        "họ tên",
    ),
    "unit": ("đơn vị công tác", "cơ quan công tác", "nơi công tác", "cơ quan quản lý", "đơn vị quản lý", "đơn vị"),
    "award": (
        "hình thức",
        "hình thức khen thưởng",
        "danh hiệu",
        "danh hiệu thi đua",
        "hình thức, danh hiệu",
        "danh hiệu, hình thức",
        "danh hiệu thi đua, hình thức khen thưởng",
        "hình thức khen thưởng, danh hiệu thi đua",
    ),
    "category": ("loại hình", "loại hình khen thưởng"),
    "level": ("cấp", "cấp khen thưởng"),
    "decision": ("số quyết định", "quyết định số", "quyết định", "số qđ", "số, ký hiệu quyết định", "số, ký hiệu"),
    "day": ("ngày", "ngày quyết định", "ngày qđ", "ngày ký", "ngày ban hành", "ngày, tháng, năm", "ngày tháng năm"),
    "authority": (
        "cơ quan",
        "cơ quan quyết định",
        "cơ quan ban hành",
        "cơ quan khen thưởng",
        "cấp quyết định",
        "cấp có thẩm quyền",
        "thẩm quyền",
        "người quyết định",
    ),
    "movement": ("phong trào", "phong trào thi đua", "tên phong trào"),
    "occasion": ("dịp", "dịp khen thưởng"),
    "achievement": ("thành tích", "nội dung thành tích", "tóm tắt thành tích", "nội dung khen thưởng"),
    "from": ("từ ngày", "thành tích từ ngày", "từ", "từ năm"),
    "to": ("đến ngày", "thành tích đến ngày", "đến", "đến năm"),
    "initiative": ("sáng kiến", "tên sáng kiến", "sáng kiến, đề tài", "đề tài, sáng kiến"),
    "illustration": ("số liệu minh họa",),
    "no": ("stt", "tt", "số tt", "số thứ tự"),
    "note": ("ghi chú",),
}
_NEEDED = (("holder", "name"), ("award",), ("decision",), ("day",))
_YEAR = re.compile("(?:năm )?((?:19|20)[0-9]{2})")


@dataclass(frozen=True)
class Line:
    """One row. award: id in the award file, "" of another. values: of the fields of held:N, without status. row: where it stands."""

    row: Row
    holder: str
    holder_name: str
    award: str
    day: date
    values: dict[str, str]

    def identity(self, names: AwardNames) -> tuple[str, str, str, date]:
        """What one award of one holder is known by: holder, form, number and day of the decision."""
        who = self.holder or f"~{spelled(self.holder_name)}"
        return who, names.key(self.award, self.values["award_name"]), decision_key(self.values["decision"]), self.day


def read_list(workspace: Workspace, path: Path, names: AwardNames, today: date) -> tuple[list[Line], list[Problem]]:
    """Every row that could be read, and all findings."""
    table, problems = read_headed(path, HEADINGS, _NEEDED, CODE)
    if table is None:
        return [], problems
    holders, found = Holders(workspace), []
    seen: dict[tuple[str, str, str, date], int] = {}
    for row in table:
        line = _Reader(workspace, row, names, holders, today).line()
        if line is None:
            continue
        first = seen.setdefault(line.identity(names), row.number)
        if first != row.number:
            row.wrong("decision", f"Dòng này lặp lại dòng {first}.", "Bỏ một trong hai dòng.", "key-duplicate")
        found.append(line)
    _unnamed(found)
    return ([] if errors(table.problems) else found), table.problems


def _unnamed(lines: list[Line]) -> None:
    """Forms that the award file does not name, each once."""
    told: set[str] = set()
    for line in lines:
        name = line.values["award_name"]
        if not line.award and spelled(name) not in told:
            told.add(spelled(name))
            message = f"Tệp khen thưởng không có hình thức “{name[:80]}”; ghi theo tên."
            line.row.wrong("award", message, severity=NOTE)


def _labels(award: Award) -> set[str]:
    """How a form is named in short; where a row does so, its full name is kept."""
    return {spelled(award.id), spelled(award.short)}


class _Reader:
    """Reads one row."""

    def __init__(self, workspace: Workspace, row: Row, names: AwardNames, holders: Holders, today: date) -> None:
        self.workspace, self.row, self.names, self.holders, self.today = workspace, row, names, holders, today

    def line(self) -> Line | None:
        row, movement = self.row, self.workspace.movement
        name, day = row.text("award"), self._decided()
        award = self.names.find(name) if name else None
        who = self.holders.read(row, day)
        if not name:
            row.wrong("award", "Chưa ghi hình thức khen thưởng.", "Ghi tên hoặc mã ở tệp khen thưởng.")
        number = decision_number(row.text("decision"))
        if not number:
            row.wrong("decision", "Chưa ghi số quyết định.", "Ghi số, ký hiệu của quyết định khen thưởng.")
        category, level = self._word("category"), self._word("level")
        if award is not None and level and level != award.level:
            message = f"Tệp khen thưởng ghi {award.name} là {LEVELS[award.level]}."
            row.wrong("level", message, "Sửa hoặc để trống ô này.")
        authority = row.text("authority")
        if not authority and award is None and name:
            row.wrong("authority", "Chưa ghi cơ quan quyết định.", "Ghi cơ quan, người đã quyết định khen thưởng.")
        campaign, occasion, first, last = self._earned()
        if day is None or who is None or not name or not number:
            return None
        if campaign and not category:
            category = self.names.awards.of_movements if self.names.awards is not None else ""
        values = {
            "award_name": award.name if award is not None and spelled(name) in _labels(award) else name,
            "category": category,
            "level": level or (award.level if award is not None else ""),
            "decision": number,
            "authority": authority,
            "movement": movement.id if self._ours(campaign) else campaign,
            "occasion": occasion,
            "from": first.isoformat() if first else "",
            "to": last.isoformat() if last else "",
            "achievement": row.text("achievement"),
            "initiative": row.text("initiative"),
            "illustration": "có" if self._illustrated() else "",
        }
        return Line(row, who[0], who[1], award.id if award is not None else "", day, values)

    def _decided(self) -> date | None:
        day = self.row.day("day")
        if day is None:
            if self.row.cell("day").empty:
                self.row.wrong("day", "Chưa ghi ngày quyết định.", "Viết 30/06/2026.")
            return None
        if not EARLIEST <= day <= self.today:
            message = f"Ngày quyết định {day:%d/%m/%Y} " + ("chưa đến." if day > self.today else "quá sớm.")
            self.row.wrong("day", message, "Ghi ngày ký quyết định khen thưởng.", "date")
            return None
        return day

    def _word(self, field: str) -> str:
        """A word of a fixed list as its id; "" when the cell is empty or wrong."""
        text = self.row.text(field)
        if not text:
            return ""
        if field == "level":
            found, known, what = level_of(text), list(LEVELS.values()), "cấp"
        else:
            awards = self.names.awards
            if awards is None:
                message = "Phong trào chưa có tệp khen thưởng awards.yaml: không biết có những loại hình nào."
                self.row.wrong(field, message, "Thêm phong-trao/awards.yaml (mục categories), hoặc để trống ô này.")
                return ""
            found, known = category_of(awards, text), [one.name for one in awards.categories]
            what = "loại hình khen thưởng của tệp khen thưởng"
        if found is None:
            self.row.wrong(field, f"“{text[:60]}” không phải một {what}.", "Ghi một trong: " + "; ".join(known) + ".")
        return found or ""

    def _earned(self) -> tuple[str, str, date | None, date | None]:
        """Movement, occasion, first and last day of the achievement."""
        row, campaign, name = self.row, self.row.text("movement"), self.row.text("occasion")
        first, last = self._edge("from", 1, 1), self._edge("to", 12, 31)
        if name:
            occasion, problems = find_occasion(self.workspace, name)
            if occasion is None:
                row.wrong("occasion", problems[0].message, problems[0].hint, "occasion")
                return campaign, "", first, last
            if campaign and not self._ours(campaign):
                row.wrong("occasion", "Dịp này không thuộc phong trào ghi ở cột phong trào.", "Sửa một trong hai ô.")
            campaign = campaign or self.workspace.movement.id
            first, last = first or occasion.first, last or occasion.last
        if first is not None and last is not None and first > last:
            message = f"Thành tích từ ngày {first:%d/%m/%Y} sau đến ngày {last:%d/%m/%Y}."
            row.wrong("from", message, "Sửa một trong hai ngày.", "date")
        return campaign, name, first, last

    def _edge(self, field: str, month: int, day: int) -> date | None:
        """A day, or a year as its first or last day."""
        year = _YEAR.fullmatch(self.row.text(field).casefold())
        return date(int(year[1]), month, day) if year else self.row.day(field)

    def _ours(self, text: str) -> bool:
        movement = self.workspace.movement
        full = " ".join((movement.full_name or "").split())
        return bool(text) and spelled(text) in {spelled(name) for name in (movement.id, movement.name, full) if name}

    def _illustrated(self) -> bool:
        text = self.row.text("illustration").casefold()
        return bool(text) and text not in NO
