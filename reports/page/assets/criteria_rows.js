"use strict";
// The criteria of one unit as a table; opening one shows clause, rule, arithmetic, evidence, stages, who and when.

function criterionRows(place, unit) {
  const { set } = place;
  const withSelf = Array.isArray(unit.self);
  const body = el("tbody", { role: "rowgroup" });
  const rows = set.criteria.map((criterion, index) => criterionRow({ ...place, unit }, index, withSelf));
  for (const one of rows) body.append(one.line, one.below);
  const labels = ["Tiêu chí", "Điểm", "Tối đa", ...(withSelf ? ["Tự chấm", "Tự chấm hơn kết quả"] : [])];
  const heads = labels.map((label, at) =>
    el("th", { role: "columnheader", scope: "col", class: at ? "figure" : "who" }, label),
  );
  const table = el(
    "table",
    { role: "table", class: "cards criteria" },
    el("caption", { class: "unseen" }, `Điểm từng tiêu chí của ${unit.name || unit.id}`),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
    body,
    totalFoot(set, unit, withSelf),
  );

  return {
    table,
    fill: (detail) => rows.forEach((one) => one.fill(detail)),
    open(id) {
      const one = rows[set.criterionOf.get(id)];
      one.toggle(true);
      requestAnimationFrame(() => {
        one.line.scrollIntoView({ block: "center" });
        one.button.focus({ preventScroll: true });
      });
    },
    openAll(open) {
      for (const one of rows) one.toggle(open);
    },
  };
}

function criterionRow(place, index, withSelf) {
  const { set, unit } = place;
  const criterion = set.criteria[index];
  const self = withSelf ? adds(set, unit.self, index) : null;
  const above = aboveResult(self, adds(set, unit.points, index));
  const below = el("tr", { role: "row", class: "below", id: `below-${index}`, hidden: true });
  const content = el("td", { role: "cell", colspan: withSelf ? 5 : 3 });
  below.append(content);
  let detail; // undefined: not there yet; null: the page has none

  function draw() {
    content.replaceChildren(el("div", { class: "whys" }, ...criterionDetail(set, unit, criterion, detail)));
  }

  function toggle(open) {
    if (open) draw();
    below.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }

  const button = el(
    "button",
    {
      type: "button",
      class: "opens",
      "aria-expanded": "false",
      "aria-controls": below.id,
      click: () => {
        toggle(below.hidden);
        notePlace({ ...placeNow(), set, view: "unit", unit, criterion: below.hidden ? "" : criterion.id });
      },
    },
    el("b", { class: "mark" }, criterion.id),
    " ",
    el("span", null, criterion.text),
    " ",
    criterion.trial ? el("em", { class: "trial" }, "điểm thử") : null,
  );
  const cell = (label, kind, ...words) =>
    el("td", { role: "cell", class: `figure ${kind}`, "data-label": label }, ...words);
  const line = el(
    "tr",
    { role: "row", class: `${isPart(set, index) ? "part" : "leaf"} deep-${Math.min(criterion.depth ?? 0, 4)}` },
    el("th", { role: "rowheader", scope: "row", class: "who" }, button),
    cell("Điểm", "points", pointsWords(set, unit, index)),
    cell("Tối đa", "", maximumWords(set, unit, index)),
    ...(withSelf
      ? [
          cell("Tự chấm", "", shown(self, set.places)),
          cell("Tự chấm hơn kết quả", above ? "differs" : "", above === null ? NOTHING : signed(above, set.places)),
        ]
      : []),
  );
  const fill = (given) => {
    detail = given;
    if (!below.hidden) draw();
  };
  return { line, below, button, toggle, fill };
}

function maximumWords(set, unit, index) {
  const { kind } = set.criteria[index];
  const maximum = maximumOf(set, unit, index);
  if (kind === "less") return "điểm trừ";
  return kind === "plus" && !maximum ? "điểm cộng" : shown(maximum, set.places);
}

function totalFoot(set, unit, withSelf) {
  const above = aboveTotal(unit);
  const cell = (label, words) => el("td", { role: "cell", class: "figure", "data-label": label }, words);
  return el(
    "tfoot",
    { role: "rowgroup" },
    el(
      "tr",
      { role: "row" },
      el("th", { role: "rowheader", scope: "row", class: "who" }, "Tổng điểm"),
      cell("Điểm", shown(unit.total, set.places)),
      cell("Tối đa", shown(unit.max, set.places)),
      ...(withSelf
        ? [
            cell("Tự chấm", shown(unit.self_total, set.places)),
            cell("Tự chấm hơn kết quả", above === null ? NOTHING : signed(above, set.places)),
          ]
        : []),
    ),
  );
}

/** What stands behind the points. The same for everybody: clause, rule, body, evidence asked for. Of the unit: the rest. */
function criterionDetail(set, unit, criterion, detail) {
  const row = detail && Object.hasOwn(detail.rows ?? {}, criterion.id) ? detail.rows[criterion.id] : {};
  const block = (heading, content) => (content ? el("div", { class: "why" }, el("h4", null, heading), content) : null);
  const line = (text) => (text ? el("p", null, text) : null);
  return [
    block("Căn cứ", sentences(criterion.clauses)),
    block("Cách chấm", line(criterion.rule)),
    block("Phép tính", headed(row.reasons)),
    block("Minh chứng cần có", sentences(criterion.needs)),
    block("Minh chứng", sentences(row.evidence)),
    block("Qua các bước", stagesTable(row.stages)),
    block("Thẩm định", verifiedLines(criterion, row)),
    detail === undefined ? el("p", { class: "hint" }, "Đang mở phần chi tiết…") : null,
  ].filter(Boolean);
}

function verifiedLines(criterion, row) {
  const lines = [...(criterion.body ? [`Cơ quan thẩm định: ${criterion.body}`] : []), ...(row.verified ?? [])];
  return sentences(lines);
}

function stagesTable(stages) {
  if (!stages || !stages.length) return null;
  const head = ["Bước", "Điểm", "Ai, ngày nào, nói gì"].map((label) => el("th", { scope: "col" }, label));
  const lines = stages.map(([stage, points, said]) =>
    el("tr", null, el("th", { scope: "row" }, stage), el("td", { class: "figure" }, points), el("td", null, said)),
  );
  return el(
    "table",
    { class: "stages" },
    el("caption", { class: "unseen" }, "Điểm qua các bước"),
    el("thead", null, el("tr", null, ...head)),
    el("tbody", null, ...lines),
  );
}
