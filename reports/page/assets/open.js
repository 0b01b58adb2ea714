"use strict";
// What is still open: who it waits for, since when.

function openView(place) {
  const { set } = place;
  const here = new Set(unitsHere(place));
  const rows = (set.open ?? [])
    .map((one) => ({ ...one, of: set.unitOf.get(one.unit) ?? null }))
    .filter((one) => !place.pool || here.has(one.of));
  const view = el("section", { class: "view" }, viewHeading("Còn mở"));
  if (!rows.length) {
    view.append(el("div", { class: "tools" }, poolChoice(place)), el("p", null, "Không còn việc nào chưa xong."));
    return view;
  }
  const filters = { who: "*", text: "" };
  const list = sortableTable({
    caption: "Việc còn mở",
    columns: openColumns(set),
    rows,
    sorted: [0, 1],
    kind: "waiting",
  });
  const count = el("output", { class: "count", "aria-live": "polite" });
  const searched = new Map(
    rows.map((row) => [
      row,
      folded(`${row.unit} ${row.of?.name ?? row.name ?? ""} ${row.criterion} ${row.what} ${row.who}`),
    ]),
  );
  const filter = () => {
    const words = folded(filters.text).split(" ");
    const left = list.keep(
      (row) =>
        (filters.who === "*" || (row.who ?? "") === filters.who) &&
        words.every((word) => searched.get(row).includes(word)),
    );
    count.textContent = `Đang hiện ${left} trong ${rows.length} việc`;
  };
  const search = el("input", {
    type: "search",
    id: "search",
    autocomplete: "off",
    placeholder: "Đơn vị, tiêu chí, việc",
    input: (event) => {
      filters.text = event.target.value;
      filter();
    },
  });
  const chooseWho = (who) => {
    filters.who = who;
    filter();
  };
  filter();
  view.append(
    el(
      "div",
      { class: "tools", role: "search" },
      el("label", { class: "field wide" }, el("span", null, "Tìm (phím /)"), search),
      labelledSelect("Đang chờ", whoPairs(rows), "*", chooseWho),
      poolChoice(place),
      count,
    ),
    list.table,
  );
  return view;
}

/** Everybody something waits for, with how many things. */
function whoPairs(rows) {
  const counts = new Map();
  for (const row of rows) counts.set(row.who ?? "", (counts.get(row.who ?? "") ?? 0) + 1);
  const names = [...counts.keys()].sort(COLLATOR.compare);
  return [["*", `Tất cả (${rows.length})`], ...names.map((who) => [who, `${who || "chưa rõ"} (${counts.get(who)})`])];
}

function openColumns(set) {
  const named = (row) =>
    row.of
      ? unitLink(set, row.of, set.criterionOf.has(row.criterion) ? row.criterion : "")
      : row.name || row.unit || NOTHING;
  const criterion = (row) => {
    const index = set.criterionOf.get(row.criterion);
    return index === undefined
      ? row.criterion || NOTHING
      : [el("b", { class: "mark" }, row.criterion), " ", set.criteria[index].text];
  };
  return [
    {
      label: "Đang chờ",
      width: "minmax(8rem, 1.2fr)",
      kind: "waits",
      value: (row) => row.who,
      cell: (row) => row.who || "chưa rõ",
    },
    {
      label: "Đơn vị",
      width: "minmax(8rem, 1.2fr)",
      kind: "who",
      head: true,
      value: (row) => row.of?.name ?? row.name ?? row.unit,
      cell: named,
    },
    {
      label: "Tiêu chí",
      width: "minmax(10rem, 2fr)",
      kind: "about",
      value: (row) => set.criterionOf.get(row.criterion) ?? null,
      cell: criterion,
    },
    {
      label: "Việc",
      width: "minmax(8rem, 1.5fr)",
      kind: "what",
      value: (row) => row.what,
      cell: (row) => row.what || NOTHING,
    },
    {
      label: "Từ ngày",
      width: "7rem",
      kind: "day",
      value: (row) => dayOrder(row.since),
      cell: (row) => row.since || NOTHING,
    },
  ];
}

/** "01/02/2027" as 20270201, for sorting. */
function dayOrder(day) {
  const found = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(day ?? "");
  return found ? Number(found[3] + found[2] + found[1]) : null;
}
