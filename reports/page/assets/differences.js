"use strict";
// The difference of two totals, taken apart criterion by criterion. Only subtractions of whole numbers: nothing is scored here.

/**
 * leaves: [{index, one, other, difference}] that differ in points or state, largest difference first. equal: how many do not.
 * sum: of all differences of leaves. rests: [{index, rest}] where a part's difference is not the sum of its children's (coefficient,
 * choice of an alternative, rescaling, rounding); index -1 is the total. sum + all rests is exactly the difference of the totals.
 */
function differences(set, unit, beside) {
  const gap = set.criteria.map(
    (_, index) => (adds(set, unit.points, index) ?? 0) - (adds(set, beside.points, index) ?? 0),
  );
  const leaves = [];
  const found = { leaves, equal: 0, sum: 0, rests: [], total: unit.total - beside.total };
  const restOf = (index, whole, children) => {
    const rest = whole - children.reduce((sum, child) => sum + gap[child], 0);
    if (rest) found.rests.push({ index, rest });
  };
  set.criteria.forEach((criterion, index) => {
    if (isPart(set, index)) {
      restOf(index, gap[index], set.children.get(criterion.id));
      return;
    }
    found.sum += gap[index];
    if (!gap[index] && stateOf(unit, index) === stateOf(beside, index)) found.equal += 1;
    else leaves.push({ index, difference: gap[index] });
  });
  restOf(-1, found.total, set.children.get("") ?? []);
  leaves.sort((one, other) => Math.abs(other.difference) - Math.abs(one.difference) || one.index - other.index);
  return found;
}

function differenceTable(set, unit, beside, found) {
  const most = Math.max(1, ...found.leaves.map((one) => Math.abs(one.difference)));
  const head = ["Tiêu chí", nameOf(unit), nameOf(beside), "Chênh lệch", "Hơn về bên nào"];
  const lines = found.leaves.map(({ index, difference }) => {
    const criterion = set.criteria[index];
    const cell = (label, kind, said) => el("td", { role: "cell", class: kind, "data-label": label }, said);
    return el(
      "tr",
      { role: "row" },
      el(
        "th",
        { role: "rowheader", scope: "row", class: "who" },
        el("b", { class: "mark" }, criterion.id),
        " ",
        el("span", null, criterion.text),
      ),
      cell(
        head[1],
        "figure",
        el(
          "a",
          { href: addressOf({ set, view: "unit", unit, criterion: criterion.id }) },
          pointsWords(set, unit, index),
        ),
      ),
      cell(
        head[2],
        "figure",
        el(
          "a",
          { href: addressOf({ set, view: "unit", unit: beside, criterion: criterion.id }) },
          pointsWords(set, beside, index),
        ),
      ),
      cell(head[3], "figure strong", signed(difference, set.places)),
      cell(head[4], "lean", leaningBar(difference, most)),
    );
  });
  const foot = el(
    "tfoot",
    { role: "rowgroup" },
    el(
      "tr",
      { role: "row" },
      el("th", { role: "rowheader", scope: "row", colspan: 3 }, "Tổng các chênh lệch theo tiêu chí"),
      el("td", { role: "cell", class: "figure strong", id: "sum" }, signed(found.sum, set.places)),
      el("td", { role: "cell" }),
    ),
  );
  if (!lines.length)
    lines.push(
      el("tr", { role: "row" }, el("td", { role: "cell", colspan: 5 }, "Hai đơn vị bằng điểm nhau ở mọi tiêu chí.")),
    );
  const heads = head.map((label, at) =>
    el("th", { role: "columnheader", scope: "col", class: ["who", "figure", "figure", "figure", "lean"][at] }, label),
  );
  return el(
    "table",
    { role: "table", class: "cards differences" },
    el("caption", { class: "unseen" }, "Chênh lệch theo từng tiêu chí, lớn nhất trước"),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
    el("tbody", { role: "rowgroup" }, ...lines),
    foot,
  );
}

/** Towards the first unit to the left, towards the second to the right. */
function leaningBar(difference, most) {
  const fill = el("i", { class: difference > 0 ? "first" : "second" });
  fill.style.width = `${(50 * Math.abs(difference)) / most}%`;
  return el("span", { class: "leaning", "aria-hidden": "true" }, fill);
}

/** Whether the criteria account for the whole difference of the totals, and if not, where the rest arises. */
function remainderLines(set, unit, beside, found) {
  const rest = found.total - found.sum;
  const said = (scaled) => signed(scaled, set.places);
  const where = found.rests.map(
    ({ index, rest: part }) =>
      `${index < 0 ? "tổng điểm" : `${set.criteria[index].id} ${set.criteria[index].text}`}: ${said(part)}`,
  );
  return el(
    "div",
    { class: "remainder" },
    found.equal ? el("p", null, `${found.equal} tiêu chí khác bằng điểm nhau, không liệt kê.`) : null,
    el(
      "p",
      { id: "remainder" },
      `Chênh lệch tổng điểm: ${said(found.total)}`,
      rest
        ? `; các tiêu chí trên: ${said(found.sum)}; còn lại ${said(rest)} do hệ số, quy đổi, chọn phương án hoặc làm tròn.`
        : ", đúng bằng tổng các chênh lệch trên.",
    ),
    where.length
      ? el("p", { class: "hint" }, "Phần không do tiêu chí con phát sinh tại: ", where.join("; "), ".")
      : null,
  );
}
