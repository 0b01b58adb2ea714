"""A report written: the Word document with its charts, the workbook of its tables, that of its charts. What an official has changed stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from criteria.movements.reading import MOVEMENT
from criteria.problems import NOTE, Problem, of_file
from records.software import SOFTWARE
from records.workspace.edited_files import is_edited, write_files
from records.workspace.folder import Workspace
from reports.charts.word import charts_in_word
from reports.charts.workbook import charts_workbook
from reports.letters.templates import FOLDER, fill, read_template
from reports.period.charts import charts_of, legend
from reports.period.columns import SUMMARY, YEAR
from reports.period.fields import drawn_up, report_fields, stamps
from reports.period.gathering import PeriodReport
from reports.period.tables import tables_of
from reports.period.workbook import report_workbook
from reports.wording.issuers import head_on
from scoring.result import ILLUSTRATION

FIGURES, CHARTS = "so-lieu", "bieu-do"  # before the name of a workbook
_MOST = 100  # names that are tried for a new version


@dataclass
class Written:
    """files: all that were written, the document first. kept: a document that somebody has changed, left as it is."""

    files: list[Path] = field(default_factory=list)
    kept: Path | None = None


@dataclass(frozen=True)
class Made:
    """The bytes of a report. name: without ending. receipt: what they rest on."""

    name: str
    document: bytes
    figures: bytes
    charts: bytes | None
    receipt: Mapping[str, Any]


def make_report(workspace: Workspace, report: PeriodReport) -> tuple[Made | None, list[Problem]]:
    """The report from the movement's Word template, or what is wrong with the template or the letterhead."""
    template = YEAR if report.occasion is None else SUMMARY
    path = workspace.movement_folder / FOLDER / f"{template}.docx"
    content, problems = read_template(path)
    day = drawn_up(report)
    head = head_on(report.movement.letterhead, day)
    if head is None:
        message = f"Phong trào chưa ghi cơ quan ban hành văn bản vào ngày {day:%d/%m/%Y}."
        problems.append(
            of_file(MOVEMENT, "letterhead", message, "Ghi letterhead: authority, parent, place, signer_title.")
        )
    if head is None or problems:
        return None, problems
    tables, charts = tables_of(report), charts_of(report)
    fields = report_fields(report, tables, charts)
    title = f"Báo cáo {fields['loai_bao_cao_thuong']} Phong trào thi đua “{fields['phong_trao']}” {fields['ky']}"
    document, problems = fill(content, fields, path, title, fields["co_quan"], day)
    if problems:
        return None, problems
    receipt = _receipt(report)
    told = {f"Chú giải {place}": text for place, text in enumerate(legend(report), 1)}
    told |= {name: str(text) for name, text in receipt.items() if not isinstance(text, Mapping)}
    told |= {f"sha256 gói {name}": text for name, text in report.receipts.items()}
    lines = stamps(report)
    return Made(
        f"{template if report.occasion is None else 'bao-cao'}-{report.window.period}",
        charts_in_word(document, {chart.id: chart for chart in charts}),
        report_workbook(f"Số liệu của {title[:1].lower()}{title[1:]}", tables, lines, told),
        charts_workbook(charts, f"Biểu đồ của {title[:1].lower()}{title[1:]}", lines) if charts else None,
        receipt,
    ), []


def _receipt(report: PeriodReport) -> dict[str, Any]:
    """What the numbers rest on; no clock."""
    return {
        "Phần mềm": SOFTWARE,
        "Kỳ": report.window.period,
        "Tính đến ngày": report.on.isoformat(),
        "Tạm tính": "có" if report.provisional else "không",
        "Mục nhập cuối cùng của so-lieu.sqlite": report.entry,
        "Mã băm của mục nhập đó": report.head,
        "Gói công bố": dict(report.receipts),
        **({"Số liệu": ILLUSTRATION} if ILLUSTRATION in report.stamps else {}),
    }


def write_report(
    workspace: Workspace, report: PeriodReport, folder: Path | None = None, *, replace: bool = False
) -> tuple[Written, list[Problem]]:
    """Write document, workbooks and receipt. A document that is no longer what the receipt says was changed by somebody: it stays, and
    the new one gets a number behind its name, unless replace. folder: ket-qua/PERIOD when None."""
    made, problems = make_report(workspace, report)
    if made is None:
        return Written(), problems
    target = folder if folder is not None else workspace.results(report.window.period)
    if target.exists() and not target.is_dir():
        return Written(), [of_file(target, "output", "Không phải thư mục.", "Nêu một thư mục bằng --out.")]
    receipt = target / f"{made.name}.json"
    before = _listed(receipt)
    document = target / f"{made.name}.docx"
    written = Written()
    if not replace and is_edited(document, made.document, before.get(document.name, "")):
        written.kept, document = document, _free(target, made.name, before, made.document)
    files = {document: made.document, target / f"{FIGURES}-{made.name}.xlsx": made.figures}
    if made.charts is not None:
        files[target / f"{CHARTS}-{made.name}.xlsx"] = made.charts
    known = {**before, **{path.name: hashlib.sha256(content).hexdigest() for path, content in files.items()}}
    text = json.dumps({**made.receipt, "Tệp": dict(sorted(known.items()))}, ensure_ascii=False, indent=1) + "\n"
    done, problems = write_files({**files, receipt: text.encode()}, "báo cáo")
    written.files = [path for path in done if path != receipt]
    return written, problems or _told(written)


def _told(written: Written) -> list[Problem]:
    if written.kept is None:
        return []
    message = f"Báo cáo này đã được sửa bằng Word, giữ nguyên; bản mới ghi vào {written.files[0].name}."
    return [of_file(written.kept, "letter-changed", message, "Lập đè lên bản đã sửa: thêm --replace.", NOTE)]


def _listed(receipt: Path) -> dict[str, str]:
    """Hashes of what was written before, by name; nothing when the receipt cannot be read."""
    try:
        told = json.loads(receipt.read_text(encoding="utf-8"))["Tệp"]
        return {str(name): str(digest) for name, digest in told.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _free(folder: Path, name: str, before: Mapping[str, str], content: bytes) -> Path:
    """bao-cao-nam-2026-2.docx: the first that nobody has changed."""
    paths = (folder / f"{name}-{number}.docx" for number in range(2, _MOST))
    return next(
        (path for path in paths if not is_edited(path, content, before.get(path.name, ""))),
        folder / f"{name}-{_MOST}.docx",
    )
