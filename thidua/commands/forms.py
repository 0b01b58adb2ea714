"""thidua forms"""

from __future__ import annotations

import click

from thidua.speaking import Group

_LAZY = {
    "issue": ("thidua.commands.forms_issue:issue", "Giao biểu: một biểu cho mỗi đối tượng, hoặc mỗi cơ quan quản lý."),
    "collect": ("thidua.commands.forms_collect:collect", "Thu biểu: soát từng ô, nêu mọi lỗi, nhận biểu đúng."),
}


@click.group(cls=Group, lazy=_LAZY)
def forms() -> None:
    """Biểu tự chấm: giao cho đối tượng, thu về."""
