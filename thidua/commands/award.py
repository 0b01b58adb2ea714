"""thidua award"""

from __future__ import annotations

import click

from thidua.speaking import Group

_LAZY = {
    "rules": ("thidua.commands.award_rules:rules", "Hình thức nào khen được ở một dịp, theo điểm, khoản, điều nào."),
    "import": ("thidua.commands.award_history:import_", "Nhập danh sách khen thưởng đã có."),
    "list": ("thidua.commands.award_history:list_", "Tra cứu khen thưởng theo người được khen, hình thức, năm."),
    "submit": ("thidua.commands.award_record:submit", "Ghi việc trình cấp có thẩm quyền."),
    "record": ("thidua.commands.award_record:record", "Ghi quyết định: đã tặng, không tặng, trả lại."),
    "revoke": ("thidua.commands.award_record:revoke", "Ghi việc hủy bỏ quyết định khen thưởng."),
}


@click.group(cls=Group, lazy=_LAZY)
def award() -> None:
    """Khen thưởng: căn cứ của từng hình thức, lịch sử khen thưởng, kết quả trình, hủy bỏ."""
