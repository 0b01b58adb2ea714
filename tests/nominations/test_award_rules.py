"""`thidua award rules`: what can be awarded to whom at an occasion, and how sure the clauses are on its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from nominations.awards.reading import AwardFile
from nominations.awards.showing import ASKED, REACHED, REFUSED, SHORT, RuleRow, rule_lines, rules
from nominations.occasions import AwardOccasion
from tests.nominations.support import (
    SO_KET,
    THUC_DAY,
    TONG_KET,
    award_file,
    award_workspace,
    second,
    sure,
)
from thidua.calling import Called
from thidua.commands.award_rules import rules as command


def row(award: str, subject: str, occasion: AwardOccasion = SO_KET, of: AwardFile | None = None) -> RuleRow:
    [found] = [
        one for one in rules(of or award_file(), occasion) if one.award.id == award and one.subject.id == subject
    ]
    return found


def with_basis(basis: str, **frame: object) -> AwardFile:
    """The catalogue's file with another way to count, or another frame."""
    file = award_file()
    made = file.awards.frame.model_copy(update=frame)
    update = {"duration_basis": basis, "frame": made}
    return replace(file, awards=file.awards.model_copy(update=update))


def test_verdicts_of_a_so_ket() -> None:
    assert row("hcld-ba", "tap-the").verdict == REACHED
    assert row("bk-ttg", "ho-gia-dinh").verdict == ASKED
    assert row("co-tinh", "tap-the").verdict == REFUSED
    assert row("co-tinh", "tap-the", TONG_KET).verdict == REACHED
    assert row("hcld-nhat", "tap-the", TONG_KET).verdict == REFUSED
    assert len(rules(award_file(), SO_KET)) == 56


def test_both_readings_of_the_length_stand_beside_each_other() -> None:
    """At sơ kết 2027 the plan has five years, two have elapsed; at tổng kết 2030 both have."""
    planned, elapsed = row("hcld-ba", "tap-the").lasting
    assert (planned.basis, planned.holds, elapsed.basis, elapsed.holds) == ("planned", True, "elapsed", False)
    assert [one.holds for one in row("hcld-ba", "tap-the", TONG_KET).lasting] == [True, True]
    by_elapsed = row("hcld-ba", "tap-the", of=with_basis("elapsed"))
    assert by_elapsed.verdict == SHORT and "chưa đủ" in by_elapsed.why
    assert row("bk-ttg", "ca-nhan", of=with_basis("elapsed")).lasting == ()


def test_the_day_in_april_decides_in_april_2030() -> None:
    on = replace(TONG_KET, day=date(2030, 4, 15))
    assert [one.holds for one in row("hcld-ba", "ca-nhan", on).lasting] == [True, None]
    told = [line for line in rule_lines(award_file(), on) if "theo thời gian đã thực hiện tùy ngày đầu" in line]
    assert told


def test_an_unknown_first_day_is_said() -> None:
    file = with_basis("planned", from_earliest=None, from_latest=None)
    lines = rule_lines(file, SO_KET)
    assert any("từ 05 năm (chưa rõ ngày bắt đầu)" in line for line in lines)


def test_doubts_are_said_once_under_their_number() -> None:
    lines = rule_lines(award_file(), SO_KET)
    assert (
        "  (1) Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/06/2022: văn bản được sửa đổi, bổ sung bởi 06/2026/QH16"
        " từ 01/10/2026, chưa đối chiếu nội dung mới." in lines
    )
    assert [line for line in lines if line.startswith("  (")] == lines[-2:]
    assert any(line.endswith("[?]; căn cứ chưa xác minh (1, 2).") for line in lines)
    before = rule_lines(award_file(), THUC_DAY)
    assert not any("06/2026/QH16" in line for line in before)
    assert row("bk-ttg", "ca-nhan", THUC_DAY).doubts == ()
    assert rule_lines(sure(award_file(), SO_KET.day), SO_KET)[-1] == (
        "Mọi căn cứ đã đọc nguyên văn và còn hiệu lực ngày này."
    )


def test_lines_name_clause_mark_and_length() -> None:
    lines = rule_lines(award_file(), SO_KET)
    assert (
        "  doanh nghiệp, tổ chức kinh tế khác: được xét; khoản 5 Điều 44; điểm c khoản 4 Điều 44 Luật số 06/2022/QH15 [V];"
        " từ 05 năm (theo thời gian kế hoạch đủ, theo thời gian đã thực hiện chưa đủ); căn cứ chưa xác minh (1)."
        in lines
    )
    assert (
        "  tập thể: không được xét: Huân chương Lao động hạng Nhất chỉ xét trong phong trào do Chủ tịch nước, Thủ tướng Chính"
        " phủ phát động; điểm c khoản 4 Điều 42 Luật số 06/2022/QH15 [V]; căn cứ chưa xác minh (1)." in lines
    )
    assert lines == rule_lines(award_file(), SO_KET)


def test_the_second_movement_has_its_own_words() -> None:
    occasion = AwardOccasion("x", "tong-ket", "Ngày hội sen", date(2028, 12, 1), date(2026, 3, 1), date(2028, 11, 30))
    lines = rule_lines(second(), occasion)
    assert lines[1] == "Phong trào do xã, phường phát động."
    assert "Thời gian thực hiện phong trào tính theo thời gian đã thực hiện (theo Quyết định số 7/QĐ-HS):" in lines
    assert any(
        line.startswith("  ấp; người trồng sen: được xét; khoản 1 Điều 1 Quyết định số 7/QĐ-HS [V]") for line in lines
    )
    assert not any("Luật Thi đua" in line for line in lines)


def test_the_command(tmp_path: Path) -> None:
    award_workspace(tmp_path / "w").close()
    runner = CliRunner()
    here = Called(tmp_path / "w")
    first = runner.invoke(command, ["so-ket-2027"], obj=here)
    assert first.exit_code == 0 and first.output.startswith(
        "Sơ kết Phong trào, dịp sơ kết (so-ket-2027): theo pháp luật ngày 01/07/2027."
    )
    assert first.output.rstrip().splitlines()[-1].startswith("Tiếp theo: ")
    earlier = runner.invoke(command, ["so-ket-2027", "--on", "30/09/2026"], obj=here)
    assert earlier.exit_code == 0 and "theo pháp luật ngày 30/09/2026" in earlier.output
    assert "06/2026/QH16" in first.output and "06/2026/QH16" not in earlier.output
    unknown = runner.invoke(command, ["so-ket-2099"], obj=here)
    assert unknown.exit_code == 1 and "Không có dịp khen thưởng “so-ket-2099”" in unknown.output
    (tmp_path / "w" / "phong-trao" / "awards.yaml").unlink()
    gone = runner.invoke(command, ["so-ket-2027"], obj=here)
    assert gone.exit_code == 1 and "awards" in gone.output
