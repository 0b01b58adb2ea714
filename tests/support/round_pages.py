"""Pages that show a round as an officer sees it: their commands are run, one after another, in a workspace of their own.

A block `<!-- in a round: COMMAND -->` … `<!-- end -->` holds the command and what the screen answers; `in a round, 8 lines:` keeps the
first eight. The temporary folder is shown as the drive D:. What happens between two commands (a unit fills in its form) is a
step of this file, `<!-- step: NAME -->`.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from thidua.demonstration.filling import Filled, fill_single
from thidua.main import main

DRIVE = "D:\\"
BLOCK = re.compile(
    r"(?P<head><!-- in a round(?:, (?P<lines>[0-9]+) lines)?: (?P<command>[^\n]+?) -->\n)(?P<body>.*?)(?P<end><!-- end -->)"
    r"|<!-- step: (?P<step>[a-z-]+) -->",
    re.DOTALL,
)
_ROSTER = "mã,tên,loại,nhóm,cụm,thủ trưởng,số liệu minh họa\n" + "".join(
    f"C0{number},Xã {name},xã,c,Cụm 1,Nguyễn Văn {letter},có\n"
    for number, name, letter in ((1, "Một", "A"), (2, "Hai", "B"), (3, "Ba", "C"), (4, "Bốn", "D"), (5, "Năm", "E"))
)
_FIGURES = {
    **{"dx_assigned": "15", "dx_done": "15", "docs_all": "400", "docs_online": "390"},
    **{"docs_issued": "200", "docs_signed": "180", "files": "1000", "files_online": "733"},
}


@dataclass
class Session:
    """drive: the folder shown as D:. here: where the next command runs."""

    drive: Path
    here: Path

    def run(self, command: str) -> str:
        """What the screen answers."""
        words = shlex.split(command.replace(DRIVE, f"{self.drive}/").replace("\\", "/"))
        if words[0] == "cd":
            self.here = self.here / words[-1]
            assert self.here.is_dir(), command
            return ""
        assert words[0] == "thidua", command
        screen = io.StringIO()
        code: object = 0
        with (
            contextlib.chdir(self.here),
            patch.object(sys, "argv", words),
            patch.object(sys, "stdin", io.StringIO()),
            contextlib.redirect_stdout(screen),
            contextlib.redirect_stderr(screen),
        ):
            try:
                main()
            except SystemExit as leaving:
                code = leaving.code
        answer = screen.getvalue()
        assert code in (0, 1) and "LỖI của phần mềm" not in answer, answer
        return self._shown(answer.rstrip("\n"))

    def _shown(self, text: str) -> str:
        """Paths as the officer's machine shows them."""
        inside = re.compile(re.escape(str(self.drive)) + r"(?P<path>(?:/[^\s,)]*)?)")
        return inside.sub(lambda match: DRIVE + match["path"].removeprefix("/").replace("/", "\\"), text)

    def form(self, ident: str) -> Path:
        return next(self.here.glob(f"bieu-giao/2026/*/{ident}-*.xlsx"))

    def hand_in(self, ident: str, figures: Mapping[str, str], folder: str = "nhan-ve", **more: object) -> None:
        """A unit fills in its form; the file comes in."""
        inbox = self.drive / folder
        inbox.mkdir(exist_ok=True)
        filled = Filled({**_FIGURES, **figures}, day=date(2026, 12, 10), **more)  # type: ignore[arg-type]
        (inbox / self.form(ident).name).write_bytes(fill_single(self.form(ident), filled))


def _workspace(session: Session) -> None:
    """A round of five communes with their forms issued."""
    session.run("thidua new thi-dua-2026")
    session.run("cd thi-dua-2026")
    (session.here / "danh-sach.csv").write_text(_ROSTER, encoding="utf-8")
    session.run("thidua round open 2026 --deadline 15/12/2026 --letter 123/SNV-TĐKT --letter-date 20/11/2026")
    session.run("thidua roster import danh-sach.csv")
    session.run("thidua forms issue 2026")


