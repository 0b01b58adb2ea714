"""The page as a file: trang-kiem-tra.html, or for everybody trang-cong-khai.html; whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from criteria.problems import Problem, errors, of_file, reason
from records.life.rights import FINAL
from records.rounds import find_round
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_if_changed
from records.years.occasions import occasion_of
from reports.page.answers import Answers, answers
from reports.page.content import page_data
from reports.page.grounds import open_grounds
from reports.page.occasions import occasion_page
from reports.page.public import public_grounds

INTERNAL_FILE, PUBLIC_FILE = "trang-kiem-tra.html", "trang-cong-khai.html"


@dataclass(frozen=True)
class Asked:
    """Which page. letters: groups, none means every one. stage: of groups that are not official. public: for everybody."""

    period: str
    letters: tuple[str, ...] = ()
    stage: str = FINAL
    public: bool = False

    @property
    def file(self) -> str:
        return PUBLIC_FILE if self.public else INTERNAL_FILE


def page_of(workspace: Workspace, asked: Asked) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The page of a round or an occasion as data, or why there is none."""
    occasion = occasion_of(workspace, asked.period)
    if occasion is not None:
        return occasion_page(workspace, occasion, asked.letters, public=asked.public)
    if asked.public:
        grounds, problems = public_grounds(workspace, asked.period, asked.letters)
    else:
        grounds, problems = open_grounds(workspace, asked.period, asked.letters, asked.stage)
    round_, _ = find_round(workspace, asked.period)
    if grounds is None or round_ is None or errors(problems):
        return None, problems
    said = Answers()
    if not asked.public:
        said, wrong = answers(grounds.sets)
        problems += wrong
    day = round_.window.last
    made = page_data(
        workspace.movement,
        asked.period,
        day,
        grounds,
        public=asked.public,
        intervals=said.intervals,
        reach=said.reach,
    )
    return (None if errors(problems) else made), problems


def write_page(data: Mapping[str, Any], path: Path) -> list[Problem]:
    """Write a page. Nothing is left behind when it cannot be written; what is no page by its name is not written over."""
    from reports.page.html import page_html

    if path.suffix.lower() not in (".html", ".htm"):
        message = f"Không ghi được dạng “{path.suffix or 'không đuôi'}”."
        return [of_file(path, "output", message, "Đặt tên tệp .html.")]
    try:
        write_if_changed(path, page_html(data).encode())
    except OSError as error:
        hint = "Nếu tệp đang mở thì đóng lại rồi chạy lại lệnh; hoặc chọn chỗ khác bằng --out."
        return [of_file(path, "output", f"Không ghi được {path}: {reason(error)}.", hint)]
    return []
