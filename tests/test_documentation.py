"""The documentation says what the program does: help pages, outputs, codes, links and figures are held against the code.

Blocks between `<!-- generated: … -->` and `<!-- end -->` are written by `python -m tests.test_documentation --write`.
"""

from __future__ import annotations

import ast
import doctest
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import click
import pytest

from criteria.problems import CODES
from records.codes import ROUND_CODES
from tests.support.examples import page_examples
from tests.support.round_pages import played, shows_a_round
from tests.test_structure import FLOORS, NOT_PRODUCT
from thidua.main import application

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
COMMANDS_PAGE = DOCS / "commands.md"
PAGES_WITHOUT_CODES = {"xem-xep-hang", "cau-hoi-hoi-dong"}
# Functions that report a finding, and which argument is its code.
CODE_ARGUMENT = {
    "Problem": 3,
    "of_file": 1,
    "problem": 0,
    "CellError": 0,
    "at": 3,
    "note": 3,
    "wrong": 3,
    "need": 5,
    "read": 5,
}
CODE_ARGUMENT |= {"read_headed": 3, "ExpressionError": 0}
CODE_TABLES = {"problem codes": CODES, "round problem codes": ROUND_CODES}
EXAMPLE = {"criteria.yaml": DOCS / "example" / "criteria.yaml", "table.csv": DOCS / "example" / "table.csv"}

_GENERATED = re.compile(r"(<!-- generated: (?P<what>[^\n]+?) -->\n)(?P<body>.*?)(?P<end><!-- end -->)", re.DOTALL)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_BARE_ARGUMENT = re.compile(
    r"^  [\[\]A-Z.]+\n", re.MULTILINE
)  # some versions of click list arguments that have no help text


def pages() -> list[Path]:
    """Every page for people: README and its neighbours, docs/."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def shown(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


# --- what is generated -----------------------------------------------------------------------------------------------


def output(arguments: str) -> str:
    """What a command prints, at 80 columns, run from the top of the repository."""
    environment = {**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    found = subprocess.run(
        [sys.executable, "-m", *arguments.split()],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert found.returncode in (0, 1) and "Traceback" not in found.stderr, found.stderr
    return _BARE_ARGUMENT.sub("", found.stdout)


def content(what: str) -> str:
    """The body of a generated block: a command line, or a table of problem codes."""
    if what in CODE_TABLES:
        rows = [f"| `{code}` | {meaning} |" for code, meaning in CODE_TABLES[what].items()]
        return "\n".join(["", "| code (mã) | meaning (nghĩa) |", "|---|---|", *rows, "", ""])
    return f"```text\n$ {what}\n{output(what).rstrip()}\n```\n"


def regenerated(text: str) -> str:
    return _GENERATED.sub(lambda match: match[1] + content(match["what"]) + match["end"], text)


def first_example() -> dict[str, str]:
    """The files of the first example of the language's page."""
    with tempfile.TemporaryDirectory() as folder:
        example = page_examples(DOCS / "criteria-language.md", Path(folder))[0]
        assert example.table is not None
        return {
            "criteria.yaml": example.criteria.read_text(encoding="utf-8"),
            "table.csv": example.table.read_text(encoding="utf-8"),
        }


def write() -> None:
    """Bring everything generated up to date."""
    for name, text in first_example().items():
        EXAMPLE[name].write_text(text, encoding="utf-8")
    for page in pages():
        old = page.read_text(encoding="utf-8")
        new = regenerated(played(old) if shows_a_round(old) else old)
        if new != old:
            page.write_text(new, encoding="utf-8")
            print(f"written: {shown(page)}")


