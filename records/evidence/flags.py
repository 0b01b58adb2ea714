"""What a verifier should look at in the evidence. A flag refuses nothing: it says what was found, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Evidence
from records.evidence.issuers import UNCLEAR, Issuers
from records.evidence.kinds import EvidenceKinds, asked_of, evidence_kinds
from records.evidence.register import Handed, Item, Register, load_register
from records.evidence.sameness import BOTH, DOCUMENT, FILE, Sameness, apart, number_key, shown_number
from records.forms.collecting.incoming import EVIDENCE_FOLDER
from records.forms.layout import Layout
from records.rounds import Round
from records.workspace.folder import Workspace

FLAGS = {
    "kind-missing": "thiếu loại minh chứng bắt buộc",
    "kind-unclear": "chưa ghi loại minh chứng",
    "kind-unasked": "loại minh chứng tiêu chí không yêu cầu",
    "issuer-differs": "cơ quan ban hành khác yêu cầu",
    "issuer-unclear": "cơ quan ban hành chưa chắc đúng yêu cầu",
    "date-outside": "ngày văn bản ngoài kỳ",
    "date-after-form": "ngày văn bản sau ngày gửi biểu",
    "file-missing": "không có tệp",
    "used-twice": "một minh chứng dùng cho nhiều tiêu chí",
    "used-by-others": "một minh chứng dùng cho nhiều đối tượng",
    "used-before": "minh chứng đã dùng ở kỳ trước",
}
SHOWN_PLACES = 3  # other places that a sentence names; how many there are is said


@dataclass(frozen=True)
class Flag:
    """code: a key of FLAGS. item: None when something is missing. others: the first places that use the same, count: how many do."""

    code: str
    candidate: str
    criterion: str
    text: str
    item: Item | None = None
    others: tuple[Item, ...] = ()
    count: int = 0


Flags = dict[tuple[str, str], list[Flag]]


def flags_for(workspace: Workspace, round_: Round) -> Flags:
    """Every flag of a round, by candidate and criterion: candidates in natural order, criteria as in the set."""
    return flags_of(workspace, load_register(workspace, round_))


def flags_of(workspace: Workspace, register: Register) -> Flags:
    """The same for a register that is at hand."""
    maker = _Maker(workspace, register)
    found: Flags = {}
    for candidate, handed in register.handed.items():
        for flag in sorted(maker.flags(candidate, handed), key=maker.order):
            found.setdefault((candidate, flag.criterion), []).append(flag)
    return found


class _Maker:
    def __init__(self, workspace: Workspace, register: Register) -> None:
        self.workspace, self.register, self.window = workspace, register, register.round.window
        sets = {h.criteria.id: h.criteria for h in register.handed.values() if h.criteria is not None}
        self.layouts = {name: Layout(one, tuple(workspace.movement.registers)) for name, one in sets.items()}
        self.kinds: EvidenceKinds = evidence_kinds(workspace.movement, sets.values())
        self.issuers = Issuers(register.roster, workspace.movement, self.window)
        everything = chain(register.items, register.earlier)
        self.same = Sameness(self.window.period, everything, self.issuers.key)
        home = workspace.received(self.window.period) / EVIDENCE_FOLDER
        self.files = {path.stem for path in home.iterdir()} if home.is_dir() else set()
        self.codes = {code: place for place, code in enumerate(FLAGS)}

    def order(self, flag: Flag) -> tuple[int, int]:
        """Criteria as in the set, then flags by code; those of one code stay as the form has them."""
        handed = self.register.handed[flag.candidate]
        known = self.layouts[handed.criteria.id].criterion_ids if handed.criteria is not None else []
        place = known.index(flag.criterion) if flag.criterion in known else len(known)
        return place, self.codes[flag.code]

    def flags(self, candidate: str, handed: Handed) -> Iterator[Flag]:
        sharing: Mapping[str, str] = handed.criteria.sharing if handed.criteria is not None else {}
        if handed.criteria is not None:
            yield from self._missing(candidate, handed, handed.criteria, sharing)
        for item in handed.items:
            asked = asked_of(handed.criteria, item.criterion) if handed.criteria is not None else ()
            yield from self._kind_and_issuer(item, asked)
            yield from self._date_and_file(item, handed)
            yield from self._used_again(item, sharing)

    # --- what a criterion asks for -----------------------------------------------------------------------------

    def _missing(
        self, candidate: str, handed: Handed, criteria: CriteriaSet, sharing: Mapping[str, str]
    ) -> Iterator[Flag]:
        """Required kinds that nobody handed in, of criteria for which the unit has given a figure."""
        given = given_criteria(self.layouts[criteria.id], handed)
        for criterion in self.layouts[criteria.id].criterion_ids:
            if criterion not in given:
                continue
            part = sharing.get(criterion)
            here = {
                item.kind
                for item in handed.items
                if item.criterion == criterion or (part is not None and sharing.get(item.criterion) == part)
            }
            for asked in asked_of(criteria, criterion):
                if asked.required and asked.kind not in here:
                    label = " ".join((asked.label or "").split())
                    said = f"“{label}” (loại “{self.kinds.name(asked.kind)}”)" if label else self._quoted(asked.kind)
                    yield Flag("kind-missing", candidate, criterion, f"Tiêu chí {criterion} cần {said}, chưa thấy nộp.")

    def _kind_and_issuer(self, item: Item, asked: tuple[Evidence, ...]) -> Iterator[Flag]:
        if asked and not item.kind:
            wanted = self.kinds.list_of(one.kind for one in asked)
            yield self._flag("kind-unclear", item, f"{_document(item)} chưa ghi loại; tiêu chí yêu cầu {wanted}.")
            return
        matching = [one for one in asked if one.kind == item.kind]
        if asked and not matching:
            wanted = self.kinds.list_of(one.kind for one in asked)
            said = f"{_document(item)} là loại {self._quoted(item.kind)}; tiêu chí yêu cầu {wanted}."
            yield self._flag("kind-unasked", item, said)
        wanted_issuers = [one.issuer for one in matching]
        if not matching or None in wanted_issuers or not item.issuer:
            return
        compared = [self.issuers.compare(item.issuer, name) for name in wanted_issuers if name is not None]
        if all(compared):
            code = UNCLEAR if UNCLEAR in compared else compared[0]
            names = " hoặc ".join(f"“{name}”" for name in dict.fromkeys(wanted_issuers))
            said = f"{_document(item)} do “{item.issuer}” ban hành; tiêu chí yêu cầu {names}"
            yield self._flag(code, item, said + (": chưa chắc là một." if code == UNCLEAR else "."))

    def _date_and_file(self, item: Item, handed: Handed) -> Iterator[Flag]:
        if item.date is not None and not self.window.first <= item.date <= self.window.last:
            said = f"{_document(item)} ngoài kỳ {self.window.first:%d/%m/%Y} - {self.window.last:%d/%m/%Y}."
            yield self._flag("date-outside", item, said)
        letter = handed.letter_date if item.submission else None  # an explanation comes after the form
        if item.date is not None and letter is not None and item.date > letter:
            said = f"{_document(item)} sau ngày văn bản gửi biểu {letter:%d/%m/%Y}."
            yield self._flag("date-after-form", item, said)
        if item.restricted:
            return
        if not item.file:
            yield self._flag("file-missing", item, f"{_document(item)} không kèm tệp.")
        elif item.sha256 not in self.files:
            yield self._flag("file-missing", item, f"{_document(item)}: tệp “{item.file}” không còn trong nơi lưu.")

    # --- what is used again ------------------------------------------------------------------------------------

    def _used_again(self, item: Item, sharing: Mapping[str, str]) -> Iterator[Flag]:
        for what, group in self.same.of(item):
            own = apart(item, group.own.get(item.candidate, ()), sharing)
            if own:
                yield self._used("used-twice", item, what, own[:SHOWN_PLACES], len(own))
            many = group.how_many_others(item)
            if many:
                first = list(islice(group.others(item), SHOWN_PLACES))
                yield self._used("used-by-others", item, what, first, many)
            if group.before:
                yield self._used("used-before", item, what, group.before[:SHOWN_PLACES], len(group.before))

    def _used(self, code: str, item: Item, what: str, others: list[Item], count: int) -> Flag:
        places = "; ".join(self._place(other, item) for other in others)
        more = f" và {count - len(others)} nơi khác" if count > len(others) else ""
        same = {FILE: "tệp này", DOCUMENT: "văn bản này", BOTH: "văn bản và tệp này"}[what]
        name = self.register.name(item.candidate)
        here = f"nêu cho tiêu chí {item.criterion} của {item.candidate}{f' {name}' if name else ''}"
        said = f"{_document(item)} {here}; {same} cũng dùng ở: {places}{more}."
        return Flag(code, item.candidate, item.criterion, said, item, tuple(others), count)

    def _place(self, other: Item, item: Item) -> str:
        if other.candidate == item.candidate and other.period == item.period:
            who = f"tiêu chí {other.criterion}"
        else:
            name = self.register.name(other.candidate)
            who = f"{other.candidate}{f' {name}' if name else ''}, tiêu chí {other.criterion}"
        alike = (number_key(other.number), other.date) == (number_key(item.number), item.date)
        named = "" if alike else f" (văn bản{_document(other).removeprefix('Văn bản')})"
        return f"{f'kỳ {other.period}, ' if other.period != item.period else ''}{who}{named}"

    def _flag(self, code: str, item: Item, said: str) -> Flag:
        return Flag(code, item.candidate, item.criterion, said, item)

    def _quoted(self, kind: str) -> str:
        return f"“{self.kinds.name(kind)}”"


def given_criteria(layout: Layout, handed: Handed) -> set[str]:
    """Criteria for which a unit has handed in a figure, a mark or a row, and that it does not claim not to apply.

    What comes from the task register, an index or a milestone was entered with its own document.
    """
    answers = handed.answers
    found = {
        node.id
        for node in layout.criteria.leaves()
        if any(answers.items.get(name) for name in layout.tables_read(node))
    }
    for line in layout.lines:
        kind, _, name = line.key.partition(":")
        if line.kind in ("figure", "repeated", "judged"):
            given = answers.judged if kind == "judged" else answers.values
            if given.get(name):
                found.add(line.node)
    return found - set(answers.claims)


def _document(item: Item) -> str:
    day = f" ngày {item.date:%d/%m/%Y}" if item.date is not None else ""
    return f"Văn bản {f'số {shown_number(item.number)}' if item.number else 'không số'}{day}"
