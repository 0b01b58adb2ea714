"""Pages that show a round as an officer sees it: their commands are run, one after another, in a workspace of their own.

A block `<!-- in a round: COMMAND -->` … `<!-- end -->` holds the command and what the screen answers; `in a round, 8 lines:` keeps the
first eight, `in a round, from “Thử”:` what begins with that word. The temporary folder is shown as the drive D:. What happens between two commands (a unit fills in its form) is a
step, `<!-- step: NAME -->`; `<!-- day: 2026-12-21 -->` is the day on which the commands below it are typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.award_steps import AWARD_STEPS
from tests.support.life_steps import LIFE_STEPS, ROSTER
from tests.support.page_session import DRIVE, Session
from tests.support.reading_steps import READING_STEPS

BLOCK = re.compile(
    r"(?P<head><!-- in a round(?:, from “(?P<start>[^”\n]+)”)?(?:, (?P<lines>[0-9]+) lines)?: (?P<command>[^\n]+?) -->\n)"
    r"(?P<body>.*?)(?P<end><!-- end -->)"
    r"|<!-- step: (?P<step>[a-z-]+) -->|<!-- day: (?P<day>[0-9-]+) -->",
    re.DOTALL,
)


def _workspace(session: Session) -> None:
    """A round of five communes with their forms issued."""
    session.run("thidua new thi-dua-2026")
    session.run("cd thi-dua-2026")
    (session.here / "danh-sach.csv").write_text(ROSTER, encoding="utf-8")
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
    **LIFE_STEPS,
    **AWARD_STEPS,
    **READING_STEPS,
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
            if match["day"]:
                session.on(date.fromisoformat(match["day"]))
                return match[0]
            if match["step"]:
                STEPS[match["step"]](session)
                return match[0]
            lines = session.run(match["command"]).splitlines()
            first = (
                next(at for at, line in enumerate(lines) if line.startswith(match["start"])) if match["start"] else 0
            )
            last = first + int(match["lines"] or len(lines))
            shown = [*(["…"] if first else []), *lines[first:last], *(["…"] if len(lines) > last else [])]
            shown = [f"> {match['command']}", *shown]
            return match["head"] + "```text\n" + "\n".join(shown) + "\n```\n" + match["end"]

        return BLOCK.sub(block, text)
