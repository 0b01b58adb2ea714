"""Whether an award can be reached, and has everything its way needs: authority, steps, votes, publishing, papers, money."""

from __future__ import annotations

from collections.abc import Iterator

from criteria.declarations.movement import Movement
from criteria.problems import WARNING, Problem
from criteria.source import Path, Source
from nominations.awards.declarations import Award, Awards
from nominations.awards.law import Law
from nominations.awards.matrix import planned_years, reachable
from nominations.awards.naming_checks import blocks
from records.roster.matching import fold

VOTING = ("selection", "council")


def award_problems(source: Source, awards: Awards, movement: Movement, law: Law) -> list[Problem]:
    problems = [*_undecided(source, awards), *_papers(source, awards), *_groups(source, awards, movement)]
    problems += [*_councils(source, awards), *_principles(source, awards)]
    for index, award in enumerate(awards.awards):
        if award.offered:
            path: Path = ("awards", index)
            problems += _reach(source, awards, award, path, law)
            problems += _complete(source, awards, award, path)
            problems += _steps(source, awards, award, path)
    problems += _money(source, awards, movement)
    return problems


def _undecided(source: Source, awards: Awards) -> Iterator[Problem]:
    hint = "Ghi decided_by: số, ngày văn bản; chưa có thì ghi status: proposal."
    for block in blocks(awards):
        if getattr(block, "status", "") == "decided" and not getattr(block, "decided_by", None):
            message = "Ghi là đã quyết định mà không ghi văn bản nào quyết định."
            yield source.problem("undecided", (*block._path, "status"), message, hint)
    if awards.duration_status == "decided" and not awards.duration_decided_by:
        message = "Cách tính thời gian thực hiện ghi là đã quyết định mà không ghi văn bản nào quyết định."
        hint = "Ghi duration_decided_by: số, ngày văn bản; chưa có thì ghi duration_status: proposal."
        yield source.problem("undecided", ("duration_status",), message, hint)


def _principles(source: Source, awards: Awards) -> Iterator[Problem]:
    """What the law says of all awards alike: percents, loại hình, what stops a nominee."""
    for index, subject in enumerate(awards.subjects):
        share = subject.prefer == "female_share"
        if share != (subject.prefer_percent is not None):
            message = f"“{subject.name}”: prefer: female_share và prefer_percent phải ghi cùng nhau."
            hint = "Ghi prefer_percent: tỷ lệ nữ từ đó được ưu tiên, theo văn bản ở prefer_facts; hoặc bỏ cả hai."
            yield source.problem("award-incomplete", ("subjects", index, "prefer"), message, hint)
    given = [index for index, one in enumerate(awards.categories) if one.movement]
    for index in given[1:]:
        message = "Hai loại hình cùng ghi movement: không biết khen thưởng trong phong trào thuộc loại hình nào."
        yield source.problem("award-incomplete", ("categories", index, "movement"), message)
    seen: dict[str, str] = {}
    for index, one in enumerate(awards.categories):
        for word in dict.fromkeys(fold(text) for text in (one.id, one.name, *one.words)):
            if seen.setdefault(word, one.id) != one.id:
                message = f"“{word}” chỉ hai loại hình: “{seen[word]}” và “{one.id}”."
                yield source.problem("duplicate-id", ("categories", index, "words"), message)
    if not awards.blocks:
        message = "Chưa ghi việc nào làm dừng xét khen thưởng (blocks): mục kiểm tra E6 không hỏi gì."
        yield source.problem("award-incomplete", (), message, "Ghi blocks: id, name, facts.", WARNING)


def _groups(source: Source, awards: Awards, movement: Movement) -> Iterator[Problem]:
    """Groups whose candidates nobody can propose, or that the law does not know by any name."""
    subjects = {group for one in awards.subjects for group in one.groups}
    proposed = {group for one in awards.proposing for group in one.groups}
    for group in movement.groups:
        if group.letter not in subjects:
            message = (
                f"Nhóm {group.letter} không thuộc đối tượng nào của Luật: không ai trong nhóm được xét khen thưởng."
            )
            yield source.problem("award-incomplete", ("subjects",), message, "Ghi nhóm ở groups của một đối tượng.")
        if group.letter not in proposed:
            message = f"Chưa ghi ai đề nghị khen thưởng cho nhóm {group.letter}."
            yield source.problem("award-incomplete", ("proposing",), message, "Thêm một dòng vào proposing.")


def _reach(source: Source, awards: Awards, award: Award, path: Path, law: Law) -> Iterator[Problem]:
    if any(reachable(awards, award, planned_years(awards))):
        return
    clauses = "; ".join(dict.fromkeys(law.brief(fact) for route in award.routes for fact in route.facts))
    message = f"{award.name} được đề nghị nhưng phong trào này không dẫn tới được" + (
        f": {clauses}." if clauses else "."
    )
    hint = "Xem frame (ai phát động, bao lâu) và routes; không đề nghị thì ghi offered: false."
    yield source.problem("award-unreachable", (*path, "offered"), message, hint)


