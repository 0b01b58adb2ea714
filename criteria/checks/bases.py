"""Legal bases and verifying bodies: declared, complete, in force."""

from __future__ import annotations

from criteria.criteria_set import CriteriaSet
from criteria.declarations.common import Basis
from criteria.problems import WARNING, Problem


def check(bound: CriteriaSet) -> list[Problem]:
    problems: list[Problem] = []
    source, declared = bound.source, bound.declaration
    for index, item in enumerate(declared.bases):
        if isinstance(item, str) and item not in bound.bases:
            problems.append(
                source.problem(
                    "unknown-basis",
                    ("bases", index),
                    f"Căn cứ “{item}” không có trong documents.yaml.",
                    "Khai văn bản đó, hoặc viết đủ {id, document, number, date, issuer}.",
                )
            )
    used = [item if isinstance(item, str) else item.id for item in declared.bases]
    for node in bound.leaves():
        carried = bound.carried.get(node.id)
        if carried is None:
            continue
        if not carried.clauses:
            problems.append(
                source.problem(
                    "basis-missing",
                    node._path,
                    f"{node.id} không nêu căn cứ.",
                    "Thêm clause: {basis: …, place: …} ở tiêu chí, ở nhóm hoặc ở đầu tệp.",
                )
            )
        if not carried.verified_by:
            problems.append(
                source.problem(
                    "verifier-missing",
                    node._path,
                    f"{node.id} không có cơ quan thẩm định.",
                    "Thêm verified_by ở tiêu chí, ở nhóm hoặc ở đầu tệp.",
                )
            )
    for clauses, path in _clauses(bound):
        for index, clause in enumerate(clauses):
            used.append(clause.basis)
            if clause.basis not in bound.bases:
                problems.append(
                    source.problem(
                        "unknown-basis",
                        (*path, "clause", index, "basis"),
                        f"Căn cứ “{clause.basis}” không được khai báo.",
                        "Các căn cứ: " + (", ".join(bound.bases) or "chưa có") + ".",
                    )
                )
    for basis_id in dict.fromkeys(used):
        basis = bound.bases.get(basis_id)
        if basis is not None:
            problems += _state(bound, basis)
    return problems


def _clauses(bound: CriteriaSet) -> list[tuple[list, tuple]]:  # type: ignore[type-arg]
    blocks = [bound.declaration, *bound.nodes(), *(entry for _, entry in bound.printed_entries())]
    return [(block.clause, block._path) for block in blocks if block.clause]


def _state(bound: CriteriaSet, basis: Basis) -> list[Problem]:
    problems: list[Problem] = []
    path = _path(bound, basis)
    lacking = [word for word, value in (("số", basis.number), ("ngày", basis.date)) if value is None]
    if lacking and basis.open_question is None:
        problems.append(
            bound.source.problem(
                "basis-incomplete",
                path,
                f"Căn cứ “{basis.id}” thiếu {' và '.join(lacking)}.",
                "Điền vào, hoặc ghi open_question: vì sao chưa biết.",
            )
        )
    declared = bound.declaration
    if basis.replaced_by is not None:
        when = f"từ {basis.replaced_from:%d/%m/%Y}" if basis.replaced_from else "từ ngày chưa xác định"
        problems.append(
            _warn(
                bound,
                path,
                f"Căn cứ “{basis.words()}” đã được thay thế {when} bởi “{_words(bound, basis.replaced_by)}”.",
            )
        )
    if basis.amended_by is not None:
        when = f"từ {basis.amended_from:%d/%m/%Y} " if basis.amended_from else ""
        problems.append(
            _warn(
                bound,
                path,
                f"Căn cứ “{basis.words()}” đã được sửa đổi, bổ sung {when}bởi “{_words(bound, basis.amended_by)}”.",
            )
        )
    if basis.valid_to is not None and (declared.valid_to is None or basis.valid_to < declared.valid_to):
        problems.append(
            _warn(
                bound,
                path,
                f"Căn cứ “{basis.words()}” hết hiệu lực ngày {basis.valid_to:%d/%m/%Y}, trước khi bộ tiêu chí hết hiệu lực.",
            )
        )
    return problems


def _path(bound: CriteriaSet, basis: Basis) -> tuple[str | int, ...]:
    for index, item in enumerate(bound.declaration.bases):
        if (item if isinstance(item, str) else item.id) == basis.id:
            return ("bases", index)
    return ("bases",)


def _words(bound: CriteriaSet, basis_id: str) -> str:
    other = bound.bases.get(basis_id)
    return other.words() if other is not None else basis_id


def _warn(bound: CriteriaSet, path: tuple[str | int, ...], message: str) -> Problem:
    return bound.source.problem("basis-replaced", path, message, "In kèm văn bản đang có hiệu lực.", WARNING)
