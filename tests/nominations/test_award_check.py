"""What `thidua check` finds in an award file: every code reached by a change of the catalogue's file, at its line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from criteria.movements.reading import kind_of, set_files
from criteria.problems import CODES, Problem, errors
from nominations.awards.reading import AWARDS, read_awards
from nominations.awards.schema import schema
from records.codes import ROUND_CODES
from tests.nominations.support import MOVEMENT, SECOND
from tests.support.command import thidua


def changed(folder: Path, *changes: tuple[str, str], documents: tuple[str, str] | None = None) -> list[Problem]:
    """Findings of the catalogue's file with texts replaced (once each)."""
    movement = folder / "phong-trao"
    shutil.copytree(MOVEMENT, movement, ignore=shutil.ignore_patterns("mau"))
    for name, told in ((AWARDS, changes), ("documents.yaml", (documents,) if documents else ())):
        text = (movement / name).read_text(encoding="utf-8")
        for old, new in told:
            assert old in text, old
            text = text.replace(old, new, 1)
        (movement / name).write_text(text, encoding="utf-8")
    return read_awards(movement / AWARDS)[1]


def found(problems: list[Problem], code: str) -> list[str]:
    return [one.message for one in problems if one.code == code]


def test_the_catalogue_has_no_error_and_says_what_is_unsure() -> None:
    file, problems = read_awards(MOVEMENT / AWARDS)
    assert file is not None and errors(problems) == []
    assert {one.code for one in problems} == {"basis-unsure"}
    texts = found(problems, "basis-unsure")
    assert any("Luật Thi đua, khen thưởng số 06/2022/QH15" in one and "căn cứ chưa xác minh" in one for one in texts)
    assert any("152/2025/NĐ-CP" in one and "hết hiệu lực từ sau ngày 28/02/2027" in one for one in texts)
    assert [one for one in texts if "[S]" in one or "[M]" in one or "[?]" in one] == texts_with_marks(texts)
    assert not any(
        "mức lương cơ sở từ ngày 01/7/2024" in one for one in texts
    )  # the salary before the present one has to be past


def texts_with_marks(texts: list[str]) -> list[str]:
    told = [one for one in texts if " căn cứ chưa xác minh [" in one]
    assert len(told) == 3  # S, M, ?
    return told


def test_the_second_movement() -> None:
    file, problems = read_awards(SECOND / AWARDS)
    assert file is not None and errors(problems) == []


