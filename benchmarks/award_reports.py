"""Word documents of a dossier for many nominees: seconds of work and memory, and whether both grow in a line.

python -m benchmarks.award_reports [--nominees 1000] [--template bao-cao-thanh-tich]

Every document is thrown away once it is made, as the dossier's folder does. The reference fills the same template without what is
kept between documents: docxtpl reads, patches and compiles it anew each time.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from io import BytesIO

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reports.dossier.documents import filled
from reports.dossier.fields import Material, clean
from reports.dossier.fields_report import report_fields, summary_fields
from reports.dossier.kinds import kind_named
from tests.nominations.document_support import DAY, commune, material_of, template

BUILDERS = {"bao-cao-thanh-tich": report_fields, "tom-tat-thanh-tich": summary_fields}
CRITERIA = 40  # in each score sheet


def main() -> None:
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--nominees", type=int, default=1000)
    wanted.add_argument("--template", choices=sorted(BUILDERS), default="bao-cao-thanh-tich")
    told = wanted.parse_args()
    material = material_of([commune(number) for number in range(1, 96)], rows=CRITERIA)
    for many in (told.nominees // 4, told.nominees // 2, told.nominees):
        start = time.process_time()
        size = _ours(material, told.template, many)
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{many:5} documents: {seconds:6.2f} s, {1000 * seconds / many:5.1f} ms each, {size / many / 1024:.0f} KB each, peak {peak} MB"
        )
    some = min(told.nominees, 50)
    start = time.process_time()
    _plain(material, told.template, some)
    print(f"docxtpl anew each time: {1000 * (time.process_time() - start) / some:.1f} ms each")


def _ours(material: Material, name: str, many: int) -> int:
    kind, path = kind_named(name), template(name)
    raw, build = path.read_bytes(), BUILDERS[name]
    size = 0
    for number in range(many):
        case = material.dossier.cases[number % len(material.dossier.cases)]
        size += len(filled(kind, raw, build(material, case), path, case.nominee.name, DAY))
        if sys.stderr.isatty() and number % 20 == 0:
            print(f"\r{number}/{many}", end="", file=sys.stderr)
    return size


def _plain(material: Material, name: str, many: int) -> None:
    raw, build = template(name).read_bytes(), BUILDERS[name]
    for number in range(many):
        document = DocxTemplate(BytesIO(raw))
        environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        fields = clean(build(material, material.dossier.cases[number % len(material.dossier.cases)]))
        document.render(fields, jinja_env=environment, autoescape=True)
        document.save(BytesIO())


if __name__ == "__main__":
    main()
