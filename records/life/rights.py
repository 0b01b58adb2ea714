"""One table: role × state × action. Nothing writes a score but what asks it (docs/life.md)."""

from __future__ import annotations

UNIT, VERIFIER, ASSESSOR, INSPECTOR, STEWARD = "unit", "verifier", "assessor", "inspector", "steward"
AWAITED, SELF, RETURNED, EXPLAINED = "awaited", "self", "returned", "explained"
VERIFIED, REVERIFIED, CLOSED, FROZEN = "verified", "reverified", "closed", "frozen"
FINAL = "final"  # a stage, no state: what counts in the end

ROLES = {
    UNIT: "đơn vị",
    VERIFIER: "cơ quan thẩm định",
    ASSESSOR: "người chấm",
    INSPECTOR: "cơ quan kiểm tra",
    STEWARD: "thường trực",
}
STATES = {
    AWAITED: "chưa nộp",
    SELF: "chưa thẩm định",
    RETURNED: "trả lại, chờ giải trình",
    EXPLAINED: "đã giải trình, chờ thẩm định lại",
    VERIFIED: "đã thẩm định",
    REVERIFIED: "đã thẩm định lại",
    CLOSED: "đóng không có kết quả",
    FROZEN: "đã công bố chính thức",
}
ACTIONS = {
    "hand_in": "nộp biểu",
    "accept": "chấp nhận",
    "correct": "sửa",
    "leave_out": "quyết định không áp dụng",
    "send_back": "trả lại",
    "mark": "cho điểm",
    "explain": "giải trình",
    "extend": "gia hạn",
    "close": "đóng không có kết quả",
    "reopen": "mở lại",
    "revise": "điều chỉnh kết quả cuối",
}
STAGES = {
    "self": "tự chấm",
    "verified": "thẩm định",
    "explained": "giải trình",
    "reverified": "thẩm định lại",
    "final": "kết quả cuối",
}
CONCLUSIONS = ("accept", "correct", "leave_out")

_TABLE: dict[str, dict[str, tuple[str, ...]]] = {  # state → action → roles
    AWAITED: {"hand_in": (UNIT,), "close": (STEWARD,)},
    SELF: {
        "hand_in": (UNIT,),
        "accept": (VERIFIER,),
        "correct": (VERIFIER,),
        "leave_out": (VERIFIER,),
        "send_back": (VERIFIER,),
        "mark": (ASSESSOR,),
        "close": (STEWARD,),
    },
    RETURNED: {"explain": (UNIT,), "extend": (VERIFIER, STEWARD), "close": (STEWARD,)},
    EXPLAINED: {
        "accept": (VERIFIER,),
        "correct": (VERIFIER,),
        "leave_out": (VERIFIER,),
        "send_back": (VERIFIER,),
        "mark": (ASSESSOR,),
        "close": (STEWARD,),
    },
    VERIFIED: {
        "accept": (VERIFIER,),
        "correct": (VERIFIER,),
        "leave_out": (VERIFIER,),
        "revise": (INSPECTOR, STEWARD),
    },
    REVERIFIED: {
        "accept": (VERIFIER,),
        "correct": (VERIFIER,),
        "leave_out": (VERIFIER,),
        "revise": (INSPECTOR, STEWARD),
    },
    CLOSED: {"reopen": (STEWARD,)},
    FROZEN: {"revise": (INSPECTOR, STEWARD)},
}


def may(role: str, state: str, action: str) -> bool:
    """Whether a role may do something to a criterion in a state."""
    return role in _TABLE[state].get(action, ())


def allowed(state: str) -> dict[str, tuple[str, ...]]:
    """What may happen in a state: action → roles."""
    return dict(_TABLE[state])


def state_after(state: str, action: str, before_closing: str = SELF) -> str:
    """The state a permitted action leads to. before_closing: what `reopen` goes back to."""
    if action in CONCLUSIONS:
        return REVERIFIED if state in (EXPLAINED, REVERIFIED) else VERIFIED
    return {
        "send_back": RETURNED,
        "explain": EXPLAINED,
        "close": CLOSED,
        "reopen": before_closing,
        "hand_in": SELF,
    }.get(action, state)


def stage_of(state: str, action: str) -> str:
    """The stage at which the figures of an action stand."""
    if action in CONCLUSIONS or action == "send_back":
        return REVERIFIED if state in (EXPLAINED, REVERIFIED) else VERIFIED
    return {"explain": EXPLAINED, "revise": FINAL, "close": FINAL, "reopen": FINAL, "hand_in": SELF}.get(action, state)
