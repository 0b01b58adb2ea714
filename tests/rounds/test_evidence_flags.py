"""What verifiers are told about evidence: every kind of flag, and when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from records.evidence.flags import FLAGS, flags_for, flags_of
from records.evidence.publishing import public_items
from records.evidence.register import Handed, Item, Register, items_of, load_register
from records.evidence.sameness import issuer_key, number_key
from records.forms.answers import Answers, EvidenceItem
from records.roster.roster import load_roster
from records.rounds import load_rounds, open_round
from records.workspace.folder import Workspace
from tests.rounds.evidence_support import SHA, day, document, enter_units, hand_in
from tests.rounds.support import enter_body, new_workspace


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    workspace = new_workspace(tmp_path / "kỳ")
    enter_units(workspace, "X1", "X2", "X3")
    home = workspace.received("2026") / "minh-chung"
    home.mkdir(parents=True)
    for number in range(10):
        (home / f"{sha(number)}.pdf").write_bytes(b"%PDF")
    return workspace


def sha(number: int) -> str:
    return f"{number:x}" * 64


def kept(criterion: str, file: int, **told: str | bool) -> EvidenceItem:
    """A document with a file of its own."""
    said = {"number": f"{file}/QĐ", "file": "a.pdf", "sha256": sha(file), **told}
    return document(criterion, **said)  # type: ignore[arg-type]


def flagged(workspace: Workspace, period: str = "2026") -> list[tuple[str, str, str, str]]:
    """(candidate, criterion, code, sentence), in order."""
    found = flags_for(workspace, load_rounds(workspace)[period])
    return [(who, node, flag.code, flag.text) for (who, node), flags in found.items() for flag in flags]


def codes(workspace: Workspace) -> list[tuple[str, str]]:
    return [(node, code) for _, node, code, _ in flagged(workspace)]


def test_evidence_without_faults_has_no_flag(here: Workspace) -> None:
    hand_in(here, "X1", [kept("A5.1", 1), kept("A5.2", 2, kind="quyet-dinh")])
    assert [code for _, code in codes(here)] == []


def test_a_kind_that_the_criterion_does_not_ask_for(here: Workspace) -> None:
    hand_in(here, "X1", [kept("A5.1", 1, kind="hop-dong")])
    assert flagged(here) == [
        (
            "X1",
            "A5.1",
            "kind-unasked",
            "Văn bản số 1/QĐ ngày 02/03/2026 là loại “Hợp đồng, thỏa thuận”; tiêu chí yêu cầu "
            "“Văn bản đã ban hành (số, ngày, người ký, trích yếu)”.",
        )
    ]


def test_old_answers_have_no_kind(here: Workspace) -> None:
    stored = {"criterion": "A5.1", "number": "1/QĐ", "date": "2026-03-02", "issuer": "Sở", "summary": "Về"}
    read = Answers.of_dict({**Answers().as_dict(), "evidence": [stored]})
    assert read.evidence[0].kind == ""
    hand_in(here, "X1", [kept("A5.1", 1, kind="")])
    assert codes(here) == [("A5.1", "kind-unclear")]


def test_a_required_kind_that_nobody_handed_in(here: Workspace) -> None:
    """Of criteria with a figure; A2.1 wants a proposal and a document, one of them is there."""
    issued = kept("A2.1", 1, issuer="Ủy ban nhân dân tỉnh")
    hand_in(here, "X1", [issued], {"docs_due": "4", "docs_on_time": "3"})
    assert flagged(here) == [
        (
            "X1",
            "A2.1",
            "kind-missing",
            "Tiêu chí A2.1 cần “Tờ trình” (loại “Tờ trình, văn bản tham mưu”), chưa thấy nộp.",
        )
    ]
    hand_in(here, "X1", [], {}, version=2)
    assert flagged(here) == []
    hand_in(here, "X1", [], {"docs_due": "4", "docs_on_time": "3"}, {"A2.1": "Không được giao"}, version=3)
    assert flagged(here) == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Ủy ban nhân dân tỉnh", ""),
        ("UBND tỉnh", ""),
        ("Uỷ ban nhân dân tỉnh Thái Bình", ""),
        ("Ủy ban nhân dân xã", "issuer-unclear"),
        ("Bộ Tài chính", "issuer-unclear"),  # the roster does not know whom the criterion means
    ],
)
def test_the_issuer_is_held_against_the_criterion(here: Workspace, written: str, code: str) -> None:
    hand_in(here, "X1", [kept("A2.1", 1, issuer=written), kept("A2.1", 2, kind="to-trinh")])
    assert [found for _, found in codes(here)] == ([code] if code else [])


def test_two_bodies_of_the_roster_are_certainly_different(here: Workspace) -> None:
    enter_body(here, "U1", name="Ủy ban nhân dân tỉnh", kind="cơ quan nhà nước")
    hand_in(here, "X1", [kept("A2.1", 1, issuer="Sở X2"), kept("A2.1", 2, kind="to-trinh")])
    assert flagged(here) == [
        (
            "X1",
            "A2.1",
            "issuer-differs",
            "Văn bản số 1/QĐ ngày 02/03/2026 do “Sở X2” ban hành; tiêu chí yêu cầu “Ủy ban nhân dân tỉnh”.",
        )
    ]


def test_days_outside_the_round_and_after_the_form(here: Workspace) -> None:
    dated = [kept("A5.1", 1, date="2025-12-31"), kept("A5.1", 2, date="2026-01-01"), kept("A5.1", 3, date="2026-11-21")]
    hand_in(here, "X1", dated)
    assert [(code, text) for _, _, code, text in flagged(here)] == [
        ("date-outside", "Văn bản số 1/QĐ ngày 31/12/2025 ngoài kỳ 01/01/2026 - 31/12/2026."),
        ("date-after-form", "Văn bản số 3/QĐ ngày 21/11/2026 sau ngày văn bản gửi biểu 20/11/2026."),
    ]


def test_files_that_are_not_there(here: Workspace) -> None:
    """A restricted document has none and is not asked for one."""
    lost = kept("A5.1", 2, sha256=SHA)
    hand_in(here, "X1", [document("A5.1", "1/QĐ"), lost, document("A5.1", "3/QĐ", restricted=True)])
    assert [(code, text) for _, _, code, text in flagged(here)] == [
        ("file-missing", "Văn bản số 1/QĐ ngày 02/03/2026 không kèm tệp."),
        ("file-missing", "Văn bản số 2/QĐ ngày 02/03/2026: tệp “a.pdf” không còn trong nơi lưu."),
    ]


def test_one_document_for_two_units_is_told_to_both(here: Workspace) -> None:
    """R157."""
    hand_in(here, "X1", [kept("A5.1", 1, number="97/QĐ-UBND")])
    hand_in(here, "X2", [kept("A5.2", 2, kind="quyet-dinh", number="Số 97/qđ - ubnd", issuer="Sở Y Tế")])
    assert flagged(here) == [
        (
            "X1",
            "A5.1",
            "used-by-others",
            "Văn bản số 97/QĐ-UBND ngày 02/03/2026 nêu cho tiêu chí A5.1 của X1 Sở X1; "
            "văn bản này cũng dùng ở: X2 Sở X2, tiêu chí A5.2.",
        ),
        (
            "X2",
            "A5.2",
            "used-by-others",
            "Văn bản số 97/qđ - ubnd ngày 02/03/2026 nêu cho tiêu chí A5.2 của X2 Sở X2; "
            "văn bản này cũng dùng ở: X1 Sở X1, tiêu chí A5.1.",
        ),
    ]


def test_one_file_under_two_numbers(here: Workspace) -> None:
    hand_in(here, "X1", [kept("A5.1", 1), kept("A5.2", 1, kind="quyet-dinh", number="2/BC")])
    first, second = flagged(here)
    assert first[2:] == (
        "used-twice",
        "Văn bản số 1/QĐ ngày 02/03/2026 nêu cho tiêu chí A5.1 của X1 Sở X1; tệp này cũng dùng ở: tiêu chí A5.2 "
        "(văn bản số 2/BC ngày 02/03/2026).",
    )
    assert second[1:3] == ("A5.2", "used-twice")


def test_criteria_that_share_documents(here: Workspace) -> None:
    """A1.1 to A1.3 read the same products; one of them shared with another part is told."""
    rows = "so-nhiem-vu"
    same = [kept("A1.1", 1, kind=rows), kept("A1.2", 1, kind=rows)]
    hand_in(here, "X1", same)
    assert flagged(here) == []
    hand_in(here, "X1", [*same, kept("A5.1", 1)], version=2)
    assert [(node, code) for _, node, code, _ in flagged(here)] == [
        ("A1.1", "used-twice"),
        ("A1.2", "used-twice"),
        ("A5.1", "used-twice"),
    ]
    assert "tiêu chí A1.1; tiêu chí A1.2." in flagged(here)[2][3]


def test_the_same_document_a_year_later(here: Workspace) -> None:
    open_round(here, "2025", day("2025-11-01"))
    open_round(here, "2026-q1", day("2026-04-01"))
    for period in ("2025", "2026-q1"):  # the quarter is part of the year: its evidence is the year's
        hand_in(here, "X2", [kept("A5.1", 1)], period=period, letter_date="")
    hand_in(here, "X1", [kept("A5.1", 1)])
    assert [(who, code, text.partition("cũng dùng ở: ")[2]) for who, _, code, text in flagged(here)] == [
        ("X1", "used-before", "kỳ 2025, X2 Sở X2, tiêu chí A5.1.")
    ]


def test_only_what_is_in_force_counts(here: Workspace) -> None:
    hand_in(here, "X1", [kept("A5.1", 1)])
    hand_in(here, "X2", [kept("A5.1", 1)])
    hand_in(here, "X2", [kept("A5.1", 2)], version=2)
    assert flagged(here) == []
    assert [(item.candidate, item.number, item.submission) for item in items_of(here, "2026")] == [
        ("X1", "1/QĐ", 1),
        ("X2", "2/QĐ", 3),
    ]


def test_ten_thousand_uses_of_one_document(here: Workspace) -> None:
    round_ = load_rounds(here)["2026"]
    handed = {}
    for number in range(1, 1001):
        items = tuple(
            Item("2026", f"X{number}", "A5.1", "van-ban", "1/QĐ", day("2026-03-02"), "Sở", "Về") for _ in range(10)
        )
        handed[f"X{number}"] = Handed(Answers(), None, None, items)
    found = flags_of(here, Register(round_, load_roster(here), handed))
    assert len(found) == 1000 and all(len(flags) == 30 for flags in found.values())
    assert {(flag.code, flag.count) for flags in found.values() for flag in flags} == {
        ("file-missing", 0),
        ("used-twice", 9),
        ("used-by-others", 9990),
    }
    assert found["X7", "A5.1"][-1].text.endswith("và 9987 nơi khác.")


def test_published_evidence_has_no_restricted_document_and_no_file(here: Workspace) -> None:
    hand_in(here, "X1", [kept("A5.1", 1), document("A5.1", "9/M", restricted=True, summary="")])
    (shown,) = public_items(load_register(here, load_rounds(here)["2026"]).items)
    assert (shown.number, shown.date, shown.issuer, shown.summary) == (
        "1/QĐ",
        day("2026-03-02"),
        "Sở Y tế",
        "Về việc thử",
    )
    assert not {"file", "sha256", "restricted"} & set(vars(shown))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("15/QĐ-SNV", "Số 15/qđ – snv", True),
        ("15/QĐ-SNV", "số:１５/QĐ-SNV", True),
        ("15/QÐ-SNV", "15/QĐ-SNV", True),  # the Icelandic letter that old typewriting leaves
        ("15/QĐ-SNV", "15/QD-SNV", False),
        ("15/QĐ-SNV", "150/QĐ-SNV", False),
        ("Sốt 1", "t 1", False),
    ],
)
def test_numbers_of_documents(one: str, other: str, same: bool) -> None:
    assert (number_key(one) == number_key(other)) is same


def test_issuers_without_their_province() -> None:
    assert issuer_key("Sở Nội vụ tỉnh Hoa Sen", ["Hoa Sen"]) == issuer_key("sở nội vụ", ["Hoa Sen"])
    assert issuer_key("Sở Nội vụ", []) != issuer_key("Sở Tài chính", [])


def test_every_flag_is_shown_above() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in FLAGS if f'"{code}"' not in text] == []
