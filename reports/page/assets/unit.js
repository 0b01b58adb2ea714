"use strict";
// One unit: its result, what decided its place, and every criterion with what stands behind the points.

function unitView(place) {
  const { set } = place;
  const unit = place.unit ?? unitsHere(place)[0];
  if (!unit) return el("section", { class: "view" }, viewHeading("Đơn vị"), el("p", null, "Chưa có đơn vị nào."));
  const reach = el("div");
  const told = el(
    "div",
    { class: "told", "aria-live": "polite" },
    el("p", { class: "hint" }, "Đang mở phần chi tiết…"),
  );
  const rows = criterionRows(place, unit);
  const view = el(
    "section",
    { class: "view unit" },
    unitChoice({ ...place, unit }),
    viewHeading(unit.name || unit.id, small(`${unit.id}${unit.pool ? " · " + poolWords(set, unit) : ""}`)),
    figuresOf(set, unit),
    decidedLines(set, unit),
    reach,
    el(
      "div",
      { class: "tools" },
      el("h3", null, "Từng tiêu chí"),
      el("button", { type: "button", class: "noprint", click: () => rows.openAll(true) }, "Mở tất cả"),
      el("button", { type: "button", class: "noprint", click: () => rows.openAll(false) }, "Đóng tất cả"),
    ),
    selfLine(set, unit),
    rows.table,
    told,
  );
  detailOf(set, unit).then(
    (detail) => {
      reach.replaceChildren(...reachLines(detail));
      told.replaceChildren(...aboutUnit(detail));
      rows.fill(detail);
    },
    (problem) => {
      told.replaceChildren(el("p", { class: "warning", role: "alert" }, problem.message));
      rows.fill(null);
    },
  );
  if (place.criterion) rows.open(place.criterion);
  return view;
}

/** Another unit: by name, or the one before and after it in the ranking of its pool. */
function unitChoice(place) {
  const { set, unit } = place;
  const units = set.order.filter((one) => (one.pool ?? "") === (unit.pool ?? ""));
  const by = [...set.units].sort((one, other) => COLLATOR.compare(one.name, other.name));
  const at = units.indexOf(unit);
  const step = (other, words) =>
    other ? el("a", { class: "step", href: addressOf({ ...place, unit: other, criterion: "" }) }, words) : null;
  const before = units[at - 1];
  return el(
    "div",
    { class: "tools noprint" },
    labelledSelect(
      "Đơn vị",
      by.map((one) => [one.id, one.name || one.id]),
      unit.id,
      (id) => goTo({ ...placeNow(), unit: set.unitOf.get(id), criterion: "" }),
    ),
    step(before, "‹ Ngay trên"),
    step(units[at + 1], "Ngay dưới ›"),
    before && unit.rank !== null
      ? el(
          "a",
          { class: "step", href: addressOf({ ...place, view: "compare", unit: before, beside: unit }) },
          "So với đơn vị ngay trên",
        )
      : null,
  );
}

/** The large figures at the top. */
function figuresOf(set, unit) {
  const figure = (label, value, below) =>
    el("div", { class: "figure" }, el("dt", null, label), el("dd", null, value, below ? small(below) : null));
  const above = aboveTotal(unit);
  const beside =
    above === null
      ? unit.self_open > 0
        ? `còn ${unit.self_open} tiêu chí chưa có điểm tự chấm`
        : lackingWords(unit)
      : above
        ? `${signed(above, set.places)} so với kết quả`
        : "bằng kết quả";
  return el(
    "dl",
    { class: "figures" },
    figure("Thứ hạng", rankWords(unit), poolWords(set, unit)),
    figure(
      "Tổng điểm",
      shown(unit.total, set.places),
      `trên ${shown(unit.max, set.places)}${unit.provisional ? ", tạm tính" : ""}`,
    ),
    figure("Tỷ lệ", shareWords(unit)),
    set.has.grade ? figure("Xếp loại", gradeWords(unit)) : null,
    typeof unit.self_total === "number" ? figure("Tự chấm", shown(unit.self_total, set.places), beside) : null,
    unit.interval ? figure("Khoảng hạng", intervalWords(unit), "nếu điểm chờ đều có lợi – đều bất lợi") : null,
    unit.open ? figure("Còn mở", String(unit.open), "việc chưa xong") : null,
  );
}

function decidedLines(set, unit) {
  const pairs = [
    unit.eligible === false && ["Điều kiện", "Không đủ điều kiện."],
    unit.eligible === null && ["Điều kiện", "Chưa kết luận được."],
    unit.note && [unit.rank === null ? "Vì sao không có thứ hạng" : "Lưu ý", unit.note],
    unit.decided && ["Điều quyết định thứ hạng", unit.decided],
    unit.interval_why && ["Khoảng hạng", unit.interval_why],
  ].filter(Boolean);
  return pairs.length ? el("div", { class: "decided" }, headed(pairs)) : null;
}

function reachLines(detail) {
  if (!detail?.reach?.length) return [];
  return [
    el("div", { class: "reach" }, el("h3", null, "Cần thêm gì để đạt mức xếp loại trên"), sentences(detail.reach)),
  ];
}

/** What the details say of the unit as a whole. */
function aboutUnit(detail) {
  if (!detail) return [];
  const block = (heading, content, open = false) =>
    content ? el("details", { class: "block", open }, el("summary", null, heading), content) : null;
  return [
    block("Kết quả được tính như thế nào", headed(detail.result)),
    block("Về đơn vị", headed(detail.about)),
    block("Minh chứng và thẩm định chung", headed(detail.general)),
  ].filter(Boolean);
}

/** Where the unit judged itself higher or lower than the result: how many leaves. */
function selfLine(set, unit) {
  if (!unit.self) return null;
  let higher = 0;
  let lower = 0;
  set.criteria.forEach((criterion, index) => {
    if (isPart(set, index)) return;
    const above = aboveResult(adds(set, unit.self, index), adds(set, unit.points, index));
    higher += above > 0;
    lower += above < 0;
  });
  const words = [higher && `cao hơn kết quả ở ${higher} tiêu chí`, lower && `thấp hơn ở ${lower} tiêu chí`].filter(
    Boolean,
  );
  return el(
    "p",
    { class: "hint" },
    words.length ? `Đơn vị tự chấm ${words.join(", ")}.` : "Đơn vị tự chấm bằng kết quả ở mọi tiêu chí so được.",
  );
}
