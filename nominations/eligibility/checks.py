"""All checks of one case, in the order of law.md: TC, E1 … E13, with what people have decided of them."""

from __future__ import annotations

from functools import partial

from nominations.awards.declarations import Award, Route
from nominations.awards.matrix import route_of
from nominations.eligibility.blocks import block_check
from nominations.eligibility.context import Context
from nominations.eligibility.duplicates import check_duplicate, check_pending
from nominations.eligibility.earlier_awards import check_held, check_lower
from nominations.eligibility.finding import Finding
from nominations.eligibility.judging import decided
from nominations.eligibility.matrix_checks import duration_check, issuer_check, route_check
from nominations.eligibility.papers import confirmation_check, initiative_check
from nominations.eligibility.persons import maternity_check, opinion_check, preference_check
from nominations.eligibility.proposers import proposer_check
from nominations.eligibility.standard import standard_check
from nominations.nominees import Nominee

CHECKS: dict[str, str] = {  # in the order in which they are made and printed
    "TC": "Tiêu chuẩn của tỉnh",
    "E1": "Hình thức, đối tượng, dịp",
    "E2": "Thời gian thực hiện phong trào",
    "E3": "Cấp phát động phong trào",
    "E4": "Không khen trùng thành tích, sáng kiến",
    "E5": "Hình thức đã được khen mà căn cứ đòi hỏi",
    "E6": "Kỷ luật, thanh tra, khiếu nại, tố cáo, báo chí",
    "E7": "Thời gian nghỉ thai sản",
    "E8": "Ưu tiên khi bằng nhau",
    "E9": "Không bắt buộc có hình thức mức thấp trước",
    "E9b": "Không đang được đề nghị ở nơi khác",
    "E10": "Xác nhận của cơ quan quản lý",
    "E11": "Chứng nhận sáng kiến",
    "E12": "Nơi đề nghị",
    "E13": "Ý kiến đối với cán bộ thuộc diện quản lý",
}


def route_for(context: Context, nominee: Nominee, award: Award) -> Route | None:
    """The route by which an award goes to this subject at this occasion of a movement launched by this issuer."""
    awards = context.file.awards
    if nominee.subject is None:
        return None
    return route_of(awards, award, nominee.subject, context.occasion.kind, awards.frame.issuer).route


def check_case(
    context: Context, nominee: Nominee, award: Award, tied: bool = False
) -> tuple[Route | None, tuple[Finding, ...]]:
    """The route of a case (None: there is none) and all findings. tied: it shares its figure with another one of its quota."""
    route = route_for(context, nominee, award)
    made = (
        standard_check,
        route_check,
        duration_check,
        issuer_check,
        check_duplicate,
        check_held,
        block_check,
        maternity_check,
        partial(preference_check, tied=tied),
        check_lower,
        check_pending,
        confirmation_check,
        initiative_check,
        proposer_check,
        opinion_check,
    )
    found = (check(context, nominee, award, route) for check in made)
    return route, tuple(decided(context, award, nominee, one) for one in found)
