"""One unit's page: where it stands, what would bring it further, what is not in its hands. Plain text for the screen and for printing."""

from __future__ import annotations

from criteria.exact import show_vietnamese
from records.life.rights import FINAL, SELF, STAGES
from records.scored.levers import SetReach
from reports.reach.sentences import path_sentence, path_words, points, value_words, whose
from scoring.analysis.reach.answers import Reach, Short
from scoring.analysis.reach.search import MOST_LEVERS
from scoring.states import VIETNAMESE

_NEVER = (
    "Chỉ xét chỉ tiêu đơn vị tự báo cáo và có thể làm tốt hơn; không đề nghị bớt số được giao, số phải làm, "
    "bớt lỗi, sự cố đã xảy ra, hay đổi số liệu của cơ quan khác."
)


def unit_text(found: SetReach, one: Reach) -> str:
    """The page of one unit."""
    result, places = found.scored.result, found.scored.criteria.places
    stage = STAGES[found.scored.stage]
    title = f"{one.id} — {one.name}" if one.name else one.id
    lines = [f"{title}, kỳ {found.scored.round.period}, bước: {stage}", found.scored.criteria.title]
    lines += [f"*** {stamp} ***" for stamp in result.stamps]
    lines.append("")
    why = "".join(f"; {say}" for say in one.gates).replace(";", ":", 1)
    why += "".join(f"; chưa kết luận được điều kiện “{say}”" for say in one.undecided)
    grade = f"xếp loại “{one.grade}”" if one.grade is not None else f"chưa được xếp loại{why}"
    lines.append(f"Hiện có {points(one.total, places)} trên {points(one.maximum, places)} điểm, {grade}.")
    lines += waiting_lines(found, one)
    lines += _body(found, one)
    lines += ["", _NEVER]
    if found.levers.tables:
        tables = ", ".join(f"“{label}”" for label in found.levers.tables)
        lines.append(f"Dòng của bảng {tables} do đơn vị tự kê không nằm trong các cách này.")
    return "\n".join(lines)


def short_sentence(found: SetReach, one: Reach) -> str:
    """One sentence for a list of units: the shortest path, or why there is none."""
    places = found.scored.criteria.places
    if one.paths:
        return " ".join([path_sentence(one, one.paths[0], places, found.closed), *_caveats(found, one)])
    return " ".join(why_none(found, one)[:1])


def waiting_lines(found: SetReach, one: Reach) -> list[str]:
    """What waits for somebody and counts nothing here; empty cells, and what they count as."""
    places, lines = found.scored.criteria.places, []
    by_state: dict[str, list[str]] = {}
    for w in one.waits:
        said = f"{w.id} (tối đa {points(w.most, places)})" if w.most else w.id
        by_state.setdefault(VIETNAMESE[w.state], []).append(said)
    if by_state:
        listed = "; ".join(f"{', '.join(ids)} {state}" for state, ids in by_state.items())
        lines.append(f"Còn chờ, ở đây tính 0 điểm: {listed}.")
    if one.blanks and not one.unplaced:
        cells = "; ".join(f"“{column.label}” là {value_words(column, value)}" for column, value in one.blanks)
        lines.append(f"Ô đơn vị để trống, ở đây tính theo bộ tiêu chí: {cells}.")
    return lines


def _body(found: SetReach, one: Reach) -> list[str]:
    places = found.scored.criteria.places
    if not one.paths:
        return ["", *why_none(found, one)]
    threshold = f" (từ {show_vietnamese(one.threshold)} điểm)" if one.threshold is not None else ""
    grade = f"loại “{one.target}”{threshold}"
    said = (
        f"Kỳ đã khóa. Ít thay đổi nhất mà nếu có thì đã đạt {grade}:"
        if found.closed
        else f"Để đạt {grade}, ít thay đổi nhất:"
    )
    lines = ["", said]
    for number, path in enumerate(one.paths, 1):
        lines.append(f"Cách {number} – {len(path.steps)} chỉ tiêu:")
        lines += [f"  {line}" for line in path_words(one, path, places, found.closed)]
    return [*lines, *([""] if _caveats(found, one) else []), *_caveats(found, one)]