# Each: (code, words of the message, what is replaced by what …).
BROKEN: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("duplicate-id", "Mã “luat-5-2-c” dùng hai lần trong facts", [("{id: luat-5-2-a,", "{id: luat-5-2-c,")]),
    ("duplicate-id", "Mã “ca-nhan” dùng hai lần trong subjects", [("- id: doanh-nhan\n", "- id: ca-nhan\n")]),
    ("duplicate-id", "Mã “hcld-ba” dùng hai lần trong awards", [("- id: hcld-nhi", "- id: hcld-ba")]),
    ("duplicate-id", "Mã “cong-khai” dùng hai lần trong steps", [("{id: tham-dinh,", "{id: cong-khai,")]),
    ("duplicate-id", "Mã “danh-sach” dùng hai lần trong papers", [("{id: to-trinh, name", "{id: danh-sach, name")]),
    ("duplicate-id", "Mã “bhxh” dùng hai lần trong confirmations", [("{id: thue,", "{id: bhxh,")]),
    ("duplicate-id", "Mã “chinh-phu” dùng hai lần trong authorities", [("- id: thu-tuong\n", "- id: chinh-phu\n")]),
    (
        "duplicate-id",
        "Nhóm “a” thuộc hai đối tượng: “tap-the” và “doanh-nghiep”",
        [("groups: [đ]\n    prefer", "groups: [a, đ]\n    prefer")],
    ),
    (
        "duplicate-id",
        "Tiểu nhóm “doanh nhân” thuộc hai đối tượng",
        [('sub_types: ["trí thức",', 'sub_types: ["doanh nhân",')],
    ),
    ("unknown-basis", "Văn bản “luat-2022” không được khai báo", [("basis: luat-06-2022", "basis: luat-2022")]),
    ("unknown-basis", "Văn bản “luat-2027” không được khai báo", [("cited: [luat-06-2022,", "cited: [luat-2027,")]),
    (
        "unknown-basis",
        "Văn bản “moi” không được khai báo",
        [
            (
                "article: 5, clause: 2, point: a, mark: V",
                "compared: [{on: 2026-11-01, by: A, text: moi, finding: unchanged}], article: 5, clause: 2, point: a, mark: V",
            )
        ],
    ),
    (
        "unknown-name",
        "Căn cứ “luat-44-1-b” không được khai báo",
        [("least_years: 5, facts: [luat-44-1-a]", "least_years: 5, facts: [luat-44-1-b]")],
    ),
    (
        "unknown-name",
        "Căn cứ “luat-7” không được khai báo",
        [("authority_facts: [luat-77, luat-83-2]", "authority_facts: [luat-7]")],
    ),
    ("unknown-name", "Căn cứ “luat-5” không được khai báo", [("E4: [luat-5-2-c,", "E4: [luat-5,")]),
    ("unknown-name", "Mục kiểm tra “E14” không được khai báo", [("E13: [bn-5-1-a]", "E14: [bn-5-1-a]")]),
    (
        "unknown-name",
        "Đối tượng “tap-thể” không được khai báo",
        [("subjects: [tap-the], occasions", 'subjects: ["tap-thể"], occasions')],
    ),
    ("unknown-name", "Đối tượng “ho” không được khai báo", [("{tap-the: 18,", "{ho: 18,")]),
    (
        "unknown-name",
        "Đối tượng “dn” không được khai báo",
        [("subjects: [doanh-nghiep], facts: [bn-10-2-d]", "subjects: [dn], facts: [bn-10-2-d]")],
    ),
    (
        "unknown-name",
        "Nhóm “h” không được khai báo",
        [("groups: [a, b, c, d]\n    prefer", "groups: [a, b, c, d, h]\n    prefer")],
    ),
    ("unknown-name", "Nhóm “k” không được khai báo", [("{groups: [e], percent: 5", "{groups: [k], percent: 5")]),
    (
        "unknown-name",
        "Tiểu nhóm “nhà nho” không được khai báo",
        [('sub_types: ["trí thức",', 'sub_types: ["nhà nho",')],
    ),
    (
        "unknown-name",
        "Loại hình khen thưởng “chuyên đề” không được khai báo",
        [("category: chuyen-de", 'category: "chuyên đề"')],
    ),
    ("unknown-name", "Loại hình khen thưởng “hieu-hi” không", [("not_counted: [chuyen-de,", "not_counted: [hieu-hi,")]),
    ("unknown-name", "Loại hình khen thưởng “hieu-hi” không", [("{category: cong-trang,", "{category: hieu-hi,")]),
    ("unknown-name", "Căn cứ “nd152-4-7” không", [("prefer_facts: [nd152-4-6]", "prefer_facts: [nd152-4-7]")]),
    ("duplicate-id", "Mã “press” dùng hai lần trong blocks", [("{id: complaint,", "{id: press,")]),
    ("duplicate-id", "“dot xuat” chỉ hai loại hình", [('words: ["cống hiến"]', 'words: ["Đột Xuất"]')]),
    ("wrong-value", "Mã “gender” không đặt được", [("{id: complaint,", "{id: gender,")]),
    ("wrong-value", "Mã “confirm:thue” không đặt được", [("{id: complaint,", '{id: "confirm:thue",')]),
    ("award-incomplete", "“tập thể”: prefer: female_share và prefer_percent", [("    prefer_percent: 70\n", "")]),
    (
        "award-incomplete",
        "prefer_percent phải ghi cùng nhau",
        [("prefer: female\n", "prefer: female\n    prefer_percent: 5\n")],
    ),
    (
        "award-incomplete",
        "Hai loại hình cùng ghi movement",
        [("facts: [luat-8-2]}", "movement: true, facts: [luat-8-2]}")],
    ),
    (
        "unknown-name",
        "Cơ quan, người quyết định “vua” không được khai báo",
        [("authority: chu-tich-nuoc", "authority: vua")],
    ),
    ("unknown-name", "Bước “hop” không được khai báo", [("steps: [xet-chon, tham-dinh,", "steps: [hop, tham-dinh,")]),
    ("unknown-name", "Bước “hop” không được khai báo", [("{step: xet-chon,", "{step: hop,")]),
    ("unknown-name", "Bước “hop” không được khai báo", [("before: hoi-dong,", "before: hop,")]),
    ("unknown-name", "Thành phần hồ sơ “to-khai” không được khai báo", [("papers: [to-trinh,", "papers: [to-khai,")]),
    ("unknown-name", "Nơi đề nghị “B999” không được khai báo", [("by: [B041]", "by: [B999]")]),
    ("unknown-name", "Nơi đề nghị “so-y-te” không được khai báo", [("through: so-khcn", "through: so-y-te")]),
    (
        "unknown-name",
        "Cơ quan “so-y-te” không được khai báo",
        [("kind: appraisal, by: so-noi-vu", "kind: appraisal, by: so-y-te")],
    ),
    (
        "unknown-name",
        "Cơ quan ban hành (letterheads) “so-y-te” không được khai báo",
        [("submitted_by: so-khcn", "submitted_by: so-y-te")],
    ),
    (
        "unknown-name",
        "Loại hình khen thưởng “x” không được khai báo",
        [
            (
                "least_years: 5, facts: [luat-44-1-a]}",
                "least_years: 5, facts: [luat-44-1-a], held: [{award: bk-ttg, categories: [x]}]}",
            )
        ],
    ),
    (
        "unknown-grade",
        "Mức “Rất tốt” không có trong bộ tiêu chí của nhóm a",
        [('grade: "Xuất sắc, tiêu biểu"', 'grade: "Rất tốt"')],
    ),
    (
        "award-unreachable",
        "Huân chương Lao động hạng Nhất được đề nghị nhưng phong trào này không dẫn tới được: điểm c khoản 4 Điều 42 Luật số 06/2022/QH15",
        [("offered: false # chỉ qua", "offered: true # chỉ qua")],
    ),
    (
        "award-unreachable",
        "Huân chương Lao động hạng Ba được đề nghị nhưng phong trào này không dẫn tới được",
        [("to: 2030-12-31", "to: 2029-12-31")],
    ),
    (
        "award-incomplete",
        "Huân chương Lao động hạng Ba chưa ghi thành phần hồ sơ",
        [
            (
                "papers: [to-trinh, danh-sach, bao-cao, tom-tat, bien-ban-xet, de-nghi-don-vi, phieu-diem, minh-chung, sang-kien, xac-nhan, y-kien-tinh-uy, y-kien-trung-uong, cong-khai, kiem-tra]",
                "papers: []",
            )
        ],
    ),
    (
        "award-incomplete",
        "Huân chương Lao động hạng Ba chưa ghi căn cứ về thẩm quyền",
        [("authority_facts: [luat-77, luat-83-2]", "authority_facts: []")],
    ),
    (
        "award-incomplete",
        "Huân chương Lao động hạng Ba không có bước quyết định ở cuối",
        [("cong-khai, hoi-dong, ubnd-tinh]", "cong-khai, hoi-dong]")],
    ),
    (
        "award-incomplete",
        "con đường thứ 1 không ghi facts",
        [("least_years: 5, facts: [luat-44-1-a]}", "least_years: 5, facts: []}")],
    ),
    (
        "award-incomplete",
        "“Tờ trình”: phải ghi đúng một trong template, score_sheet, brought_by",
        [("template: to-trinh, signed: true, facts: [luat-84-1-a,", "signed: true, facts: [luat-84-1-a,")],
    ),
    (
        "award-incomplete",
        "Tiêu chuẩn không đòi hỏi gì",
        [("{occasions: [tong-ket], most_rank: 1, status", "{occasions: [tong-ket], status")],
    ),
    (
        "award-incomplete",
        "Nhóm d không thuộc đối tượng nào của Luật",
        [("groups: [a, b, c, d]\n    prefer", "groups: [a, b, c]\n    prefer")],
    ),
    (
        "award-incomplete",
        "Chưa ghi ai đề nghị khen thưởng cho nhóm d",
        [("{groups: [a, b, c, d], how", "{groups: [a, b, c], how")],
    ),
    (
        "award-step",
        "bỏ phiếu ở bước “hoi-dong-co-so” nhưng không qua bước này",
        [("{step: hoi-dong,", "{step: hoi-dong-co-so,")],
    ),
    (
        "award-step",
        "qua bước “Hội đồng Thi đua - Khen thưởng tỉnh xét” nhưng không ghi tỷ lệ phiếu",
        [
            (
                "      - {step: hoi-dong, share: 80, local: true, status: proposal, facts: [tinh-hoi-dong, nhnn-phieu]}\n",
                "",
            )
        ],
    ),
    ("award-step", "ghi hai tỷ lệ phiếu cho bước “xet-chon”", [("{step: hoi-dong,", "{step: xet-chon,")]),
    (
        "award-step",
        "không khai council",
        [
            (
                "    council: {quorum: 2/3, denominator: members, recusal_lowers: false, written: true, local: true, status: proposal, facts: [tinh-hoi-dong, khcn-23]}\n",
                "",
            )
        ],
    ),
    (
        "award-step",
        "bỏ phiếu ở bước “Thẩm định hồ sơ”, là bước không bỏ phiếu",
        [("{step: xet-chon,", "{step: tham-dinh,")],
    ),
    (
        "award-step",
        "khai council nhưng là bước không bỏ phiếu",
        [("kind: appraisal, by: so-noi-vu,", "kind: appraisal, council: {quorum: 2/3}, by: so-noi-vu,")],
    ),
    (
        "award-step",
        "công khai trước bước “thu-truong” nhưng không qua bước này",
        [("before: hoi-dong,", "before: thu-truong,")],
    ),
    (
        "award-step",
        "phải công khai trước bước “hoi-dong” nhưng không có bước công khai nào trước đó",
        [("steps: [xet-chon, tham-dinh, cong-khai, hoi-dong", "steps: [xet-chon, tham-dinh, hoi-dong")],
    ),
    (
        "award-step",
        "phải công khai trước bước “xet-chon” nhưng không có bước công khai nào trước đó",
        [("before: hoi-dong,", "before: xet-chon,")],
    ),
    ("award-quota", "không ghi number, cũng không ghi percent", [("- {number: 1, per: group,", "- {per: group,")]),
    (
        "award-quota",
        "ghi cả number và percent",
        [("- {number: 1, per: group,", "- {number: 1, percent: 5, of: placed, rounding: up, per: group,")],
    ),
    ("award-quota", "chưa ghi of", [("percent: 10, of: candidates,", "percent: 10,")]),
    ("award-quota", "chưa ghi rounding", [("per: group, rounding: half_up, least: 1,", "per: group, least: 1,")]),
    (
        "award-quota",
        "theo số lượng không dùng of",
        [("- {number: 1, per: group,", "- {number: 1, of: placed, per: group,")],
    ),
    (
        "award-quota",
        "chỉ tiêu thứ 1 và thứ 2 cùng áp dụng cho nhóm e, dịp so-ket",
        [("{groups: [a, b, c, d, đ], percent: 10", "{groups: [a, b, c, d, đ, e], percent: 10")],
    ),
    (
        "award-quota",
        "cùng áp dụng cho đối tượng “ca-nhan” không có nhóm",
        [("{groups: [e], percent: 5", '{groups: [e, ""], percent: 5')],
    ),
    (
        "award-money",
        "Không có mức lương cơ sở cho dịp so-ket-2027 (01/07/2027)",
        [
            ("from: 2024-07-01, amount", "from: 2028-07-01, amount"),
            ("from: 2026-07-01, amount", "from: 2029-07-01, amount"),
        ],
    ),
    ("award-money", "Hai mức lương cơ sở cùng một ngày", [("from: 2024-07-01, amount", "from: 2026-07-01, amount")]),
    ("award-money", "Huân chương Lao động hạng Ba chưa ghi hệ số tiền thưởng của: cá nhân", [("{ca-nhan: 4.5, ", "{")]),
    (
        "legal-fact",
        "Căn cứ “luat-77” không ghi điều (article), cũng không ghi chỗ (place)",
        [("{id: luat-77, basis: luat-06-2022, article: 77,", "{id: luat-77, basis: luat-06-2022,")],
    ),
    (
        "legal-fact",
        "Căn cứ “nd152-4-3” ghi đã đọc nguyên văn [V] mà không chép",
        [("clause: 3, mark: S, quote:", "clause: 3, mark: V, says:")],
    ),
    (
        "legal-fact",
        "không có nguyên văn (quote), cũng không có nội dung (says)",
        [('mark: S, says: "Thời gian nghỉ thai sản được tính khi xét khen thưởng."', "mark: S")],
    ),
    (
        "undecided",
        "Ghi là đã quyết định mà không ghi văn bản nào quyết định",
        [("- {number: 1, per: group, status: proposal", "- {number: 1, per: group, status: decided")],
    ),
    (
        "undecided",
        "Cách tính thời gian thực hiện ghi là đã quyết định",
        [("duration_status: proposal", "duration_status: decided")],
    ),
    ("validity", "Thời gian của phong trào viết ngược", [("to: 2030-12-31", "to: 2025-03-31")]),
    ("validity", "Thời gian của phong trào viết ngược", [("to: 2030-12-31", "to: 9999-12-31")]),
    ("validity", "Thời gian của phong trào viết ngược", [("from_latest: 2025-04-30", "from_latest: 2025-03-30")]),
    ("wrong-value", "“200” không phải một tỷ lệ phần trăm", [("percent: 10,", "percent: 200,")]),
    ("wrong-value", "“4/3” không phải một tỷ lệ", [("share: 2/3,", "share: 4/3,")]),
]


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: f"{case[0]}: {case[1][:40]}")
def test_each_finding_has_its_code_and_line(tmp_path: Path, case: tuple[str, str, list[tuple[str, str]]]) -> None:
    code, message, changes = case
    problems = changed(tmp_path, *changes)
    told = [one for one in problems if one.code == code and message in one.message]
    assert len(told) == 1, [one.text() for one in problems if one.code != "basis-unsure"]
    assert told[0].line > 1 and told[0].file.endswith(AWARDS)


