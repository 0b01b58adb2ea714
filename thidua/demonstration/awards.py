"""What follows the combined results of an occasion: proposals, conditions, councils, appraisal, publishing, dossiers, decisions."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from criteria.declarations.movement import Occasion
from nominations.appraisal.collect import collect_appraisals
from nominations.appraisal.content import appraisal_step
from nominations.appraisal.issue import issue_appraisals
from nominations.awards.reading import AWARDS
from nominations.case import Nominated
from nominations.council.members import import_members
from nominations.council.settling import Outcome
from nominations.eligibility.collect import collect_eligibility
from nominations.eligibility.issue import issue_eligibility
from nominations.history.recording import Told, record, submit
from nominations.nominating import nominate
from nominations.proposals.collect import collect_proposals
from nominations.proposals.issue import issue_proposals
from nominations.selection.choosing import State
from nominations.steps.announcing import Notice, announce, conclude, earliest
from records.calendar import calendar_of
from records.workspace.folder import Workspace
from records.workspace.whole_files import write_whole
from reports.council.files import TALLY, pack_folder, record_meeting, write_pack
from scoring.result import ILLUSTRATION
from thidua.demonstration.awards_filling import fill_appraisal, fill_eligibility, fill_proposal, fill_tally
from thidua.demonstration.days import Days
from thidua.demonstration.stopping import stop
from thidua.demonstration.tables import table_workbook
from thidua.dossiers import Asked, make_dossiers

DOSSIERS = "ho-so"
_MEMBERS = 9
_HOUSEHOLD = "hộ gia đình"


def run_awards(workspace: Workspace, outside: Path, folder: Path, seed: int) -> Iterator[str]:
    """Lines to print while it goes; none without an award file. folder: where dossiers go. Raises OSError and ProblemsFound."""
    if not (workspace.movement_folder / AWARDS).is_file():
        return
    for occasion in workspace.movement.occasions:
        yield ""
        yield f"{occasion.name} ({occasion.id}): khen thưởng — {ILLUSTRATION}"
        yield from _Awarding(workspace, outside / occasion.id, folder, occasion, seed).run()


class _Awarding:
    """One occasion. Every day is counted from the day on which its last result was official, never from today."""

    def __init__(self, workspace: Workspace, outside: Path, folder: Path, occasion: Occasion, seed: int) -> None:
        self.workspace, self.outside, self.folder, self.name = workspace, outside, folder, occasion.id
        self.rng = random.Random(f"{workspace.movement.id}/{seed}/{occasion.id}/awards")
        official = max(Days.of(workspace.movement, name).official for name in occasion.rounds)
        self.begins = max(official, occasion.held_from or occasion.to)

    def _day(self, days: int) -> date:
        return self.begins + timedelta(days=days)

    def run(self) -> Iterator[str]:
        yield from self._proposed()
        yield from self._conditions()
        yield from self._states()
        for step in self._voting("selection"):
            yield from self._voted(step, self._day(14))
        yield from self._appraised()
        council = yield from self._announced()
        for step in self._voting("council"):
            yield from self._voted(step, council)
        yield from self._dossiers()
        yield from self._decided(council + timedelta(days=10))

    def _nominated(self) -> Nominated:
        found, problems = nominate(self.workspace, self.name)
        stop(problems)
        assert found is not None
        return found

    def _voting(self, kind: str) -> list[str]:
        return [one.id for one in self._nominated().file.awards.steps if one.kind == kind]

    # --- what comes in ---------------------------------------------------------------------------------------------

    def _proposed(self) -> Iterator[str]:
        issued, problems = issue_proposals(self.workspace, self.name)
        stop(problems)
        nominated = self._nominated()
        wanted = self._wishes(nominated)
        folder = self.outside / "de-nghi"
        folder.mkdir(parents=True, exist_ok=True)
        count = 0
        for number, one in enumerate(issued, 1):
            new = self._household(nominated, one.name, number) if count < 2 and one.proposer.startswith("C") else None
            count += new is not None
            raw = fill_proposal(one.path, wanted, new, number, self._day(3), self.rng)
            if raw:
                write_whole(folder / one.path.name, raw)
        run = collect_proposals(self.workspace, self.name, folder, self._day(5))
        stop(run.problems)
        yield f"{len(run.taken)} cơ quan, đơn vị gửi danh sách đề nghị; {count} hộ gia đình được đề nghị không chấm điểm."

    def _wishes(self, nominated: Nominated) -> Mapping[str, str]:
        """For whom of the groups that have to be proposed which award is wanted: the best third the highest."""
        offered = [one.name for one in nominated.file.awards.awards if one.offered and one.level != "co-so"]
        last = nominated.file.awards.awards[-1].name
        groups = {one for rule in nominated.file.awards.proposing if rule.how == "proposal" for one in rule.groups}
        found = {}
        for letter in sorted(groups):
            ranked = [one for one in nominated.results.ranked.values() if one.group == letter and one.rank]
            ranked.sort(key=lambda one: (-(one.figure or 0), one.candidate))
            for place, one in enumerate(ranked):
                name = offered[0] if place < 1 else offered[1] if place < 4 else offered[-1] if place < 9 else last
                found[one.candidate] = name
        return found

    def _household(self, nominated: Nominated, unit: str, number: int) -> tuple[str, str, str, str]:
        award = next(
            one.name
            for one in nominated.file.awards.awards
            if one.offered and one.level == "tinh" and one.kind == "hinh-thuc"
        )
        return f"Hộ gia đình minh họa {number:02d}", _HOUSEHOLD, unit, award

    def _conditions(self) -> Iterator[str]:
        issued, problems = issue_eligibility(self.workspace, self._nominated())
        stop(problems)
        assert issued is not None
        path = self.outside / issued.path.name
        write_whole(path, fill_eligibility(issued.path, self._day(7), self.rng))
        done, problems = collect_eligibility(self.workspace, self._nominated(), path, self._day(9))
        stop(problems)
        assert done is not None
        yield f"Đã nhập dữ kiện về {issued.facts} đối tượng; {issued.law} căn cứ pháp lý chưa ai đối chiếu."

    def _states(self) -> Iterator[str]:
        cases = self._nominated().cases
        told = [f"{state.value} {sum(1 for one in cases if one.state is state)}" for state in State]
        yield f"{len(cases)} trường hợp: {', '.join(told)}."

    # --- steps -----------------------------------------------------------------------------------------------------

    def _voted(self, step: str, day: date) -> Iterator[str]:
        rows = [
            {
                "Họ và tên": f"Thành viên minh họa {number:02d}",
                "Chức vụ": "Tổ trưởng" if number == 1 else "Thành viên",
                "Cơ quan": f"Cơ quan minh họa {number:02d} (ngoài)",
                "Vai trò": "Chủ tịch" if number == 1 else "Thư ký" if number == _MEMBERS else "Ủy viên",
            }
            for number in range(1, _MEMBERS + 1)
        ]
        listed = self.outside / f"thanh-vien-{step}.xlsx"
        write_whole(listed, table_workbook(rows, {}))
        _, problems = import_members(self.workspace, self.name, step, listed, f"60/QĐ-{ILLUSTRATION}")
        stop(problems)
        pack, _, problems = write_pack(self.workspace, self.name, step, day, "Phòng họp minh họa", day)
        stop(problems)
        assert pack is not None
        chosen = {f"{tie.award}/{one}" for tie in pack.ties for one in tie.nominees[: tie.seats]}
        plain = [one.key for one in pack.lines if not one.tie and one.case.nominee.scored]
        against = set(plain[-1:]) if len(plain) > 6 else set()
        path = self.outside / f"phieu-kiem-{step}.xlsx"
        issued = pack_folder(self.workspace, self.name, step) / TALLY
        write_whole(path, fill_tally(issued, day, against, chosen, self.rng))
        meeting, _, problems = record_meeting(self.workspace, self.name, step, path, "70/BB-MH", day, day)
        stop(problems)
        assert meeting is not None
        yield f"{pack.step.name}, {len(pack.members)} thành viên, {len(pack.lines)} trường hợp: {_counts(meeting.outcomes)}."

    def _appraised(self) -> Iterator[str]:
        nominated = self._nominated()
        step, _ = appraisal_step(nominated)
        if step is None:
            return
        for lacking, day in ((1, self._day(19)), (0, self._day(23))):
            issued, problems = issue_appraisals(self.workspace, self._nominated(), step)
            stop(problems)
            folder = self.outside / f"tham-dinh-ho-so-{day.isoformat()}"
            folder.mkdir(parents=True, exist_ok=True)
            for one in issued:
                write_whole(folder / one.path.name, fill_appraisal(one.path, day, lacking))
            run = collect_appraisals(self.workspace, self._nominated(), step, folder, day)
            stop(run.problems)
            told = ", ".join(f"{word} {count}" for word, count in run.counts.items())
            yield f"{len(issued)} cơ quan thẩm định hồ sơ: {told}."

    def _announced(self) -> Generator[str, None, date]:
        """Lists that have to be published; the day on which councils may meet."""
        first, meets = self._day(25), self._day(28)
        calendar = calendar_of(self.workspace.movement)
        for award in self._nominated().file.awards.awards:
            if award.announcement is None or not award.offered or calendar is None:
                continue
            told = Notice(award.id, first, "Cổng Thông tin điện tử tỉnh (minh họa)", "75/TB-MH")
            cases, problems = announce(self.workspace, self._nominated(), told, first)
            if not cases:
                continue
            stop(problems)
            day = earliest(calendar, first, award.announcement.working_days)
            _, problems = conclude(self.workspace, self._nominated(), award.id, "80/XN-MH", day, day, ())
            stop(problems)
            meets = max(meets, day + timedelta(days=1))
            yield f"Công khai {len(cases)} trường hợp {award.short} từ {first:%d/%m/%Y} đến {day:%d/%m/%Y}."
        return meets

    # --- what goes out ---------------------------------------------------------------------------------------------

    def _dossiers(self) -> Iterator[str]:
        done, problems = make_dossiers(self.workspace, self.name, Asked(self.folder))
        stop(problems)
        for dossier, package in done:
            state = "đủ" if dossier.complete else f"DỰ THẢO, còn thiếu {len(dossier.missing)} điều"
            yield f"Hồ sơ {dossier.award.short}: {len(dossier.cases)} đối tượng, {len(package.files)} tệp ({state}): {package.archive}"

    def _decided(self, day: date) -> Iterator[str]:
        """Submitted where the State decides, and decided."""
        nominated = self._nominated()
        for award in nominated.file.awards.awards:
            steps = [one for one in nominated.file.awards.steps_of(award) if one.kind != "decision"]
            ready = [
                one.nominee.id
                for one in nominated.of_award(award.id)
                if one.state is State.PROPOSED and one.progress.next(steps) is None
            ]
            if not ready:
                continue
            decided = day
            if award.level == "nha-nuoc":
                told = Told(award.id, f"90/TTr-{ILLUSTRATION}", day, tuple(ready))
                _, problems = submit(self.workspace, self.name, told, day)
                stop(problems)
                yield f"Đã trình {award.short}: {len(ready)} đối tượng."
                decided = day + timedelta(days=60)
            decision = Told(award.id, f"91/QĐ-{ILLUSTRATION}", decided, tuple(ready), authority="Cơ quan minh họa")
            _, problems = record(self.workspace, self.name, decision, "granted", decided)
            stop(problems)
            yield f"Đã có quyết định tặng {award.short}: {len(ready)} đối tượng."


def _counts(outcomes: Iterable[Outcome]) -> str:
    told: dict[str, int] = {}
    for one in outcomes:
        told[one.decision.value] = told.get(one.decision.value, 0) + 1
    return ", ".join(f"{word} {count}" for word, count in told.items())
