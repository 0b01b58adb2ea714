"use strict";
// Two units side by side: what decided their places, and the criteria that make the difference, largest first.

function compareView(place) {
  const { set } = place;
  const [ticked, tickedBeside] = chosenPair(set);
  const here = unitsHere(place);
  const unit = place.unit ?? ticked ?? here[0];
  const beside = place.beside ?? (tickedBeside !== unit ? tickedBeside : undefined) ?? here.find((one) => one !== unit);
  if (!unit || !beside)
    return el(
      "section",
      { class: "view" },
      viewHeading("So sánh"),
      el("p", null, "Cần ít nhất hai đơn vị để so sánh."),
    );
  const found = differences(set, unit, beside);
  return el(
    "section",
    { class: "view compare" },
    compareChoice({ ...place, unit, beside }),
    viewHeading(compareTitle(unit, beside)),
    decidingLines(set, unit, beside),
    el("div", { class: "pair" }, sideBySide(set, unit, beside), keysTable(set, unit, beside)),
    differenceTable(set, unit, beside, found),
    remainderLines(set, unit, beside, found),
  );
}

function compareChoice(place) {
  const { set, unit, beside } = place;
  const by = [...set.units]
    .sort((one, other) => COLLATOR.compare(one.name, other.name))
    .map((one) => [one.id, one.name || one.id]);
  const to = (changed) => goTo({ ...place, ...changed });
  return el(
    "div",
    { class: "tools noprint" },
    labelledSelect("Đơn vị thứ nhất", by, unit.id, (id) => to({ unit: set.unitOf.get(id) })),
    labelledSelect("Đơn vị thứ hai", by, beside.id, (id) => to({ beside: set.unitOf.get(id) })),
    el("button", { type: "button", click: () => to({ unit: beside, beside: unit }) }, "Đổi bên"),
  );
}

function nameOf(unit) {
  return unit.name || unit.id;
}

/** Whether the keys of the ranking decide between them: both have a place, in the same pool. */
function bothPlaced(unit, beside) {
  return unit.rank !== null && beside.rank !== null && samePool(unit, beside);
}

function samePool(one, other) {
  return (one.pool ?? "") === (other.pool ?? "");
}

function compareTitle(unit, beside) {
  if (unit === beside) return `${nameOf(unit)} so với chính mình`;
  if (!samePool(unit, beside) || (unit.rank === null && beside.rank === null))
    return `${nameOf(unit)} và ${nameOf(beside)}`;
  if (unit.rank === null || beside.rank === null) {
    const [placed, other] = beside.rank === null ? [unit, beside] : [beside, unit];
    return `Vì sao ${nameOf(placed)} có thứ hạng, ${nameOf(other)} không có`;
  }
  if (unit.rank === beside.rank) return `${nameOf(unit)} đồng hạng với ${nameOf(beside)}`;
  const [upper, lower] = unit.rank < beside.rank ? [unit, beside] : [beside, unit];
  return `Vì sao ${nameOf(upper)} đứng trên ${nameOf(lower)}`;
}

/** Eligibility first, then a place, then the first key of the ranking that differs. */
function decidingLines(set, unit, beside) {
  const pairs = [];
  const eligible = { true: "đủ điều kiện", false: "không đủ điều kiện", null: "chưa kết luận được điều kiện" };
  if ((unit.eligible ?? null) !== (beside.eligible ?? null)) {
    pairs.push([
      "Điều kiện",
      `${nameOf(unit)}: ${eligible[unit.eligible ?? null]}; ${nameOf(beside)}: ${eligible[beside.eligible ?? null]}.`,
    ]);
  }
  for (const one of [unit, beside])
    if (one.rank === null) pairs.push(["Không xếp hạng", `${nameOf(one)}${one.note ? ": " + one.note : "."}`]);
  if ((unit.grade || "") !== (beside.grade || ""))
    pairs.push(["Xếp loại", `${gradeWords(unit)} so với ${gradeWords(beside)}.`]);
  if (!samePool(unit, beside))
    pairs.push([
      "Khác cụm",
      `${nameOf(unit)}: ${unit.pool}; ${nameOf(beside)}: ${beside.pool}. Thứ hạng tính riêng trong từng cụm, không so trực tiếp.`,
    ]);
  else if (unit !== beside && bothPlaced(unit, beside)) pairs.push(...keyLines(set, unit, beside));
  return pairs.length && el("div", { class: "decided" }, headed(pairs));
}

/** The number of the first key that differs; -1: none. */
function decidingKey(set, unit, beside) {
  return (set.keys ?? []).findIndex((_, at) => (unit.keys?.[at]?.[0] ?? null) !== (beside.keys?.[at]?.[0] ?? null));
}

function keyLines(set, unit, beside) {
  const keys = set.keys ?? [];
  if (!keys.length) return [];
  const at = decidingKey(set, unit, beside);
  if (at < 0) return [["Điều quyết định", "Bằng nhau ở mọi tiêu chí xếp hạng nên đồng hạng."]];
  const equal = keys.slice(0, at).map((key) => key.label);
  const said = `${keys[at].label}: ${keyShown(unit, at)} so với ${keyShown(beside, at)}.`;
  return [["Điều quyết định", said], ...(equal.length ? [["Bằng nhau ở", `${equal.join(", ")}.`]] : [])];
}

function keyShown(unit, at) {
  return unit.keys?.[at]?.[1] || NOTHING;
}

function keysTable(set, unit, beside) {
  const keys = set.keys ?? [];
  if (!keys.length || unit === beside) return null;
  const at = bothPlaced(unit, beside) ? decidingKey(set, unit, beside) : -1;
  const head = ["Xếp hạng theo", nameOf(unit), nameOf(beside)].map((label, number) =>
    el("th", { scope: "col", class: number ? "figure" : null }, label),
  );
  const lines = keys.map((key, number) =>
    el(
      "tr",
      { class: number === at ? "decides" : null },
      el("th", { scope: "row" }, key.label, " ", number === at ? el("em", { class: "trial" }, "quyết định") : null),
      el("td", { class: "figure" }, keyShown(unit, number)),
      el("td", { class: "figure" }, keyShown(beside, number)),
    ),
  );
  return el(
    "table",
    { class: "keys" },
    el("caption", { class: "unseen" }, "Các tiêu chí xếp hạng"),
    el("thead", null, el("tr", null, ...head)),
    el("tbody", null, ...lines),
  );
}

function sideBySide(set, unit, beside) {
  const rows = [
    ["Thứ hạng", rankWords],
    ["Tổng điểm", (one) => shown(one.total, set.places)],
    ["Tối đa", (one) => shown(one.max, set.places)],
    ["Tỷ lệ", shareWords],
    set.has.grade && ["Xếp loại", gradeWords],
    set.pools.length && [set.pool_label || "Cụm", (one) => one.pool || NOTHING],
  ].filter(Boolean);
  const head = [el("td"), ...[unit, beside].map((one) => el("th", { scope: "col" }, unitLink(set, one)))];
  const lines = rows.map(([label, say]) =>
    el("tr", null, el("th", { scope: "row" }, label), ...[unit, beside].map((one) => el("td", null, say(one)))),
  );
  return el(
    "table",
    { class: "sides" },
    el("caption", { class: "unseen" }, "Hai đơn vị"),
    el("thead", null, el("tr", null, ...head)),
    el("tbody", null, ...lines),
  );
}