def test_a_route_without_any_basis_in_force_is_an_error(tmp_path: Path) -> None:
    """The whole law gone by the occasion: routes that rest on it alone fail; giấy khen still has a text, if an unknown one."""
    problems = changed(
        tmp_path,
        documents=(
            "    valid_from: 2024-01-01\n    amended_by",
            "    valid_from: 2024-01-01\n    valid_to: 2026-12-31\n    amended_by",
        ),
    )
    told = found(problems, "basis-expired")
    assert any(
        one.startswith("Huân chương Lao động hạng Ba, dịp so-ket-2027 (01/07/2027): không căn cứ nào còn hiệu lực")
        for one in told
    )
    assert not any(one.startswith(("Giấy khen", "Huân chương Lao động hạng Nhất")) for one in told)


def test_an_expired_basis_beside_one_in_force_is_a_warning(tmp_path: Path) -> None:
    old = "occasions: [so-ket, tong-ket, thuc-day], facts: [luat-73-1-a]"
    problems = changed(tmp_path, (old, old.replace("[luat-73-1-a]", "[luat-73-1-a, nd98-30-7]")))
    assert found(problems, "basis-expired") == [] and errors(problems) == []


def test_all_findings_come_at_once(tmp_path: Path) -> None:
    problems = changed(
        tmp_path,
        ("basis: luat-06-2022", "basis: x"),
        ("{step: xet-chon,", "{step: y,"),
        ("by: [B041]", "by: [z]"),
        ("percent: 10, of: candidates,", "percent: 10,"),
    )
    assert {one.code for one in errors(problems)} == {"unknown-basis", "unknown-name", "award-quota"}
    assert [one.line for one in problems] == sorted(one.line for one in problems)
    assert {one.code for one in problems} <= {*CODES, *ROUND_CODES}


