"""Builds an offline folder for Windows: wheels of the program and of everything it needs, a start file, a page to read first.

python packaging/windows/bundle.py OUT. The folder is made on any system and has not been run on Windows.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
PYTHON = "3.12"
# pip judges "only on Windows" by the machine it runs on; what click and SQLAlchemy need only there is named here.
ONLY_ON_WINDOWS = ("colorama", "greenlet", "tzdata")


def pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *words], check=True)


def main(out: Path) -> None:
    wheels = out / "wheels"
    shutil.rmtree(out, ignore_errors=True)
    wheels.mkdir(parents=True)
    pip("wheel", "--no-deps", "--wheel-dir", str(wheels), str(PROJECT))
    own = next(wheels.glob("thidua-*.whl"))
    target = ["--only-binary=:all:", "--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp"]
    pip("download", *target, "--dest", str(wheels), str(own), *ONLY_ON_WINDOWS)
    for name in ("thidua.cmd", "DOC-TRUOC.txt"):
        text = (HERE / name).read_text(encoding="utf-8").replace("@PYTHON@", PYTHON)
        mark = "" if name.endswith(".cmd") else "\ufeff"  # Notepad's sign for UTF-8; a command file must not have it
        (out / name).write_bytes((mark + text).replace("\n", "\r\n").encode())
    wrong = [p.name for p in wheels.glob("*") if not p.name.endswith(("-any.whl", "-win_amd64.whl"))]
    if wrong:
        sys.exit(f"not for Windows: {', '.join(wrong)}")
    print(f"{out}: {len(list(wheels.iterdir()))} wheels")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "dist/thidua-windows"))
