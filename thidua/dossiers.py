"""Dossiers of an occasion put together: Word documents, score sheets, signed papers, a manifest; one folder and one zip per award."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from criteria.problems import WARNING, Problem, errors, of_file, reason
from nominations.case import Nominated
from nominations.dossier.attaching import damaged, stored
from nominations.dossier.days import drawn_up
from nominations.dossier.moved import with_moved
from nominations.dossier.papers import attached
from nominations.dossier.state import LAW, PAPERS, PEOPLE, SETTINGS, STEPS, Dossier, dossiers
from nominations.nominating import nominate
from records.forms.issuing.files import slug
from records.software import SOFTWARE
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_if_changed
from reports.council.files import MINUTES, recorded_minutes
from reports.dossier.counting import for_award
from reports.dossier.documents import nominee_folder, notice, write_documents
from reports.dossier.fields import Printing
from reports.dossier.fields_list import Published
from reports.dossier.package import Package, Piece, write_package
from reports.score_sheet.content import ScoreSheet
from reports.score_sheet.pdf import Printer
from reports.score_sheet.sheets import Sheets, open_sheets

SIGNED = "ban-ky"
SHEET = "phieu-giai-trinh-diem.pdf"


@dataclass(frozen=True)
class Asked:
    """What dossiers are asked for. award: "" all. candidates: none means all. final: only complete ones leave. number: số of the
    submission. day: of the documents. replace: also files that somebody has changed in Word."""

    out: Path
    award: str = ""
    candidates: tuple[str, ...] = ()
    final: bool = False
    number: str = ""
    day: date | None = None
    replace: bool = False


def make_dossiers(
    workspace: Workspace, name: str, asked: Asked, tick: Callable[[str], None] | None = None
) -> tuple[list[tuple[Dossier, Package]], list[Problem]]:
    """Write the dossiers of an occasion. A dossier that is not complete is a draft, and does not leave as final: then all that is
    missing is told and nothing is written. tick: told the name of every award before its dossier is made."""
    nominated, problems = nominate(workspace, name, None)
    if nominated is None:
        return [], problems
    problems += _unknown(nominated, asked)
    files = attached(workspace, nominated.occasion.id)
    problems += damaged(workspace, nominated.occasion.id)
    made = [
        one for one in dossiers(nominated, files, asked.candidates) if not asked.award or one.award.id == asked.award
    ]
    made = with_moved(workspace, nominated, made, MINUTES)
    if asked.final:
        problems += [problem for one in made for problem in _unfinished(one)]
    if errors(problems):
        return [], problems
    if not made:
        message = f"{nominated.occasion.name}: chưa có trường hợp nào được đề nghị."
        problems.append(of_file(name, "dossier", message, f"Xem: thidua nominate {name} --all", WARNING))
        return [], problems
    wanted = sorted({case.nominee.id for one in made for case in one.cases if case.nominee.scored})
    sheets, wrong = _sheets(workspace, nominated, wanted)
    problems += wrong
    if errors(problems):
        return [], problems
    done: list[tuple[Dossier, Package]] = []
    for dossier in made:
        if tick is not None:
            tick(dossier.award.name)
        package, wrong = _write(workspace, nominated, dossier, asked, sheets)
        problems += wrong
        if package is None:
            break
        done.append((dossier, package))
    return done, problems


def _sheets(workspace: Workspace, nominated: Nominated, wanted: list[str]) -> tuple[Sheets | None, list[Problem]]:
    """Score sheets of an occasion with rounds; at a push they are those of the round that each result is of."""
    if not wanted:
        return None, []
    if nominated.occasion.rounds:
        return open_sheets(workspace, nominated.occasion.id, wanted)
    ranked = nominated.results.ranked
    periods = {ranked[one].periods[-1].period for one in wanted if one in ranked and ranked[one].periods}
    if len(periods) > 1:
        message = f"Kết quả của các đối tượng thuộc nhiều kỳ ({', '.join(sorted(periods))}): lập hồ sơ từng nhóm."
        return None, [of_file(nominated.occasion.id, "dossier", message, "Thêm --award, --candidate.")]
    return open_sheets(workspace, periods.pop(), wanted) if periods else (None, [])


def _write(
    workspace: Workspace, nominated: Nominated, dossier: Dossier, asked: Asked, sheets: Sheets | None
) -> tuple[Package | None, list[Problem]]:
    occasion = nominated.occasion
    day = asked.day or drawn_up(nominated.file.awards, dossier, occasion.day)

    def content(nominee: str) -> ScoreSheet | None:
        return sheets.content(nominee) if sheets is not None and nominee in sheets.candidates else None

    printing = Printing(workspace.movement, day, asked.number, content, asked.final)
    documents, problems = write_documents(workspace, nominated, dossier, printing)
    minutes, wrong = _minutes(workspace, nominated, dossier)
    problems += wrong
    if errors(problems):
        return None, problems

    def pieces() -> Iterator[Piece]:
        papers = {one.template: one.id for one in nominated.file.awards.papers_of(dossier.award) if one.template}
        for one in documents:
            yield Piece(one.path, one.content, one.title, papers.get(one.template, ""), one.nominee)
        yield from minutes
        printer = Printer()
        ranked = {case.nominee.id: case.nominee.ranked for case in dossier.cases}
        folders = {case.nominee.id: nominee_folder(case.nominee) for case in dossier.cases}
        for state in dossier.papers:
            folder = f"{folders[state.nominee]}/" if state.nominee else ""
            if state.paper.score_sheet and state.nominee and not state.sha256:
                told = content(state.nominee)
                if told is not None:
                    yield Piece(
                        folder + SHEET,
                        printer.pdf(for_award(told, ranked[state.nominee])),
                        state.paper.name,
                        state.paper.id,
                        state.nominee,
                    )
            elif state.sha256:
                raw = stored(workspace, occasion.id, state.sha256).read_bytes()
                path = f"{folder}{SIGNED}/{state.paper.id}.pdf"
                yield Piece(path, raw, state.paper.name, state.paper.id, state.nominee, made=False)

    missing = [f"{one.nominee}: {one.text}" if one.nominee else one.text for one in dossier.missing]
    folder = asked.out / occasion.id / dossier.award.id
    try:
        package, wrong = write_package(
            folder, pieces(), _told(workspace, nominated, dossier, asked, day), missing, asked.replace, asked.final
        )
    except OSError as error:
        hint = "Nếu tệp đang mở thì đóng lại rồi chạy lại; hoặc chọn thư mục khác bằng --out."
        return None, [*problems, of_file(folder, "output", f"Không ghi được hồ sơ: {reason(error)}.", hint)]
    return None if errors(wrong) else package, [*problems, *wrong]


def _minutes(workspace: Workspace, nominated: Nominated, dossier: Dossier) -> tuple[list[Piece], list[Problem]]:
    """The minutes of every meeting that has voted on the award, as they were made when it was recorded."""
    awards = nominated.file.awards
    paper = next((one for one in awards.papers_of(dossier.award) if one.template == MINUTES), None)
    if paper is None:
        return [], []
    found: list[Piece] = []
    problems: list[Problem] = []
    for step in awards.steps_of(dossier.award):
        if step.council is None:
            continue
        made, wrong = recorded_minutes(workspace, nominated.occasion.id, step.id, dossier.award.id)
        problems += wrong
        found += [
            Piece(f"{MINUTES}-{slug(step.id)}-{number}.docx", content, f"{paper.name} ({step.name})", paper.id)
            for number, content in enumerate(made, 1)
        ]
    return found, problems


def _told(workspace: Workspace, nominated: Nominated, dossier: Dossier, asked: Asked, day: date) -> Mapping[str, Any]:
    """What the manifest says of the whole dossier."""
    number, head = workspace.database.head()
    return {
        "software": SOFTWARE,
        "occasion": nominated.occasion.id,
        "judged_on": nominated.occasion.day.isoformat(),
        "award": dossier.award.id,
        "award_name": dossier.award.name,
        "authority": dossier.authority.name if dossier.authority is not None else "",
        "day": day.isoformat(),
        "draft": not (asked.final and dossier.complete),
        "nominees": [case.nominee.id for case in dossier.cases],
        "ledger": {"entry": number, "head": head},
        "results": dict(nominated.results.receipts),
        "stamps": list(nominated.stamps),
    }


def write_notice(
    workspace: Workspace,
    nominated: Nominated,
    award: str,
    nominees: Iterable[str],
    published: Published,
    number: str,
    out: Path,
) -> tuple[Path | None, list[Problem]]:
    """Thông báo công khai of an award's list. nominees: those on it. out: the file."""
    listed = list(nominees)
    files = attached(workspace, nominated.occasion.id)
    made = [one for one in dossiers(nominated, files, listed) if one.award.id == award and listed]
    if not made:
        return None, [of_file(award, "dossier", "Chưa có trường hợp nào được đề nghị hình thức này.")]
    printing = Printing(workspace.movement, published.first, number)
    document, problems = notice(workspace, nominated, made[0], printing, published)
    if document is None:
        return None, problems
    try:
        write_if_changed(out, document.content)
    except OSError as error:
        problems.append(of_file(out, "output", f"Không ghi được {out}: {reason(error)}.", "Đóng tệp đang mở."))
        return None, problems
    return out, problems