def blocks() -> list[tuple[str, str, str]]:
    return [
        (shown(page), match["what"], match["body"])
        for page in pages()
        for match in _GENERATED.finditer(page.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("page", "what", "body"), blocks(), ids=lambda value: value if len(value) < 70 else "")
def test_generated_block_is_up_to_date(page: str, what: str, body: str) -> None:
    assert body == content(what), f"{page}: run python -m tests.test_documentation --write"


@pytest.mark.parametrize(
    "page", [page for page in pages() if shows_a_round(page.read_text(encoding="utf-8"))], ids=shown
)
def test_page_shows_a_round_as_it_goes(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text == played(text), f"{shown(page)}: run python -m tests.test_documentation --write"


def test_example_files_are_the_first_example_of_the_language() -> None:
    assert {name: path.read_text(encoding="utf-8") for name, path in EXAMPLE.items()} == first_example()


# --- commands --------------------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups included."""

    def visit(name: str, command: click.Command, above: click.Context | None) -> Iterator[tuple[str, click.Command]]:
        yield name, command
        if isinstance(command, click.Group):
            context = click.Context(command, above, info_name=name)
            for child in command.list_commands(context):
                found = command.get_command(context, child)
                assert found is not None
                yield from visit(f"{name} {child}", found, context)

    return visit("thidua", application, None)


def parameters(command: click.Command) -> list[str]:
    """Options and arguments as they are written in a call."""
    return [
        p.opts[0] if isinstance(p, click.Option) else p.make_metavar(click.Context(command)) for p in command.params
    ]


def section(name: str) -> str:
    """The part of the command reference under the heading of a command."""
    text = COMMANDS_PAGE.read_text(encoding="utf-8")
    match = re.search(
        rf"^#+ `{re.escape(name)}`\n(.*?)(?=^#+ |\Z)",
        _FENCE.sub(lambda m: m[0].replace("\n#", "\n "), text),
        re.MULTILINE | re.DOTALL,
    )
    assert match is not None, f"docs/commands.md has no heading `{name}`"
    return match[1]


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_command_is_documented_with_its_help(name: str) -> None:
    assert f"<!-- generated: {name} --help -->" in section(name)


@pytest.mark.parametrize(
    ("name", "parameter"), [(name, written) for name, command in commands() for written in parameters(command)]
)
def test_parameter_is_documented_in_words(name: str, parameter: str) -> None:
    words = _GENERATED.sub("", section(name))
    assert re.search(rf"^\| `{re.escape(parameter)}[` ]", words, re.MULTILINE), (
        f"docs/commands.md does not explain {parameter} of {name}"
    )


# --- problems --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", sorted((DOCS / "vi").glob("*.md")), ids=lambda page: page.stem)
def test_officers_pages_name_only_real_codes(page: Path) -> None:
    """A table of codes has "mã lỗi" above its first column."""
    text = page.read_text(encoding="utf-8")
    tables = re.findall(r"^\| mã lỗi \|.*\n\|[-|]+\|\n((?:\|.*\n)*)", text, re.MULTILINE)
    first_cells = [row.split("|")[1] for table in tables for row in table.splitlines()]
    named = [code for cell in first_cells for code in re.findall(r"`([^`]+)`", cell)]
    assert set(named) <= {*CODES, *ROUND_CODES}
    assert named or page.stem in PAGES_WITHOUT_CODES


def test_no_code_stands_in_both_tables() -> None:
    assert set(CODES) & set(ROUND_CODES) == set()


def codes_given(call: ast.Call) -> list[str]:
    """The codes a call that reports a finding gives, as far as they are written out in it."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in CODE_ARGUMENT:
        return []
    place = CODE_ARGUMENT[name]
    if call.args and isinstance(call.args[0], ast.Starred):
        place = 1  # sheet, row and column came as one
    given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
    given += call.args[place : place + 1]
    given = [
        branch
        for value in given
        for branch in ((value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,))
    ]
    return [
        value.value
        for value in given
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value
    ]


@pytest.mark.parametrize("floor", FLOORS)
def test_every_code_that_is_given_stands_in_a_table(floor: str) -> None:
    """The floors of the round may give the codes of both tables, those below only their own."""
    known = set(CODES) if floor in ("criteria", "scoring") else {*CODES, *ROUND_CODES}
    unknown = [
        f"{file.relative_to(ROOT).as_posix()}:{call.lineno} {code}"
        for file in sorted((ROOT / floor).rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        for code in codes_given(call)
        if code not in known
    ]
    assert unknown == []


def test_every_code_of_a_round_is_given_somewhere() -> None:
    texts = {
        node.value
        for floor in FLOORS
        for file in (ROOT / floor).rglob("*.py")
        if file != ROOT / "records" / "codes.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [code for code in ROUND_CODES if code not in texts] == []


# --- links -----------------------------------------------------------------------------------------------------------


def anchor(heading: str) -> str:
    """The fragment that a heading gets when it is shown as a page."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def links(page: Path) -> list[tuple[Path, str]]:
    """Relative links of a page: the file, and the fragment or ""."""
    found = []
    for link in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        if not re.match(r"[a-z]+:", link):
            target, _, fragment = link.partition("#")
            found.append(((page.parent / target).resolve() if target else page, fragment))
    return found


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_relative_links_resolve(page: Path) -> None:
    for target, fragment in links(page):
        assert target.exists(), f"{shown(page)}: no {target}"
        if fragment:
            headings = {
                anchor(heading) for heading in _HEADING.findall(_FENCE.sub("", target.read_text(encoding="utf-8")))
            }
            assert fragment in headings, f"{shown(page)}: no heading #{fragment} in {shown(target)}"


def test_every_file_of_docs_is_linked() -> None:
    linked = {target for page in pages() for target, _ in links(page)}
    assert [shown(file) for file in sorted(DOCS.rglob("*")) if file.is_file() and file not in linked] == []


# --- names of the code ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_named_files_and_functions_exist(page: Path) -> None:
    names = re.findall(r"`([^`\n]+)`", _FENCE.sub("", page.read_text(encoding="utf-8")))
    files = {
        file.relative_to(ROOT).as_posix()
        for folder in (*FLOORS, *NOT_PRODUCT)
        for file in (ROOT / folder).rglob("*.py")
    }
    missing = [
        name
        for name in names
        if re.fullmatch(r"[\w/]+\.py", name) and not any(f"/{file}".endswith(f"/{name}") for file in files)
    ]
    dotted = [
        name.partition("(")[0] for name in names if re.match(rf"(?:{'|'.join(FLOORS)})\.\w+(?:\.\w+)*(?:\(|$)", name)
    ]
    missing += [name for name in dotted if not name.endswith((".py", ".json", ".yaml")) and not resolves(name)]
    assert missing == []


def resolves(dotted: str) -> bool:
    """A package, module, class, function or method of this name exists."""
    try:
        resolve_name(dotted)
    except (ImportError, AttributeError):
        return False
    return True


# --- Python examples -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", [page for page in pages() if "```python\n>>> " in page.read_text(encoding="utf-8")], ids=shown
)
def test_python_examples_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = page.read_text(encoding="utf-8")
    examples = []
    for match in re.finditer(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        line = text[: match.start(1)].count("\n")
        for example in doctest.DocTestParser().get_examples(match[1], shown(page)):
            example.lineno += line
            examples.append(example)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    test = doctest.DocTest(examples, {}, shown(page), str(page), 0, text)
    failures: list[str] = []
    runner.run(test, out=failures.append)
    assert examples and not failures, "".join(failures)


if __name__ == "__main__" and sys.argv[1:] == ["--write"]:
    write()
