"""What people have settled about a node, in the words that explanations print."""

from __future__ import annotations

from scoring import states
from scoring.result import Result

_WORDS = {  # heading, and what is said where the decision gives no reason
    states.DOES_NOT_APPLY: ("Không áp dụng", "theo quyết định; điểm tối đa đang áp dụng giảm tương ứng"),
    states.NOT_VERIFIED: ("Chưa thẩm định", "cơ quan thẩm định chưa kết luận; tạm tính 0 điểm"),
    states.RETURNED: ("Trả lại", "đã trả lại đơn vị để giải trình; tạm tính 0 điểm"),
    states.CLOSED: ("Đóng không có kết quả", "theo quyết định; 0 điểm, điểm tối đa đang áp dụng giữ nguyên"),
}


def settled_lines(result: Result, row: int, node_id: str, state: int) -> list[tuple[str, str]]:
    """Heading and reason, where a decision on the node, or on a part it stands in, gives its state; else nothing.

    state: a code of scoring.states. A part that does not apply says so itself, not at every node inside.
    """
    if state not in _WORDS:
        return []
    parents, chain = result.root.outline.parents, [node_id]
    while state != states.DOES_NOT_APPLY and parents[chain[0]]:
        chain.insert(0, parents[chain[0]])
    for each in chain:
        decision = result.root.table.decisions.get(each)
        if decision is not None and int(decision.state[row]) == state:
            heading, otherwise = _WORDS[state]
            where = f"{each}: " if each != node_id else ""
            return [(heading, where + (decision.reasons.get(row) or otherwise))]
    return []
