"""What entries about awards are called by those who read the ledger: proposals, checks, councils, steps, dossiers, awards held."""

from __future__ import annotations

import json
from collections.abc import Callable

from nominations.council.members import ROLES as COUNCIL_ROLES
from nominations.council.votes import read_votes
from nominations.history.held import STATUS
from nominations.history.naming import LEVELS
from nominations.steps.progress import WORDS as STEPS

KINDS = {  # kind of subject → what it is about
    "held": "khen thưởng",
    "proposal": "danh sách đề nghị",
    "proposed": "dòng đề nghị",
    "outsider": "người không chấm điểm",
    "nominee": "dữ kiện xét khen thưởng",
    "eligibility": "biểu xét điều kiện",
    "check": "kết luận điều kiện",
    "basis": "đối chiếu căn cứ",
    "council": "hội đồng xét khen thưởng",
    "meeting": "phiên họp hội đồng",
    "appraisal": "biểu thẩm định hồ sơ",
    "case": "trường hợp đề nghị",
    "dossier": "hồ sơ khen thưởng",
}
ROLES = {"council": "hội đồng", "appraiser": "cơ quan thẩm định hồ sơ", "office": "cơ quan công khai danh sách"}
AT_AN_OCCASION = (
    "proposal",
    "proposed",
    "nominee",
    "eligibility",
    "check",
    "council",
    "meeting",
    "appraisal",
    "case",
    "dossier",
)
_FIELDS: dict[str, dict[str, str]] = {
    "held": {
        "holder": "người được khen",
        "holder_name": "tên người được khen",
        "award": "mã hình thức",
        "award_name": "hình thức",
        "category": "loại hình",
        "level": "cấp",
        "decision": "số quyết định",
        "day": "ngày quyết định",
        "authority": "cơ quan quyết định",
        "movement": "phong trào",
        "occasion": "dịp",
        "rounds": "các kỳ được tính",
        "from": "thành tích từ ngày",
        "to": "thành tích đến ngày",
        "achievement": "thành tích",
        "initiative": "sáng kiến",
        "status": "tình trạng",
        "illustration": "số liệu minh họa",
    },
    "proposal": {
        "proposer": "cơ quan đề nghị",
        "through": "gửi qua cơ quan",
        "letter": "số tờ trình",
        "letter_day": "ngày tờ trình",
        "minutes": "số biên bản",
        "minutes_day": "ngày biên bản",
        "file": "biểu đề nghị, lần gửi",
        "replaced": "thay bằng danh sách số",
        "signed": "người lập, người ký",
    },
    "proposed": {
        "nominee": "đối tượng",
        "award": "mã hình thức",
        "merit": "thành tích tóm tắt",
        "achievement": "thành tích",
        "initiative": "sáng kiến",
        "certificate": "giấy chứng nhận sáng kiến",
    },
    "outsider": {
        "name": "tên",
        "post": "chức vụ",
        "unit": "đơn vị",
        "place": "xã, phường",
        "subject": "mã loại đối tượng",
        "manager": "cơ quan quản lý",
    },
    "nominee": {
        "gender": "giới tính",
        "people": "tổng số người",
        "women": "số nữ",
        "discipline": "đang xem xét kỷ luật",
        "discipline_until": "kỷ luật đến hết ngày",
        "inspection": "đang thanh tra, kiểm tra, điều tra",
        "complaint": "đơn thư đang xác minh",
        "press": "báo chí nêu, đang xác minh",
        "maternity": "nghỉ thai sản",
        "managed": "diện cấp ủy quản lý",
        "opinion": "ý kiến cấp ủy",
        "initiative": "sáng kiến",
        "certificate": "giấy chứng nhận sáng kiến",
    },
    "eligibility": {"collected": "đã thu, số điều mới"},
    "appraisal": {"collected": "đã thu, lần gửi"},
    "basis": {"compared": "đã đối chiếu với văn bản"},
    "meeting": {
        "minutes": "số biên bản",
        "day": "ngày họp",
        "place": "nơi họp",
        "members": "số thành viên",
        "present": "số người có mặt",
        "written": "số ý kiến bằng văn bản",
        "absent": "số thứ tự thành viên vắng có ý kiến bằng văn bản",
        "head": "mục và mã băm cuối sổ in trên tài liệu họp",
        "file": "mã băm phiếu kiểm",
    },
    "case": {"announced": "công khai danh sách từ ngày", "submitted": "văn bản trình"},
}
_PREFIXES = {
    ("nominee", "confirm"): "xác nhận",
    ("council", "member"): "thành viên số",
    ("case", "step"): "bước",
    ("case", "votes"): "kết quả kiểm phiếu, bước",
    ("case", "tie"): "nhóm bằng nhau, bước",
    ("dossier", "paper"): "bản ký của giấy tờ",
}
_VOTES = {
    "members": "thành viên",
    "present": "có mặt",
    "written": "ý kiến bằng văn bản",
    "recused": "không được biểu quyết",
    "yes": "phiếu đồng ý",
    "no": "phiếu không đồng ý",
    "blank": "phiếu trắng",
    "invalid": "phiếu không hợp lệ",
    "written_yes": "ý kiến đồng ý",
    "written_no": "ý kiến không đồng ý",
}
_ALWAYS_SAID = ("members", "present", "yes", "no")