def _first_forms(session: Session) -> None:
    """Two right, two wrong."""
    _workspace(session)
    evidence = (
        "C1",
        "",
        "12/BC-UBND",
        "10/12/2026",
        "Ủy ban nhân dân xã",
        "Báo cáo nhiệm vụ chuyển đổi số",
        "bao-cao.pdf",
        "",
    )
    session.hand_in("C01", {}, evidence=[evidence])
    (session.drive / "nhan-ve" / "minh-chung").mkdir()
    (session.drive / "nhan-ve" / "minh-chung" / "bao-cao.pdf").write_bytes(b"%PDF-1.4 minh hoa")
    session.hand_in("C02", {"dx_done": "16", "docs_all": "400,5"})
    session.hand_in("C03", {}, claims={"C2.ky-so": "Chưa được cấp chữ ký số, Công văn số 5/CV"})
    session.hand_in("C04", {"dx_done": "12"})


def _mended(session: Session) -> None:
    """The two wrong ones again."""
    session.hand_in("C02", {"docs_all": "400"})
    session.hand_in(
        "C03", {"docs_issued": "", "docs_signed": ""}, claims={"C2.ky-so": "Chưa được cấp chữ ký số, Công văn số 5/CV"}
    )


def _second_edition(session: Session) -> None:
    session.hand_in("C04", {"dx_done": "15"}, folder="nhan-ve-dot-2", version=2, number="31/BC-UBND")


def _index_file(session: Session) -> None:
    (session.here / "chi-so.csv").write_text("mã,điểm\nX100,81.5\nX101,70\n", encoding="utf-8")


def _ranked(session: Session) -> None:
    """Four of five handed in: two alike, one with a criterion that does not apply, one that fails the gate."""
    _first_forms(session)
    _mended(session)
    index = "mã,điểm\nC01,81.5\nC02,81.5\nC03,70\nC04,60\nC05,50\n"
    (session.here / "chi-so.csv").write_text(index, encoding="utf-8")
    session.run("thidua index import dx_index 2026 chi-so.csv")
    session.run(f"thidua forms collect 2026 {DRIVE}nhan-ve")


def _edit(old: str, new: str, name: str = "phong-trao/c-xa-phuong.yaml") -> Callable[[Session], None]:
    def step(session: Session) -> None:
        path = session.here / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), encoding="utf-8")

    return step


STEPS: dict[str, Callable[[Session], None]] = {
    "workspace": _workspace,
    "index-file": _index_file,
    "first-forms": _first_forms,
    "mended": _mended,
    "second-edition": _second_edition,
    "ranked": _ranked,
    "threshold": _edit('(đề xuất)", value: 60}', '(đề xuất)", value: 65}'),
    "comma": _edit("max: 33.34", "max: 33,34"),
    "sum": _edit("max: 33,34", "max: 30.34"),
    "mend-sum": _edit("max: 30.34", "max: 33.34"),
    "wrong-setting": _edit("settings: {}", "settings:\n  c3_reading: loai", "thidua.yaml"),
    "right-setting": _edit("c3_reading: loai", "c3_reading: class", "thidua.yaml"),
    "new-figure": _edit("dx_class <= 2", "dx_class <= 2 and models_found >= 1"),
}


def shows_a_round(text: str) -> bool:
    return BLOCK.search(text) is not None


def played(text: str) -> str:
    """The page with every block as it comes out now."""
    with TemporaryDirectory() as folder:
        drive = Path(folder).resolve()
        session = Session(drive, drive)

        def block(match: re.Match[str]) -> str:
            if match["step"]:
                STEPS[match["step"]](session)
                return match[0]
            lines = session.run(match["command"]).splitlines()
            most = int(match["lines"] or len(lines))
            shown = [f"> {match['command']}", *lines[:most], *(["…"] if len(lines) > most else [])]
            return match["head"] + "```text\n" + "\n".join(shown) + "\n```\n" + match["end"]

        return BLOCK.sub(block, text)
