"use strict";
// The ranking of a set: sortable, searched and filtered without diacritics, two units can be ticked for comparing.

const keptRankings = new Map(); // set id + pool → the view, so that Back finds it as it was left
const chosenUnits = new Map(); // set id → units ticked, two at most

function rankingView(place) {
  const key = `${place.set.id}\n${place.pool}`;
  if (!keptRankings.has(key)) keptRankings.set(key, newRanking(place));
  return keptRankings.get(key);
}

function newRanking(place) {
  const { set } = place;
  const units = unitsHere(place);
  const searched = new Map(units.map((unit) => [unit, folded(`${unit.id} ${unit.name} ${unit.note ?? ""}`)]));
  const filters = { text: "", grade: null, open: false, unplaced: false };
  const ranking = sortableTable({
    caption: `Bảng xếp hạng: ${set.group}`,
    columns: rankingColumns(place),
    rows: units,
    sorted: [1, 1],
    kind: "ranking",
  });
  const count = el("output", { class: "count", "aria-live": "polite" });

  function filter() {
    const words = folded(filters.text).split(" ");
    const left = ranking.keep(
      (unit) =>
        words.every((word) => searched.get(unit).includes(word)) &&
        (filters.grade === null || (unit.grade || "") === filters.grade) &&
        (!filters.open || unit.open > 0) &&
        (!filters.unplaced || unit.rank === null),
    );
    count.textContent = `Đang hiện ${left} trong ${units.length} đơn vị`;
  }

  filter();
  return el(
    "section",
    { class: "view" },
    viewHeading("Xếp hạng"),
    keysLine(set),
    el("div", { class: "tools", role: "search" }, ...filterTools(place, filters, filter), count),
    ranking.table,
  );
}

/** By what the order was made, in words of the set. */
function keysLine(set) {
  const keys = (set.keys ?? []).map((key) => key.label);
  return keys.length ? el("p", { class: "hint" }, "Xếp hạng theo: ", keys.join(", rồi "), ".") : null;
}

function filterTools(place, filters, filter) {
  const { set } = place;
  const search = el("input", {
    type: "search",
    id: "search",
    placeholder: "Tên hoặc mã, không cần gõ dấu",
    autocomplete: "off",
    input: (event) => {
      filters.text = event.target.value;
      filter();
    },
  });
  const tick = (name, words) =>
    el(
      "label",
      { class: "tick" },
      el("input", {
        type: "checkbox",
        change: (event) => {
          filters[name] = event.target.checked;
          filter();
        },
      }),
      words,
    );
  const grades = [["*", "Tất cả"], ...(set.grades ?? []).map((grade) => [grade, grade]), ["", "Chưa, không có"]];
  const graded = (grade) => {
    filters.grade = grade === "*" ? null : grade;
    filter();
  };
  return [
    el("label", { class: "field wide" }, el("span", null, "Tìm (phím /)"), search),
    poolChoice(place),
    set.has.grade ? labelledSelect("Xếp loại", grades, "*", graded) : null,
    set.has.open ? tick("open", "Còn việc mở") : null,
    set.units.some((unit) => unit.rank === null) ? tick("unplaced", "Không có thứ hạng") : null,
  ];
}

function rankingColumns({ set, pool }) {
  const has = set.has;
  const share = (unit) => (unit.share ? Number(unit.share.replaceAll(".", "").replace(",", ".")) : null);
  const columns = [
    {
      label: "Chọn",
      width: "4.3rem",
      kind: "choose",
      value: (unit) => (isChosen(set, unit) ? 1 : 0),
      first: -1,
      cell: (unit) => tickBox(set, unit),
    },
    {
      label: "Hạng",
      width: "5.3rem",
      kind: "rank",
      value: (unit) => (unit.rank === null ? null : unit.position),
      cell: rankCell,
    },
    {
      label: "Đơn vị",
      width: "minmax(9rem, 2.4fr)",
      kind: "who",
      head: true,
      value: (unit) => unit.name || unit.id,
      cell: (unit) => [unitLink(set, unit), small(unit.id), small(unit.note)],
    },
    set.pools.length &&
      !pool && {
        label: set.pool_label || "Cụm",
        width: "minmax(4.4rem, 1fr)",
        kind: "pool",
        value: (unit) => unit.pool,
        cell: (unit) => unit.pool || NOTHING,
      },
    has.grade && {
      label: "Xếp loại",
      width: "minmax(4.8rem, 1fr)",
      kind: "grade",
      value: (unit) => gradePlace(set, unit),
      cell: gradeWords,
    },
    {
      label: "Tổng điểm / tối đa",
      width: "8.5rem",
      kind: "figure total",
      first: -1,
      value: (unit) => unit.total,
      cell: (unit) => totalCell(set, unit),
    },
    { label: "Tỷ lệ", width: "5.5rem", kind: "figure", first: -1, value: share, cell: shareWords },
    {
      label: has.self ? "Kết quả và tự chấm" : "So với tối đa",
      width: "minmax(7.5rem, 2fr)",
      kind: "bars",
      first: -1,
      value: (unit) => (has.self ? aboveTotal(unit) : share(unit)),
      cell: (unit) => barCell(set, unit),
    },
    has.interval && {
      label: "Khoảng hạng",
      width: "5.2rem",
      kind: "figure",
      value: (unit) => unit.interval?.[1] ?? null,
      cell: intervalWords,
    },
    has.open && {
      label: "Còn mở",
      width: "4.4rem",
      kind: "figure",
      first: -1,
      value: (unit) => unit.open ?? 0,
      cell: (unit) => (unit.open ? String(unit.open) : NOTHING),
    },
  ];
  return columns.filter(Boolean);
}