_REMEDIES = {
    PAPERS: "Ký, đóng dấu, quét thành PDF rồi thêm: thidua attach.",
    PEOPLE: "Điền dữ kiện, kết luận ở biểu xét điều kiện: thidua eligibility issue.",
    STEPS: "Ghi kết quả của bước còn thiếu: thidua council, thidua appraisal, thidua announce.",
    SETTINGS: "Có quyết định thì ghi status: decided và decided_by ở awards.yaml, movement.yaml, trước khi họp; "
    "số, ngày văn bản ghi ở documents.yaml.",
    LAW: "Đối chiếu với văn bản đang có hiệu lực: thidua eligibility confirm MÃ, hoặc trang “Căn cứ” của biểu xét điều kiện.",
}


def _unfinished(dossier: Dossier) -> Iterator[Problem]:
    """Everything that keeps a dossier from leaving as final."""
    for one in dossier.missing:
        who = f"{one.nominee}: " if one.nominee else ""
        message = f"{dossier.award.short}, {one.kind}: {who}{one.text}"
        text = message if message.endswith(".") else f"{message}."
        yield of_file(dossier.award.id, "dossier", text, _REMEDIES.get(one.kind, ""))


def _unknown(nominated: Nominated, asked: Asked) -> Iterator[Problem]:
    awards = [one.id for one in nominated.file.awards.awards]
    if asked.award and asked.award not in awards:
        hint = f"Các hình thức: {', '.join(awards)}."
        yield of_file("--award", "award-unknown", f"Không có hình thức “{asked.award}”.", hint)
    for ident in asked.candidates:
        if not nominated.of_nominee(ident):
            message = f"{ident} không được xét hình thức nào ở {nominated.occasion.words}."
            yield of_file(
                "--candidate", "unknown-candidate", message, f"Xem: thidua nominate {nominated.occasion.id} --all"
            )