def _complete(source: Source, awards: Awards, award: Award, path: Path) -> Iterator[Problem]:
    for index, route in enumerate(award.routes):
        for key in ("subjects", "occasions", "facts"):
            if not getattr(route, key):
                message = f"{award.name}: con đường thứ {index + 1} không ghi {key}."
                yield source.problem("award-incomplete", (*path, "routes", index), message)
    if not awards.papers_of(award):
        hint = "Ghi papers: mã các thành phần hồ sơ mà căn cứ của hình thức này đòi hỏi."
        yield source.problem("award-incomplete", path, f"{award.name} chưa ghi thành phần hồ sơ.", hint)
    if not award.authority_facts:
        hint = "Ghi authority_facts: căn cứ về thẩm quyền quyết định."
        message = f"{award.name} chưa ghi căn cứ về thẩm quyền."
        yield source.problem("award-incomplete", (*path, "authority"), message, hint)
    steps = awards.steps_of(award)
    if not steps or steps[-1].kind != "decision":
        message = f"{award.name} không có bước quyết định ở cuối."
        yield source.problem("award-incomplete", (*path, "steps"), message, "Bước cuối phải có kind: decision.")


def _steps(source: Source, awards: Awards, award: Award, path: Path) -> Iterator[Problem]:
    """Votes and publishing stand at steps this award goes through."""
    steps = awards.steps_of(award)
    ids = [one.id for one in steps]
    known = ", ".join(ids)
    for index, vote in enumerate(award.votes):
        at: Path = (*path, "votes", index, "step")
        step = awards.step(vote.step)
        if vote.step not in ids:
            message = f"{award.name} bỏ phiếu ở bước “{vote.step}” nhưng không qua bước này."
            yield source.problem("award-step", at, message, f"Các bước của hình thức này: {known}.")
        elif step is not None and step.kind not in VOTING:
            message = f"{award.name} bỏ phiếu ở bước “{step.name}”, là bước không bỏ phiếu."
            yield source.problem("award-step", at, message, "Chỉ bước kind: selection, council mới bỏ phiếu.")
        if vote.step in [one.step for one in award.votes[:index]]:
            yield source.problem("award-step", at, f"{award.name} ghi hai tỷ lệ phiếu cho bước “{vote.step}”.")
    for step in steps:
        if step.kind in VOTING and step.id not in [one.step for one in award.votes]:
            message = f"{award.name} qua bước “{step.name}” nhưng không ghi tỷ lệ phiếu cần đạt ở bước này."
            yield source.problem(
                "award-step", (*path, "votes"), message, "Thêm vào votes; chưa có quy định thì local: true."
            )
    told = award.announcement
    if told is None:
        return
    at = (*path, "announcement", "before")
    publishing = [place for place, one in enumerate(steps) if one.kind == "publication"]
    if told.before not in ids:
        message = f"{award.name} công khai trước bước “{told.before}” nhưng không qua bước này."
        yield source.problem("award-step", at, message, f"Các bước của hình thức này: {known}.")
    elif not publishing or publishing[0] > ids.index(told.before):
        message = f"{award.name} phải công khai trước bước “{told.before}” nhưng không có bước công khai nào trước đó."
        yield source.problem("award-step", at, message, "Thêm bước kind: publication vào steps của hình thức này.")


def _councils(source: Source, awards: Awards) -> Iterator[Problem]:
    for index, step in enumerate(awards.steps):
        if step.kind in VOTING and step.council is None:
            message = f"Bước “{step.name}” không khai council (số dự họp, mẫu số) nên không bỏ phiếu được."
            yield source.problem("award-step", ("steps", index), message)
        elif step.kind not in VOTING and step.council is not None:
            message = f"Bước “{step.name}” khai council nhưng là bước không bỏ phiếu."
            yield source.problem("award-step", ("steps", index, "council"), message)


def _papers(source: Source, awards: Awards) -> Iterator[Problem]:
    for index, paper in enumerate(awards.papers):
        ways = [bool(paper.template), paper.score_sheet, bool(paper.brought_by)]
        if sum(ways) != 1:
            message = f"“{paper.name}”: phải ghi đúng một trong template, score_sheet, brought_by."
            yield source.problem("award-incomplete", ("papers", index), message)


def _money(source: Source, awards: Awards, movement: Movement) -> Iterator[Problem]:
    if awards.money is None:
        return
    days = sorted((one.held_from or one.to, one.id) for one in movement.occasions)
    first = min((one.from_ for one in awards.money.base_salary), default=None)
    for day, ident in days:
        if first is None or first > day:
            message = f"Không có mức lương cơ sở cho dịp {ident} ({day:%d/%m/%Y})."
            yield source.problem("award-money", ("money", "base_salary"), message)
    if len({one.from_ for one in awards.money.base_salary}) < len(awards.money.base_salary):
        message = "Hai mức lương cơ sở cùng một ngày bắt đầu."
        yield source.problem("award-money", ("money", "base_salary"), message)
    for index, award in enumerate(awards.awards):
        lacking = [
            one.name
            for one in awards.subjects
            if one.id not in award.coefficients and any(one.id in route.subjects for route in award.routes)
        ]
        if lacking and award.offered:
            message = f"{award.name} chưa ghi hệ số tiền thưởng của: {', '.join(lacking)}."
            yield source.problem("award-money", ("awards", index, "coefficients"), message, severity=WARNING)