function small(text) {
  return text ? el("small", null, text) : null;
}

function gradePlace(set, unit) {
  const place = (set.grades ?? []).indexOf(unit.grade);
  return place < 0 ? null : place;
}

function rankCell(unit) {
  return unit.rank === null
    ? "–"
    : [el("b", null, String(unit.rank)), unit.tied ? el("small", null, " (đồng hạng)") : ""];
}

function totalCell(set, unit) {
  return [
    el("b", null, shown(unit.total, set.places)),
    ` / ${shown(unit.max, set.places)}`,
    unit.provisional ? small("tạm tính") : null,
  ];
}

/** How much higher the unit judged itself in all; null where one of the two totals still lacks something. */
function aboveTotal(unit) {
  return unit.self_open > 0 || unit.provisional ? null : aboveResult(unit.self_total, unit.total);
}

/** Why the two totals cannot be compared yet. */
function lackingWords(unit) {
  return unit.self_open > 0 ? "còn tiêu chí chưa có điểm" : "kết quả tạm tính, chưa so được";
}

/** How much higher the unit judged itself; null where it did not. */
function aboveResult(self, points) {
  return typeof self === "number" && typeof points === "number" ? self - points : null;
}

/** The result as a bar, the unit's own judgement as a mark on it; both as words below. */
function barCell(set, unit) {
  const width = (scaled) => (unit.max > 0 ? `${Math.max(0, Math.min(100, (100 * scaled) / unit.max))}%` : "0");
  const fill = el("i");
  fill.style.width = width(unit.total);
  const bar = el("span", { class: "gauge", "aria-hidden": "true" }, fill);
  if (typeof unit.self_total !== "number") return [bar];
  const above = aboveTotal(unit);
  const mark = el("u");
  mark.style.left = width(unit.self_total);
  bar.append(mark);
  return [
    bar,
    small(
      `tự chấm ${shown(unit.self_total, set.places)} (${above === null ? lackingWords(unit) : signed(above, set.places)})`,
    ),
  ];
}

// --- two units ticked ----------------------------------------------------------------------------------------------

function isChosen(set, unit) {
  return chosenPair(set).includes(unit);
}

function tickBox(set, unit) {
  return el("input", {
    type: "checkbox",
    checked: isChosen(set, unit),
    "aria-label": `Chọn ${unit.name || unit.id} để so sánh`,
    change: (event) => choose(set, unit, event.target),
  });
}

/** The second tick opens the comparison: with the tab of the group that is three clicks. A third takes the place of the first. */
function choose(set, unit, box) {
  const before = (chosenUnits.get(set.id) ?? []).filter((one) => one.unit !== unit);
  const now = box.checked ? [...before, { unit, box }] : before;
  while (now.length > 2) now.shift().box.checked = false;
  chosenUnits.set(set.id, now);
  if (box.checked && now.length === 2) {
    goTo({ ...placeNow(), view: "compare", unit: now[0].unit, beside: now[1].unit });
    return;
  }
  drawChosen(placeNow());
  drawViewLinks(placeNow());
}

function chosenPair(set) {
  return (chosenUnits.get(set.id) ?? []).map((one) => one.unit);
}

/** What is ticked, and the way to compare it, at the foot of the window; only where units are ticked. */
function drawChosen(place) {
  const bar = document.getElementById("chosen");
  const [unit, beside] = place.set && place.view === "ranking" ? chosenPair(place.set) : [];
  bar.hidden = !unit;
  if (!unit) return bar.replaceChildren();
  const names = [unit, beside].filter(Boolean).map((one) => one.name || one.id);
  const way = beside
    ? el("a", { class: "act", href: addressOf({ ...place, view: "compare", unit, beside }) }, "So sánh")
    : el("span", { class: "hint" }, "Chọn thêm một đơn vị để mở so sánh.");
  return bar.replaceChildren(el("span", null, `Đã chọn: ${names.join(" và ")}`), way);
}