def _caveats(found: SetReach, one: Reach) -> list[str]:
    lines = []
    if one.quota:
        lines.append(f"Loại “{one.target}” có giới hạn số lượng: đủ điều kiện rồi còn tùy kết quả của đơn vị khác.")
    if one.pooled:
        lines.append("Có tiêu chí so trong cụm: tính với số liệu đơn vị khác giữ nguyên.")
    if one.assumed:
        names = ", ".join(f"“{column.label}”" for column in one.assumed)
        lines.append(
            f"Coi như {names} càng tốt lên thì điểm không giảm, kể cả ở những giá trị chưa tính thử; điều này chưa chứng minh được từ "
            "bộ tiêu chí, nên có thể còn cách ít thay đổi hơn."
        )
    if one.limited:
        lines.append("Chưa xét hết mọi cách kết hợp: có thể còn cách ít thay đổi hơn.")
    if found.scored.stage != FINAL:
        said = "tự chấm, chưa thẩm định" if found.scored.stage == SELF else STAGES[found.scored.stage]
        lines.append(f"Tính theo số liệu ở bước {said}.")
    return lines


def why_none(found: SetReach, one: Reach) -> list[str]:
    """Why there is no path: the first sentence says it, the others with what."""
    places, names = found.scored.criteria.places, found.scored.criteria.grade_names
    if not names:
        return ["Bộ tiêu chí này không xếp loại."]
    if one.unplaced:
        return [f"Chưa xét: {one.unplaced}."]
    if one.outside:
        return [
            f"Đủ điều kiện loại “{one.outside}” nhưng ngoài số suất: tùy kết quả của đơn vị khác, ngoài khả năng của đơn vị."
        ]
    if one.target is None:
        best = " – mức cao nhất" if one.grade == names[0] else ""
        return [f"Đã đạt loại “{one.grade}”{best}."]
    if one.most is None:
        return [f"Không tìm được cách đạt loại “{one.target}”."]
    most = points(one.most.total, places)
    best = (
        "làm tốt nhất chỉ tiêu còn tăng được"
        if one.levers == 1
        else f"làm tốt nhất cả {one.levers} chỉ tiêu còn tăng được"
    )
    if one.most.reaches:
        words = "Lẽ ra phải" if found.closed else "Phải"
        return [
            f"{words} thay đổi hơn {MOST_LEVERS} chỉ tiêu mới đạt loại “{one.target}”: {best} thì được {most} điểm."
        ]
    grade = f", loại “{one.most.grade}”" if one.most.grade is not None else ", vẫn chưa được xếp loại"
    come = (
        f"{best} thì được {most} điểm{grade}"
        if one.levers
        else f"không còn chỉ tiêu nào tăng được, vẫn {most} điểm{grade}"
    )
    short = one.threshold - one.most.total if one.threshold is not None else None
    lines = [
        ("Khi chưa tính các tiêu chí còn chờ, không" if one.waits else "Không")
        + f" đạt được loại “{one.target}” chỉ bằng chỉ tiêu của đơn vị: {come}"
        + (f", còn thiếu {points(short, places)} điểm." if short is not None and short > 0 else ".")
    ]
    lines += [f"Điều kiện không qua: {say}." for say in one.most.gates]
    lines += [f"Điều kiện của loại chưa đạt: {condition}." for condition in one.most.lacking]
    lines += _elsewhere(found, one.most.elsewhere)
    return [*lines, *_caveats(found, one)]


def _elsewhere(found: SetReach, elsewhere: tuple[Short, ...]) -> list[str]:
    """Criteria that are not full even then, with what they may still give and whose they are."""
    places, criteria = found.scored.criteria.places, found.scored.criteria
    said = [f"{one.id} còn {points(one.points, places)} điểm ({whose(criteria, one.leaves)})" for one in elsewhere]
    return [f"Phần chưa đủ điểm nằm ngoài các chỉ tiêu đó: {'; '.join(said)}."] if said else []
