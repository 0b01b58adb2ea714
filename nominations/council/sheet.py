"""The tally of a meeting (phiếu kiểm, xlsx): a row per case, a row per member, what is signed; checks that turn red while typing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from criteria.declarations.movement import Movement
from nominations.council import columns as c
from nominations.council.pack import Line, Pack, Tie, source_of, threshold
from nominations.council.tally_guide import write_guide, write_signature
from nominations.council.votes import part_words
from nominations.council.voting_steps import chair_words, role_words
from records.forms.issuing.rules import cross_rule, note
from records.forms.issuing.sheets import Book, a1, height, write_formula, write_text
from records.workbooks.hidden import hidden_rows, row_token
from scoring.result import ILLUSTRATION

_ALLOWED = {"format_columns": True, "format_rows": True, "objects": False, "scenarios": False}
_MOST = 100_000  # ballots
_WIDE = sum(c.WIDTHS)


def tally_workbook(pack: Pack, movement: Movement, secret: bytes) -> bytes:
    """xlsx bytes; the same pack gives the same bytes. Texts are written as texts, never as formulas."""
    title = f"Phiếu kiểm – {pack.step.name} – {pack.occasion}"
    book = Book(title, stamps_of(pack), title)
    write_guide(book, pack, movement)
    places = _places(pack)
    _write_lines(book, pack, places)
    _write_members(book, pack)
    write_signature(book, pack, movement)
    return book.finish(hidden(pack, secret))


def stamps_of(pack: Pack) -> list[str]:
    """What every print says: a trial, an illustration."""
    found = [*pack.nominated.stamps, *([ILLUSTRATION] if pack.illustration else [])]
    return list(dict.fromkeys(found))


# --- the hidden sheet ----------------------------------------------------------------------------------------------


def keys(pack: Pack) -> list[str]:
    """SHEET|KEY of every row that is asked about."""
    told = [f"{c.TALLY}|{one.key}" for one in pack.lines]
    return [*told, *(f"{c.MEMBERS}|member:{one.number}" for one in pack.members)]


def token_of(pack: Pack, secret: bytes) -> str:
    return row_token(secret, c.KIND, pack.occasion, pack.step.id, _sets(pack), pack.digest, keys(pack), pack.head[0])


def hidden(pack: Pack, secret: bytes) -> list[tuple[str, str]]:
    on = pack.on.isoformat() if pack.on is not None else ""
    return hidden_rows(
        c.KIND,
        c.FORMAT,
        pack.occasion,
        pack.step.id,
        _sets(pack),
        pack.digest,
        token_of(pack, secret),
        keys(pack),
        entry=str(pack.head[0]),
        on=on,
    )


def _sets(pack: Pack) -> str:
    return ",".join(one.id for one in pack.awards)


# --- the cases -----------------------------------------------------------------------------------------------------


def _places(pack: Pack) -> dict[str, str]:
    """Where members are counted: ranges of the sheet of members."""
    first, last = MEMBER_FIRST, MEMBER_FIRST + len(pack.members) - 1
    return {
        name: f"'{c.MEMBERS}'!${a1(0, column)[:-1]}${first + 1}:${a1(0, column)[:-1]}${last + 1}"
        for name, column in (("here", c.HERE), ("wrote", c.WROTE))
    }


MEMBER_FIRST = 3  # row of the first member, from 0: title, what it is for, heads


def _write_lines(book: Book, pack: Pack, places: dict[str, str]) -> None:
    sheet = book.sheet(c.TALLY, c.WIDTHS, landscape=True)
    sheet.protect("", _ALLOWED)
    row = book.opening(sheet, "PHIẾU KIỂM", [f"{pack.step.name}; {pack.nominated.occasion.words}"])
    here, wrote = f'COUNTIF({places["here"]},"x")', f'COUNTIF({places["wrote"]},"x")'
    row = _attendance(book, sheet, row, pack, here, wrote)
    book.heading(sheet, row, c.HEADS, c.WIDTHS, 4)
    sheet.set_row(row, height(c.HEADS, c.WIDTHS, bold=True) + 16)
    first = row = row + 1
    for award in pack.awards:
        lines = pack.of_award(award.id)
        source = source_of(pack.nominated.file, lines[0].vote, pack.nominated.occasion.day)
        text = f"{award.name}: cần {threshold(pack, lines[0].vote)}" + (f" ({source})" if source else "")
        row = _across(book, sheet, row, text)
        at: dict[int, list[int]] = {}
        for line in lines:
            _line(book, sheet, row, pack, line, here, wrote)
            at.setdefault(line.tie, []).append(row)
            row += 1
        for tie in pack.ties:
            if tie.award == award.id:
                row = _tie(book, sheet, row, tie, at[tie.number])
    wrong = {"type": "formula", "format": book.style("wrong")}
    check = a1(first, c.CHECK)
    ends = (first, c.CHECK, max(row - 1, first), c.CHECK)
    sheet.conditional_format(*ends, {**wrong, "criteria": f'=AND({check}<>"",{check}<>"{c.MATCHES}")'})
    sheet.print_area(0, 1, max(row - 1, 1), len(c.HEADS))


def _attendance(book: Book, sheet: Any, row: int, pack: Pack, here: str, wrote: str) -> int:
    """Who is there, and whether that is enough; the row after it."""
    rule, many = pack.rule, len(pack.members)
    quorum = f"{here}*{rule.quorum.denominator}>={rule.quorum.numerator * many}"
    tests = [quorum]
    wanted = f"cần ít nhất {part_words(rule.quorum)} thành viên có mặt"
    if rule.attendance is not None:
        tests.append(f"({here}+{wrote})*{rule.attendance.denominator}>={rule.attendance.numerator * many}")
        wanted += f" và {part_words(rule.attendance)} có mặt hoặc gửi ý kiến bằng văn bản"
    said = f'"Tổng số {many} thành viên; có mặt "&{here}&"; vắng có ý kiến bằng văn bản "&{wrote}&" ({wanted}): "'
    formula = f'{said}&IF(AND({",".join(tests)}),"đủ điều kiện họp","CHƯA ĐỦ")'
    shown = f"Tổng số {many} thành viên; có mặt 0; vắng có ý kiến bằng văn bản 0 ({wanted}): CHƯA ĐỦ"
    sheet.merge_range(row, 1, row, len(c.HEADS), "", book.style("bold", "wrap"))
    write_formula(sheet, row, 1, formula, book.style("bold", "wrap"), shown)
    sheet.set_row(row, height([shown], [_WIDE], bold=True) + 4)
    cell = a1(row, 1)
    red = {"type": "formula", "criteria": f'=ISNUMBER(SEARCH("CHƯA ĐỦ",{cell}))', "format": book.style("wrong")}
    sheet.conditional_format(row, 1, row, len(c.HEADS), red)
    return row + 1


def _across(book: Book, sheet: Any, row: int, text: str, look: str = "part") -> int:
    style = book.style("cell", look)
    sheet.merge_range(row, 1, row, len(c.HEADS), "", style)
    sheet.write_string(row, 1, text[:2000], style)
    sheet.set_row(row, height([text], [_WIDE], bold=True) + 3)
    return row + 1


def _line(book: Book, sheet: Any, row: int, pack: Pack, line: Line, here: str, wrote: str) -> None:
    plain, centred = book.style("cell"), book.style("cell", "center")
    nominee = line.case.nominee
    barred = pack.conflicts_of.get(nominee.id, [])
    who = ", ".join(f"số {one.member}" for one in barred)
    texts = {3: _named(line), c.STATE: state_words(pack, line), c.RECUSED: who}
    write_text(sheet, row, 0, line.key, book.style())
    sheet.write_number(row, 1, line.number, centred)
    write_text(sheet, row, 2, nominee.id, book.style("cell", "bold"))
    for place, text in texts.items():
        write_text(sheet, row, place, text, plain)
    number = book.style("cell", "input", "n:0", "center")
    for place in c.COUNTS:
        sheet.write_blank(row, place, None, number)
    if barred:
        sheet.write_number(row, c.OUT, len(barred), number)
    tied = line.tie > 0
    for place, look in ((c.CHOSEN, "center"), (c.CHAIRS_SIDE, "center"), (c.REASON, "text")):
        sheet.write_blank(row, place, None, book.style("cell", "input" if tied else "known", look))
    whole = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": _MOST, "ignore_blank": True}
    told = {"error_title": "Giá trị chưa đúng", "error_message": "Cần một số nguyên, từ 0."}
    sheet.data_validation(row, c.ISSUED, row, c.OUT, {**whole, **told})
    if tied:
        seats = next(one.seats for one in pack.ties if one.number == line.tie)
        asked = f"Nhóm bằng nhau {line.tie}: chọn không quá {seats}."
        sheet.data_validation(row, c.CHOSEN, row, c.CHOSEN, cross_rule("Chọn", asked))
        side = cross_rule("Theo phía chủ tọa", "Chỉ khi số phiếu bằng nhau; nêu lý do.")
        sheet.data_validation(row, c.CHAIRS_SIDE, row, c.CHAIRS_SIDE, side)
        sheet.data_validation(row, c.REASON, row, c.REASON, note("Lý do", "Bắt buộc khi theo phía chủ tọa."))
    write_formula(sheet, row, c.CHECK, _check(row, here, wrote, len(barred)), plain, "chưa ghi")
    write_formula(sheet, row, c.RESULT, _result(row, pack, line), centred, "")
    shown = {3: texts[3], c.STATE: texts[c.STATE], c.RECUSED: who}
    sheet.set_row(row, height(list(shown.values()), [c.WIDTHS[place - 1] for place in shown]) + 4)


def _named(line: Line) -> str:
    nominee = line.case.nominee
    beside = ", ".join(part for part in (nominee.post, nominee.unit) if part) if nominee.person else ""
    return nominee.name + (f" ({beside})" if beside else "")


def state_words(pack: Pack, line: Line) -> str:
    """đề nghị; or which tie it is part of, or which higher award it waits for."""
    told = []
    if line.tie:
        seats = next(one.seats for one in pack.ties if one.number == line.tie)
        told.append(f"bằng nhau (nhóm {line.tie}), chọn không quá {seats}")
    if line.after:
        told.append(f"chỉ tính nếu không được {line.after}")
    return "; ".join(told) or line.case.state.value


def _check(row: int, here: str, wrote: str, barred: int) -> str:
    """The first thing that is wrong with a row, or khớp."""
    at = {place: a1(row, place) for place in c.COUNTS}
    counts = f"{at[c.ISSUED]}:{at[c.BLANK]}"
    tests = (
        (f"COUNT({counts})=0", "chưa ghi"),
        (f"COUNT({counts})<6", "thiếu số"),
        (f"{at[c.COLLECTED]}>{at[c.ISSUED]}", "thu về nhiều hơn phát ra"),
        (f"{at[c.VALID]}>{at[c.COLLECTED]}", "hợp lệ nhiều hơn thu về"),
        (f"{at[c.YES]}+{at[c.NO]}+{at[c.BLANK]}<>{at[c.VALID]}", "đồng ý + không + trắng khác hợp lệ"),
        (f"{at[c.ISSUED]}>{here}", "phát ra nhiều hơn số có mặt"),
        (f"N({at[c.WRITTEN_YES]})+N({at[c.WRITTEN_NO]})>{wrote}", "văn bản nhiều hơn số gửi ý kiến"),
        (f"NOT(ISNUMBER({at[c.OUT]}))" if barred else "FALSE", "thiếu số không bỏ phiếu"),
        (f"N({at[c.OUT]})<{barred}", "số không bỏ phiếu nhỏ hơn đã xác định"),
    )
    formula = f'"{c.MATCHES}"'
    for test, said in reversed(tests):
        formula = f'IF({test},"{said}",{formula})'
    return formula


def _result(row: int, pack: Pack, line: Line) -> str:
    """đạt, không đạt: in whole numbers as Votes counts it."""
    rule, share = pack.rule, line.vote.share
    written = a1(row, c.WRITTEN_YES), a1(row, c.WRITTEN_NO)
    yes = a1(row, c.YES) + (f"+N({written[0]})" if rule.written else "")
    if rule.denominator == "members":
        whole = f"{len(pack.members)}" + (f"-N({a1(row, c.OUT)})" if rule.recusal_lowers else "")
    else:
        whole = a1(row, c.COLLECTED) + (f"+N({written[0]})+N({written[1]})" if rule.written else "")
    passed = f"AND({whole}>0,({yes})*{share.denominator}>={share.numerator}*({whole}))"
    return f'IF({a1(row, c.CHECK)}="{c.MATCHES}",IF({passed},"đạt","không đạt"),"")'


def _tie(book: Book, sheet: Any, row: int, tie: Tie, rows: Sequence[int]) -> int:
    """How many of a tie may be chosen, and whether more are; the row after it."""
    text = f"Nhóm bằng nhau {tie.number}: {', '.join(tie.nominees)}; chọn không quá {tie.seats}, lấy từ phiếu cao xuống thấp."
    style = book.style("cell", "leaf")
    sheet.merge_range(row, 1, row, c.RESULT, "", style)
    sheet.write_string(row, 1, text[:2000], style)
    chosen = "+".join(f'({a1(one, c.CHOSEN)}="x")' for one in rows)
    formula = f'IF({chosen}>{tie.seats},"chọn quá {tie.seats}","{c.MATCHES}")'
    write_formula(sheet, row, c.CHECK, formula, book.style("cell"), c.MATCHES)
    sheet.set_row(row, height([text], [_WIDE - c.WIDTHS[-1]]) + 3)
    return row + 1


# --- the members ---------------------------------------------------------------------------------------------------


def _write_members(book: Book, pack: Pack) -> None:
    sheet = book.sheet(c.MEMBERS, c.MEMBER_WIDTHS, landscape=True)
    sheet.protect("", _ALLOWED)
    sheet.set_row(0, 20)
    body, chair = chair_words(pack.step)
    sheet.write_string(0, 1, f"THÀNH VIÊN {body.upper()}", book.style("title"))
    told = f"Đánh x ở một trong hai cột có mặt, ý kiến bằng văn bản; để trống cả hai là vắng không có ý kiến. {chair} chủ trì."
    sheet.write_string(1, 1, told, book.style("italic"))
    book.heading(sheet, MEMBER_FIRST - 1, c.MEMBER_HEADS, c.MEMBER_WIDTHS, 3)
    names = {one.nominee: one.case.nominee.name for one in pack.lines}
    for row, member in enumerate(pack.members, MEMBER_FIRST):
        barred = [f"{one.nominee} {names[one.nominee]}" for one in pack.conflicts if one.member == member.number]
        texts = [
            str(member.number),
            member.name,
            member.post,
            member.body_name,
            role_words(pack.step, member.role),
            "; ".join(barred),
        ]
        write_text(sheet, row, 0, f"member:{member.number}", book.style())
        for place, text in enumerate(texts, 1):
            write_text(sheet, row, place, text, book.style("cell", *(("center",) if place == 1 else ())))
        for place in (c.HERE, c.WROTE):
            sheet.write_blank(row, place, None, book.style("cell", "input", "center"))
        for place in (c.DECLARED, c.WHY):
            sheet.write_blank(row, place, None, book.style("cell", "input", "text"))
        here, wrote = a1(row, c.HERE), a1(row, c.WROTE)
        declared, why = a1(row, c.DECLARED), a1(row, c.WHY)
        formula = (
            f'IF(AND({here}="x",{wrote}="x"),"vừa có mặt vừa vắng",'
            f'IF(AND({declared}<>"",{why}=""),"thiếu lý do","{c.MATCHES}"))'
        )
        write_formula(sheet, row, c.MEMBER_CHECK, formula, book.style("cell"), c.MATCHES)
        sheet.data_validation(row, c.HERE, row, c.WROTE, cross_rule("Có mặt, văn bản", "Đánh x ở một ô."))
        asked = note("Khai xung đột", "Mã đối tượng ở trang Kiem phieu, cách nhau dấu chấm phẩy.")
        sheet.data_validation(row, c.DECLARED, row, c.DECLARED, asked)
        sheet.set_row(row, height(texts, c.MEMBER_WIDTHS[: len(texts)]) + 4)
    last = MEMBER_FIRST + len(pack.members) - 1
    check = a1(MEMBER_FIRST, c.MEMBER_CHECK)
    red = {"type": "formula", "criteria": f'={check}<>"{c.MATCHES}"', "format": book.style("wrong")}
    sheet.conditional_format(MEMBER_FIRST, c.MEMBER_CHECK, last, c.MEMBER_CHECK, red)
    sheet.print_area(0, 1, last, len(c.MEMBER_HEADS))
