"use strict";
// A real table that sorts by every column. Used by the ranking, by what is open, and by the table below the map.

/**
 * columns: [{label, value(row) → number|string|null, cell(row) → text or element(s), first: 1|-1, kind: class, head: bool,
 * width: of a grid}].
 * sorted: [number of the column, direction]. Rows keep their element, so that sorting moves them and filtering hides them.
 * Where columns have widths, rows are laid out as grids on the screen, those out of sight after the first picture. Roles are
 * written out because browsers forget then that it is a table.
 */
function sortableTable({ caption, columns, rows, sorted, kind }) {
  const body = el("tbody", { role: "rowgroup" });
  const lines = rows.map((row) => ({
    row,
    line: tableLine(columns, row),
    values: columns.map((one) => one.value(row)),
  }));
  const heads = columns.map((column, number) => sortHead(column, () => sortBy(number)));
  let [at, direction] = sorted ?? [-1, 1];

  function sortBy(number) {
    direction = number === at ? -direction : (columns[number].first ?? 1);
    at = number;
    arrange();
  }

  function arrange() {
    if (at >= 0) lines.sort((one, other) => compareValues(one.values[at], other.values[at], direction) || 0);
    body.replaceChildren(...lines.map((one) => one.line));
    heads.forEach((head, number) => {
      const word = number !== at ? "none" : direction > 0 ? "ascending" : "descending";
      head.setAttribute("aria-sort", word);
    });
  }

  arrange();
  if (columns[0].width) layOutLater(lines.map((one) => one.line));
  const table = el(
    "table",
    { role: "table", class: `cards ${kind ?? ""} ${columns[0].width ? "gridded" : ""}` },
    el("caption", { class: "unseen" }, caption),
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...heads)),
    body,
  );

  table.style.setProperty("--columns", columns.map((column) => column.width).join(" "));

  /** Hides rows that are not wanted; how many are left. */
  function keep(wanted) {
    let left = 0;
    for (const { row, line } of lines) {
      line.hidden = !wanted(row);
      left += !line.hidden;
    }
    return left;
  }
  return { table, keep };
}

const AT_ONCE = 40; // more rows than any window shows
const PIECE = 250;

/**
 * Rows further down wait until the first picture stands: the browser skips them (see .later), then lays them out a piece at a
 * time. All stand in the document from the start; a screen reader reads them once they are laid out, a second later at most.
 */
function layOutLater(lines) {
  const waiting = lines.slice(AT_ONCE);
  for (const line of waiting) line.classList.add("later");
  const piece = () => {
    for (const line of waiting.splice(0, PIECE)) line.classList.remove("later");
    if (waiting.length) requestIdleCallback(piece, { timeout: 200 });
  };
  requestAnimationFrame(() => requestIdleCallback(piece, { timeout: 200 }));
}

function sortHead(column, sort) {
  const button = el("button", { type: "button", click: sort }, column.label);
  return el(
    "th",
    { role: "columnheader", scope: "col", class: column.kind, "aria-sort": "none" },
    button,
    paperLabel(column.label),
  );
}

/** Chrome leaves buttons out of the heading it repeats on the next printed page: on paper this stands in their place. */
function paperLabel(label) {
  return el("span", { class: "on-paper", "aria-hidden": "true" }, label);
}

function tableLine(columns, row) {
  const line = el("tr", { role: "row" });
  for (const column of columns) {
    const said = column.cell(row);
    const tag = column.head ? "th" : "td";
    const cell = el(tag, { role: column.head ? "rowheader" : "cell", class: column.kind, "data-label": column.label });
    if (column.head) cell.setAttribute("scope", "row");
    if (Array.isArray(said)) cell.append(...said.filter((part) => part !== null && part !== ""));
    else if (said !== null && said !== "") cell.append(said);
    line.append(cell);
  }
  return line;
}
