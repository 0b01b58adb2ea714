"""Which column of a list holds what: the headings officers write, and the layouts of files known beforehand. Tables, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Field of the roster → headings, compared without marks, case and punctuation (records.roster.matching.fold).
HEADINGS: dict[str, tuple[str, ...]] = {
    "id": ("mã", "mã đối tượng", "mã đơn vị", "mã số", "id"),
    "name": (
        "tên",
        "tên đối tượng",
        "tên đơn vị",
        "tên cơ quan",
        "tên cơ quan, đơn vị",
        "tên doanh nghiệp",
        "họ và tên",
        "họ tên",
        "name",
    ),
    "kind": ("loại", "loại đối tượng", "loại hình", "kind"),
    "group": ("nhóm", "nhóm đối tượng", "group"),
    "set": ("bộ tiêu chí", "set"),
    "parent": ("cơ quan quản lý", "đơn vị quản lý", "cơ quan chủ quản", "trực thuộc", "đơn vị công tác", "parent"),
    "pool": ("cụm", "khối", "cụm, khối", "cụm thi đua", "khối thi đua", "cụm, khối thi đua", "pool"),
    "size": ("quy mô", "size"),
    "sub_type": ("tiểu nhóm", "đối tượng cá nhân", "sub_type"),
    "post": ("chức vụ", "chức danh", "post"),
    "from": ("từ ngày", "ngày thành lập", "from"),
    "to": ("đến ngày", "ngày kết thúc", "to"),
    "successor": ("kế thừa", "cơ quan kế thừa", "đơn vị kế thừa", "successor"),
    "active": ("còn hoạt động", "active"),
    "head": ("thủ trưởng", "người đứng đầu", "head"),
    "province": ("tỉnh", "province"),
    "area": ("địa bàn", "tỉnh cũ", "area"),
    "alias": ("tên cũ", "tên khác", "tên viết tắt", "alias"),
    "code:dinh-danh": ("mã định danh", "mã định danh điện tử"),
    "code:mst": ("mã số thuế", "mst"),
    "source": ("nguồn", "căn cứ", "source"),
    "illustration": ("số liệu minh họa",),
    "valid_from": ("có hiệu lực từ", "hiệu lực từ", "ngày hiệu lực", "valid_from"),
}
CODE = "code:"  # a column "code:NAME" is an outside code of its own
LABELS = {name: headings[0] for name, headings in HEADINGS.items()} | {"valid_from": "có hiệu lực từ"}

IGNORED = ("stt", "tt", "số tt", "số thứ tự", "no", "ghi chú")

# What is neither asked nor kept of a person, whoever sends it.
PERSONAL = (
    "ngày sinh",
    "năm sinh",
    "ngày tháng năm sinh",
    "giới tính",
    "nam nữ",
    "dân tộc",
    "tôn giáo",
    "quê quán",
    "địa chỉ",
    "nơi ở",
    "nơi cư trú",
    "cccd",
    "căn cước",
    "số căn cước",
    "số cccd",
    "cmnd",
    "số định danh cá nhân",
    "điện thoại",
    "số điện thoại",
    "email",
    "thư điện tử",
    "số tài khoản",
)
OF_A_PERSON = {
    "id",
    "name",
    "kind",
    "group",
    "set",
    "parent",
    "pool",
    "sub_type",
    "post",
    "from",
    "to",
    "active",
    "illustration",
}

# These two say how a row is to be read; everything else is a field.
ABOUT_THE_ROW = {"source", "valid_from"}


@dataclass(frozen=True)
class Layout:
    """A file known by its columns.

    signature: headings that tell it. columns: heading → field. set_aside: headings that are known and not read.
    open: what a body must have may be empty, and is then an open question. number: the field that makes the id, with its prefix.
    """

    signature: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)
    set_aside: frozenset[str] = frozenset()
    open: bool = False
    number: tuple[str, str] | None = None


OFFICER = Layout()

LAYOUTS = (
    # bodies.csv: what the documents of the movement say about bodies; there "group" is the kind and "group_002" the letter
    Layout(
        signature=frozenset({"id", "name", "group", "group_002", "seeds"}),
        columns={
            "id": "id",
            "name": "name",
            "group": "kind",
            "province": "province",
            "group_002": "group",
            "alternative_spellings": "alias",
            "seeds": "source",
            "roles": "roles",
            "successor_stated_in_seed": "successor",
            "successor_inferred_from_tasks": "successor_proposed",
            "note": "note",
        },
        set_aside=frozenset({"leads_000", "leads_001", "leads_004"}),
        open=True,
    ),
    # communes.csv: the clauses of one article of a resolution, one commune each
    Layout(
        signature=frozenset({"khoan_dieu1", "loai", "ten"}),
        columns={
            "khoan_dieu1": "clause",
            "loai": "kind",
            "ten": "name",
            "don_vi_cu_nguyen_van": "predecessors",
            "tinh_cu_suy_theo_thu_tu": "area",
        },
        open=True,
        number=("clause", "X"),
    ),
)