def place_of(subject: str) -> tuple[str, str, str]:
    """Occasion, nominee and the rest of a subject in words, of one of KINDS."""
    kind, _, rest = subject.partition(":")
    if kind not in AT_AN_OCCASION:
        return "", rest if kind == "outsider" else "", f"số {rest}" if kind == "held" else rest * (kind != "outsider")
    occasion, _, more = rest.partition("/")
    if kind == "proposal":
        return occasion, "", f"số {more}"
    if kind == "proposed":
        number, _, row = more.partition("/")
        return occasion, "", f"danh sách số {number}, dòng {row}"
    if kind in ("council", "meeting", "appraisal"):
        return occasion, "", f"bước {more}"
    if kind == "eligibility":
        return occasion, "", ""
    award, slash, nominee = more.partition("/")
    if kind == "nominee":
        return occasion, award, ""
    if kind == "check" and nominee == "*":
        return occasion, "", f"{award}, mọi đối tượng"
    return occasion, nominee if slash else "", award


def field_words(kind: str, name: str) -> str:
    """A field of one of KINDS."""
    known = _FIELDS.get(kind, {}).get(name)
    if known is not None:
        return known
    if kind == "check":
        return f"điều kiện {name}"
    head, colon, rest = name.partition(":")
    if kind == "proposed" and head == "report":
        place, _, number = rest.rpartition("/")
        return f"báo cáo thành tích, mục {place}, đoạn {number}"
    if kind == "council" and head == "conflict":
        member, _, nominee = rest.partition("/")
        return f"thành viên số {member} khai xung đột lợi ích với {nominee}"
    return f"{_PREFIXES[kind, head]} {rest}" if colon and (kind, head) in _PREFIXES else name


def value_words(kind: str, name: str, value: str) -> str:
    """A value of one of KINDS as people say it; the value itself where it speaks for itself."""
    head = name.partition(":")[0]
    said = _VALUES.get((kind, head)) or (_checked if kind == "check" else None)
    return said(value) if said is not None and value else value


def _of(words: dict[str, str]) -> Callable[[str], str]:
    return lambda value: words.get(value, value)


def _member(value: str) -> str:
    """Trần Văn A, Giám đốc, Sở Một (Chủ tịch)"""
    try:
        told = json.loads(value)
    except ValueError:
        return value
    if not isinstance(told, dict):
        return value
    parts = [str(told.get(name, "")) for name in ("name", "post", "body_name")]
    role = next((word for one, word in COUNCIL_ROLES.items() if one == told.get("role")), "")
    return ", ".join(part for part in parts if part) + (f" ({role})" if role else "")


def _votes(value: str) -> str:
    votes = read_votes(value)
    if votes is None:
        return value
    told = [(getattr(votes, name), name, word) for name, word in _VOTES.items()]
    return ", ".join(f"{many} {word}" for many, name, word in told if many or name in _ALWAYS_SAID)


_checked = _of({"pass": "đạt", "fail": "không đạt"})
_VALUES: dict[tuple[str, str], Callable[[str], str]] = {
    ("held", "status"): _of(STATUS),
    ("held", "level"): _of(LEVELS),
    ("basis", "compared"): _of({"unchanged": "không đổi", "changed": "đã đổi"}),
    ("council", "member"): _member,
    ("case", "step"): _of(STEPS),
    ("case", "votes"): _votes,
    ("case", "tie"): _of({"chosen": "được chọn", "not": "không được chọn"}),
}
