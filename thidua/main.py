"""The command line: reads arguments, calls one function, prints. Exit code 0, 1 (problems) or 2 (usage)."""

from __future__ import annotations

import os
import sys

import click

from thidua import __version__
from thidua.speaking import Group, usage_message

COMMANDS = {
    "check": ("thidua.commands.check:check", "Soát tệp tiêu chí: nêu mọi lỗi kèm chỗ và cách sửa."),
    "score": ("thidua.commands.score:score", "Chấm một bảng theo một tệp tiêu chí, xếp loại, xếp hạng, giải thích."),
    "criteria": ("thidua.commands.criteria:criteria", "Xem các bộ tiêu chí, in một bộ, in lược đồ JSON."),
    "demo": ("thidua.commands.demo:demo", "Tạo số liệu minh họa cho mọi nhóm rồi chấm, xếp hạng, giải thích."),
}


@click.group(cls=Group, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__, "--version", prog_name="thidua", message="%(prog)s %(version)s", help="In phiên bản rồi thoát."
)
def application() -> None:
    """thidua — chấm điểm, xếp hạng và giải thích phong trào thi đua.

    Bắt đầu: thidua demo; thidua criteria list; thidua check; thidua score --help.
    """


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