def test_the_command_knows_the_file(tmp_path: Path) -> None:
    assert kind_of(MOVEMENT / AWARDS) == "awards"
    assert MOVEMENT / AWARDS not in set_files(MOVEMENT)
    good = thidua("check", MOVEMENT / AWARDS)
    assert good.code == 0 and "basis-unsure" in good.out and "Đã soát 1 tệp: không có lỗi" in good.out
    changed(tmp_path, ("offered: false # chỉ qua", "offered: true # chỉ qua"))
    bad = thidua("check", tmp_path / "phong-trao" / AWARDS)
    assert bad.code == 1 and "awards.yaml:" in bad.out and "award-unreachable" in bad.out


# --- schema --------------------------------------------------------------------------------------------------------


class _Texts(yaml.SafeLoader):
    """Days stay texts, as in JSON."""


_Texts.yaml_implicit_resolvers = {
    key: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def written(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), _Texts)


@pytest.mark.parametrize("folder", [MOVEMENT, SECOND], ids=lambda folder: folder.name)
def test_the_files_fit_the_schema(folder: Path) -> None:
    validator = jsonschema.Draft202012Validator(schema())
    assert [one.json_path for one in validator.iter_errors(written(folder / AWARDS))] == []


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    validator = jsonschema.Draft202012Validator(schema())
    data = written(MOVEMENT / AWARDS)
    data["awards"][0]["colour"] = "đỏ"
    data["awards"][1]["level"] = "xã"
    data["subjects"][0]["groups"] = "e"
    del data["frame"]["to"]
    paths = {one.json_path for one in validator.iter_errors(data)}
    assert paths == {"$.awards[0]", "$.awards[1].level", "$.subjects[0].groups", "$.frame"}


def test_the_command_prints_the_schema() -> None:
    told = thidua("criteria", "schema", "--awards")
    assert told.code == 0 and json.loads(told.out) == schema()
    assert json.loads(thidua("criteria", "schema").out)["title"] == "Bộ tiêu chí thi đua (thidua)"


def test_a_file_that_stops_nobody_says_so(tmp_path: Path) -> None:
    text = (MOVEMENT / AWARDS).read_text(encoding="utf-8")
    start = text.index("blocks:\n")
    told = changed(tmp_path, (text[start : text.index("\n\n", start)], "blocks: []"))
    assert errors(told) == [] and any("E6 không hỏi gì" in one for one in found(told, "award-incomplete"))
