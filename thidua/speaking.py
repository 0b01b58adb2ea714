"""click in Vietnamese: headings of help, and every usage error."""

from __future__ import annotations

import re
from typing import Any

import click

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_PATHS = {
    "is a directory": "là một thư mục, cần một tệp",
    "is a file": "là một tệp, cần một thư mục",
    "does not exist": "không có",
    "is not readable": "không đọc được",
    "is not writable": "không ghi được",
}
_HEADINGS = {"Options": "Tùy chọn", "Commands": "Các lệnh", "Arguments": "Đối số"}


class _Vietnamese:
    """Mixed into click's commands."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is pasted into a command is printed again: without characters that a terminal obeys, without blanks around it."""
        parsed: list[str] = super().parse_args(ctx, [_CONTROL.sub(" ", one).strip() for one in args])  # type: ignore[misc]
        return parsed

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = {"[OPTIONS]": "[TÙY CHỌN]", "COMMAND [ARGS]...": "LỆNH [ĐỐI SỐ]..."}
        pieces = [words.get(piece, piece) for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix="Cách dùng: ")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option: click.Option | None = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = "Hiện hướng dẫn này rồi thoát."
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]  # type: ignore[attr-defined]
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(_HEADINGS["Options"]):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        group: Any = self
        rows = [
            (name, command.get_short_help_str(200))
            for name in group.list_commands(ctx)
            if (command := group.get_command(ctx, name)) is not None
        ]
        if rows:
            with formatter.section(_HEADINGS["Commands"]):
                formatter.write_dl(rows)


class Command(_Vietnamese, click.Command):
    """A command that speaks Vietnamese."""


class Group(_Vietnamese, click.Group):
    """A group whose commands are imported only when they are used."""

    command_class = Command

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **keywords: Any) -> None:
        super().__init__(*args, **keywords)
        self.lazy = lazy or {}  # name → (module:attribute, short help)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        from importlib import import_module

        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if not self.lazy:
            super().format_commands(ctx, formatter)
            return
        with formatter.section(_HEADINGS["Commands"]):
            formatter.write_dl([(name, short) for name, (_, short) in self.lazy.items()])


def _in_words(parameter: click.Parameter | None, message: str) -> str:
    """What click says about a number or a path, in Vietnamese; our own types speak it already."""
    kind = getattr(parameter, "type", None)
    if isinstance(kind, click.IntRange):
        low = f" từ {kind.min}" if kind.min is not None else ""
        return f"viết một số nguyên{low}{f' đến {kind.max}' if kind.max is not None else ''}."
    if isinstance(kind, type(click.INT)):
        return "viết một số nguyên."
    if isinstance(kind, click.Path):
        place = message[message.find("'") + 1 : message.rfind("'")]
        for said, words in _PATHS.items():
            if message.rstrip(".").endswith(said):
                return f"{place} {words}."
    return message


def usage_message(error: click.ClickException) -> str:
    """What was wrong with the call, in Vietnamese."""
    name = ""
    parameter = getattr(error, "param", None)
    if parameter is not None:
        name = (
            parameter.opts[0]
            if parameter.opts and parameter.opts[0].startswith("-")
            else (parameter.metavar or (parameter.name or "").upper())
        )
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {name}."
    if isinstance(error, click.NoSuchOption):
        hint = f" Có phải là {', '.join(error.possibilities)}?" if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}.{hint}"
    if isinstance(error, click.BadOptionUsage):
        return f"Tùy chọn {error.option_name} cần một giá trị."
    choices = getattr(getattr(parameter, "type", None), "choices", None)
    if isinstance(error, click.BadParameter) and choices:
        return f"{name}: chọn một trong: {', '.join(choices)}."
    if isinstance(error, click.BadParameter):
        return f"{name or 'Đối số'}: {_in_words(parameter, error.message)}"
    message = error.format_message()
    if message.startswith("No such command"):
        return f"Không có lệnh {message.split(' ', 3)[-1].rstrip('.')}."
    if message.startswith("Got unexpected extra argument"):
        return f"Thừa đối số {message[message.index('(') :].strip('().') if '(' in message else ''}."
    if message.startswith("Missing command"):
        return "Thiếu tên lệnh."
    return message
