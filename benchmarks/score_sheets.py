"""Score sheets (phiếu giải trình điểm) as PDF: time and memory for 250 and 1.000 candidates of 40 criteria.

python -m benchmarks.score_sheets [--sizes 250,1000]

One workspace per size, published officially (benchmarks.publication). Told are, in processor time: opening the archive and scoring it again, once; then
every sheet, one after another, none kept: what it says, and its PDF. The reference is the same compiler on an empty page, as often.
Each runs in a process of its own, whose highest memory is told; "grown" is what that has grown from the fiftieth sheet, when the
compiler has filled its own memory, to the last.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pypdf import PdfReader

from benchmarks.publication import PERIOD, _make, _memory, _open, _publish, _score

_SETTLED = 50  # sheets


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--sizes", default="250,1000")
    wanted.add_argument("--step", default="")  # a process of its own: empty, sheets or publish
    wanted.add_argument("--place", type=Path)
    wanted.add_argument("--size", type=int, default=0)
    chosen = wanted.parse_args()
    if chosen.step:
        steps = {
            "empty": lambda: _empty(chosen.size),
            "sheets": lambda: _sheets(chosen.place),
            "publish": lambda: _publish(chosen.place),
        }
        print(json.dumps(steps[chosen.step]()))
        return
    before: dict[str, float] = {}
    for size in (int(text) for text in chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as room:
            root = Path(room) / "w"
            _make(root, size)
            _score(root)
            _alone("publish", root, size)
            empty = _alone("empty", root, size)
            found = _alone("sheets", root, size)
        each = found["content"] + found["pdf"]
        growth = f", {each / before['each']:.2f} × smaller size" if before else ""
        before["each"] = each
        print(
            f"{size} candidates: opening {found['open']:.2f} s; sheets {each:.1f} s{growth} "
            f"({1000 * found['content'] / size:.1f} ms what it says + {1000 * found['pdf'] / size:.1f} ms PDF of "
            f"{found['pages']:.0f} pages) = {each / empty['seconds']:.0f} × {size} empty pages ({empty['seconds']:.2f} s); "
            f"{found['memory']:.0f} MB, grown {found['grown']:.0f} MB",
            flush=True,
        )


def _alone(step: str, root: Path, size: int) -> dict[str, float]:
    words = [sys.executable, "-m", "benchmarks.score_sheets", "--step", step, "--place", str(root), "--size", str(size)]
    made: dict[str, float] = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return made


def _sheets(root: Path) -> dict[str, float]:
    from reports.score_sheet.pdf import Printer
    from reports.score_sheet.sheets import open_sheets

    workspace = _open(root)
    start = time.process_time()
    sheets, problems = open_sheets(workspace, PERIOD)
    assert sheets is not None, problems
    opened = time.process_time() - start
    printer, content, pdf, early, pages = Printer(), 0.0, 0.0, 0.0, 0
    for number, candidate in enumerate(sheets.candidates):
        start = time.process_time()
        sheet = sheets.content(candidate)
        middle = time.process_time()
        made = printer.pdf(sheet)
        content, pdf = content + middle - start, pdf + time.process_time() - middle
        if number == _SETTLED:
            early, pages = _memory(), len(PdfReader(io.BytesIO(made)).pages)
    return {
        "open": opened,
        "content": content,
        "pdf": pdf,
        "memory": _memory(),
        "grown": _memory() - early,
        "pages": pages,
    }


def _empty(count: int) -> dict[str, float]:
    import typst

    from reports.score_sheet.pdf import FONTS

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "empty.typ"
        path.write_text('#set text(font: "Tinos")\n#sys.inputs.n\n', encoding="utf-8")
        compiler = typst.Compiler(str(path), root=room, font_paths=fonts, ignore_system_fonts=True)
        start = time.process_time()
        for number in range(count):
            compiler.compile(sys_inputs={"n": str(number)}, format="pdf", pdf_standards=["a-2a"], timestamp=0)
        return {"seconds": time.process_time() - start, "memory": _memory()}


if __name__ == "__main__":
    main()
