"""The register of models: what it says of each, one number for each, whatever number of files name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from records.ledger.entries import Facts, gather
from records.rounds import Window
from records.workspace.folder import Workspace

SUBJECT = "model"
KINDS = {
    "mo-hinh": "mô hình",
    "cach-lam-hay": "cách làm hay",
    "guong-tap-the": "gương điển hình tập thể",
    "guong-ca-nhan": "gương điển hình cá nhân",
}
PERSON_KIND = "guong-ca-nhan"
# What is told of a person stands outside the hashes of the ledger, under the person's id (records.persons.fields).
TOLD_OF_PERSON = {"summary": "person_summary", "result": "person_result"}


@dataclass(frozen=True)
class Model:
    """number: 1, 2, 3 … in the order of entering. unit: a body of the roster. person: id in the roster, of a person's example only.
    name: "" then. tags: of the movement. since: when it began. public: whether its unit agrees that it is made known."""

    number: int
    unit: str
    kind: str
    name: str
    tags: tuple[str, ...]
    summary: str
    result: str
    document: str
    document_day: date
    issuer: str
    since: date
    public: bool
    person: str = ""

    @property
    def kind_words(self) -> str:
        return KINDS[self.kind]

    @property
    def introduced_by(self) -> str:
        """Số 12/BC-UBND ngày 05/12/2026 của UBND xã"""
        return f"Số {self.document} ngày {self.document_day:%d/%m/%Y} của {self.issuer}"


def models(workspace: Workspace, window: Window | None = None) -> list[Model]:
    """Every model, or those that a document of these days introduced; in the order of entering."""
    found = []
    for subject, facts in gather(workspace.database.entries(SUBJECT)).items():
        one = _model(subject, facts)
        if one is not None and (window is None or window.first <= one.document_day <= window.last):
            found.append(one)
    return sorted(found, key=lambda one: one.number)


def _model(subject: str, facts: Facts) -> Model | None:
    number = subject.partition(":")[2]
    day, since = facts.day("document_day"), facts.day("since")
    if not number.isdecimal() or day is None or since is None or facts.value("kind") not in KINDS:
        return None
    personal = facts.value("kind") == PERSON_KIND
    told = {name: facts.value(TOLD_OF_PERSON[name] if personal else name) for name in TOLD_OF_PERSON}
    return Model(
        int(number),
        facts.value("unit"),
        facts.value("kind"),
        facts.value("name"),
        tuple(tag for tag in facts.value("tags").split(";") if tag),
        told["summary"],
        told["result"],
        facts.value("document"),
        day,
        facts.value("issuer"),
        since,
        facts.value("public") == "1",
        facts.value("person"),
    )
