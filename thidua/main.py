"""The command line: reads arguments, calls one function, prints. Exit code 0, 1 (problems) or 2 (usage)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from thidua import __version__
from thidua.calling import Called
from thidua.speaking import Group, usage_message

COMMANDS = {
    "new": ("thidua.commands.new:new", "Tạo thư mục làm việc cho một phong trào."),
    "round": ("thidua.commands.round:round_", "Mở kỳ, xem tình hình, chốt danh sách, khóa, mở lại."),
    "roster": ("thidua.commands.roster:roster", "Danh sách đối tượng: nhập, xem, soát."),
    "tasks": ("thidua.commands.tasks:tasks", "Sổ nhiệm vụ: nhập, xem, cập nhật kết quả, việc sắp đến hạn."),
    "index": ("thidua.commands.index:index", "Bộ chỉ số: nhập giá trị của từng cơ quan cho một kỳ."),
    "milestone": (
        "thidua.commands.milestone:milestone",
        "Mốc của đơn vị (kế hoạch, sơ kết, tổng kết): nhập, xem, dời.",
    ),
    "forms": ("thidua.commands.forms:forms", "Biểu tự chấm: giao, thu."),
    "evidence": (
        "thidua.commands.evidence:evidence",
        "Sổ minh chứng: minh chứng của một kỳ và những điều cần xem.",
    ),
    "inspection": (
        "thidua.commands.inspection:inspection",
        "Kiểm tra: ghi kết quả, điều chỉnh số liệu theo kết luận, xem.",
    ),
    "remind": (
        "thidua.commands.remind:remind",
        "Lập công văn đôn đốc: mỗi cơ quan còn nợ việc một tệp Word.",
    ),
    "review": (
        "thidua.commands.review:review",
        "Thẩm định theo cơ quan: giao biểu, thu kết luận, theo dõi, đóng, mở lại.",
    ),
    "return": (
        "thidua.commands.returns:return_",
        "Tiêu chí bị trả lại: giao biểu giải trình, thu, gia hạn, xem ai còn chờ.",
    ),
    "panel": ("thidua.commands.panel:panel", "Hội đồng chấm: thành viên, giao và thu phiếu chấm, kết luận."),
    "proposal": ("thidua.commands.proposal:proposal", "Đề nghị khen thưởng: giao biểu, thu biểu hoặc danh sách, xem."),
    "eligibility": (
        "thidua.commands.eligibility:eligibility",
        "Xét điều kiện khen thưởng: giao và thu biểu, xem kết quả, đối chiếu căn cứ.",
    ),
    "award": (
        "thidua.commands.award:award",
        "Khen thưởng: quy định áp dụng, khen thưởng đã có, kết quả đề nghị, hủy bỏ, tra cứu.",
    ),
    "nominate": ("thidua.commands.nominate:nominate", "Xét chọn: ai được đề nghị hình thức nào, vì sao."),
    "council": ("thidua.commands.council:council", "Họp xét: thành viên, tài liệu họp, phiếu kiểm, biên bản."),
    "appraisal": ("thidua.commands.appraisal:appraisal", "Thẩm định hồ sơ khen thưởng: giao biểu, thu kết quả."),
    "announce": ("thidua.commands.announce:announce", "Công khai danh sách đề nghị khen thưởng."),
    "dossier": ("thidua.commands.dossier:dossier", "Lập hồ sơ đề nghị khen thưởng: Word, PDF, mục lục, zip."),
    "attach": ("thidua.commands.attach:attach", "Thêm bản đã ký, đóng dấu vào hồ sơ."),
    "templates": ("thidua.commands.templates:templates", "Mẫu Word: xem, lấy lại bản ban đầu, soát sau khi sửa."),
    "publish": ("thidua.commands.publish:publish", "Công bố kết quả: dự kiến, chính thức."),
    "complaint": ("thidua.commands.complaint:complaint", "Kiến nghị, phản ánh: ghi nhận, giải quyết, xem."),
    "verify": ("thidua.commands.verify:verify", "Soát gói công bố: đúng từng byte, chấm lại từ chính gói."),
    "rank": ("thidua.commands.rank:rank", "Chấm và xếp hạng một kỳ."),
    "explain": ("thidua.commands.rank:explain", "Giải thích điểm của một đối tượng trong một kỳ."),
    "reach": ("thidua.commands.reach:reach", "Một đối tượng cần thêm gì để đạt mức xếp loại trên."),
    "model": ("thidua.commands.model:model", "Mô hình, cách làm hay, gương điển hình: biểu, thu, xem."),
    "whatif": (
        "thidua.commands.whatif:whatif",
        "Giả định một số liệu khác đi: ai đổi điểm, hạng, xếp loại; không lưu.",
    ),
    "report": (
        "thidua.commands.report:report",
        "Lập bảng xếp hạng, trang kiểm tra, phiếu giải trình điểm, báo cáo, thống kê.",
    ),
    "log": ("thidua.commands.log:log", "Sổ ghi: xem, kiểm tra, mã băm cuối sổ, nâng cấp."),
    "person": ("thidua.commands.person:person", "Dữ liệu cá nhân: trích xuất, đính chính, xóa."),
    "check": ("thidua.commands.check:check", "Soát tệp tiêu chí: nêu mọi lỗi kèm chỗ và cách sửa."),
    "score": ("thidua.commands.score:score", "Chấm một bảng theo một tệp tiêu chí, xếp loại, xếp hạng, giải thích."),
    "criteria": ("thidua.commands.criteria:criteria", "Bộ tiêu chí: xem, so hai bộ, in phụ lục Word, in lược đồ JSON."),
    "demo": ("thidua.commands.demo:demo", "Tạo số liệu minh họa cho mọi nhóm rồi chấm, xếp hạng, giải thích."),
}


@click.group(cls=Group, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Thư mục làm việc (mặc định: thư mục hiện tại hoặc thư mục chứa nó).",
)
@click.option("--by", "person", metavar="NAME", default="", help="Người nhập (mặc định: người dùng của máy).")
@click.version_option(
    __version__, "--version", prog_name="thidua", message="%(prog)s %(version)s", help="In phiên bản rồi thoát."
)
@click.pass_context
def application(context: click.Context, folder: Path | None, person: str) -> None:
    """thidua — chấm điểm, xếp hạng và giải thích phong trào thi đua.

    Một kỳ: thidua new THƯ-MỤC, rồi round open, roster import, forms issue, forms collect, rank, report ranking.
    Chấm một bảng có sẵn: thidua score. Xem thử: thidua demo.
    """
    context.obj = Called(folder or Path(), person)


def main() -> None:
    """Run; whatever goes wrong is said in one Vietnamese sentence, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = application.main(standalone_mode=False, prog_name="thidua")
    except click.UsageError as error:
        context = error.ctx
        if context is not None and isinstance(error, click.exceptions.NoArgsIsHelpError):
            click.echo(context.get_help())
            sys.exit(2)
        click.echo(f"LỖI: {usage_message(error)}", err=True)
        if context is not None:
            click.echo(f"Xem hướng dẫn: {context.command_path} --help", err=True)
        sys.exit(2)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Đã dừng theo yêu cầu.", err=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:  # a drive that is full, read-only or gone, a database that somebody else holds
        from criteria.problems import reason

        where = f" {error.filename}" if error.filename else ""
        click.echo(f"LỖI output: không đọc hoặc ghi được{where}: {reason(error)}.", err=True)
        sys.exit(1)
    except MemoryError:
        click.echo("LỖI: không đủ bộ nhớ cho bảng này.", err=True)
        sys.exit(1)
    except Exception as error:  # a defect of the program, not of the files: said so, never as a traceback
        if os.environ.get("THIDUA_DEBUG"):
            raise
        click.echo(
            f"LỖI của phần mềm ({type(error).__name__}: {error}). Không ghi gì thêm; đề nghị báo người phát triển kèm các tệp.",
            err=True,
        )
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
