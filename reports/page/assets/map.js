"use strict";
// The heat map: criteria × units in order of the ranking, on a canvas that can be read with the mouse and with arrow keys.

const MAP_ROW = 22; // height of a criterion, in pixels of the page
const MAP_HEAD = 34; // above the first row: pools, places
const MOST_PIXELS = 16000; // a canvas that is wider stays empty in Chrome

function mapView(place) {
  const { set } = place;
  const units = unitsHere(place);
  const leaves = set.criteria.map((_, index) => index).filter((index) => !isPart(set, index));
  const said = el(
    "p",
    { class: "said", id: "said", "aria-live": "polite" },
    "Đưa chuột hoặc dùng phím mũi tên trên bản đồ để đọc từng ô; bấm để mở đơn vị.",
  );
  return el(
    "section",
    { class: "view map" },
    viewHeading("Bản đồ điểm"),
    el(
      "div",
      { class: "tools" },
      poolChoice(place),
      el(
        "span",
        { class: "hint" },
        `${leaves.length} tiêu chí × ${units.length} đơn vị, theo thứ tự xếp hạng từ trái sang phải`,
      ),
    ),
    mapLegend(set, units),
    said,
    mapPicture(place, units, leaves, said),
    mapTable(set, units, leaves),
  );
}

function mapPicture(place, units, leaves, said) {
  const { set } = place;
  const labels = el(
    "ul",
    { class: "labels", "aria-hidden": "true" },
    ...leaves.map((index) =>
      el(
        "li",
        { title: set.criteria[index].text },
        el("b", null, set.criteria[index].id),
        ` ${set.criteria[index].text}`,
      ),
    ),
  );
  const canvas = el("canvas", {
    tabindex: "0",
    role: "application",
    "aria-roledescription": "bản đồ điểm",
    "aria-label": `Bản đồ điểm: ${leaves.length} tiêu chí, ${units.length} đơn vị. Phím mũi tên đọc từng ô, Enter mở đơn vị. Bảng bên dưới có cùng nội dung theo tiêu chí.`,
    "aria-describedby": "said",
  });
  const frame = el("div", { class: "frame" }, canvas);
  let cell = 0; // width of a unit, in pixels of the page
  let column = 0;
  let row = 0;

  function draw() {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const room = frame.clientWidth || 800;
    cell = Math.max(3, Math.min(34, room / units.length, MOST_PIXELS / ratio / units.length));
    const width = Math.floor(cell * units.length);
    const height = MAP_HEAD + MAP_ROW * leaves.length;
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = canvas.getContext("2d", { alpha: false });
    context.scale(ratio, ratio);
    paintMap(context, { set, units, leaves, cell, width, height });
    if (document.activeElement === canvas) paintRing(context, column * cell, MAP_HEAD + row * MAP_ROW, cell);
  }

  function read(newColumn, newRow) {
    column = Math.max(0, Math.min(units.length - 1, newColumn));
    row = Math.max(0, Math.min(leaves.length - 1, newRow));
    said.textContent = cellWords(set, units[column], leaves[row]);
  }

  function under(event) {
    const box = canvas.getBoundingClientRect();
    const across = (event.clientX - box.left) * ((cell * units.length) / box.width);
    return [Math.floor(across / cell), Math.floor((event.clientY - box.top - MAP_HEAD) / MAP_ROW)];
  }

  function openUnit() {
    goTo({ ...placeNow(), view: "unit", unit: units[column], criterion: set.criteria[leaves[row]].id });
  }

  const steps = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
    Home: [-1e6, 0],
    End: [1e6, 0],
    PageDown: [0, 1e6],
    PageUp: [0, -1e6],
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Enter") openUnit();
    else if (Object.hasOwn(steps, event.key)) {
      event.preventDefault();
      read(column + steps[event.key][0], row + steps[event.key][1]);
      frame.scrollLeft = column * cell - frame.clientWidth / 2;
      draw();
    }
  });
  canvas.addEventListener("focus", () => {
    read(column, row);
    draw();
  });
  canvas.addEventListener("blur", draw);
  canvas.addEventListener("mousemove", (event) => {
    const [overColumn, overRow] = under(event);
    if (overRow >= 0 && (overColumn !== column || overRow !== row || !said.dataset.read)) read(overColumn, overRow);
    said.dataset.read = "yes";
  });
  canvas.addEventListener("click", (event) => {
    const [overColumn, overRow] = under(event);
    if (overRow < 0) return;
    read(overColumn, overRow);
    openUnit();
  });
  canvas.style.setProperty("--rows", leaves.length); // on paper rows are lower
  const watched = new ResizeObserver(() => draw());
  watched.observe(frame);
  if (!units.length || !leaves.length) return el("p", null, "Chưa có điểm để vẽ.");
  return el("div", { class: "picture" }, labels, frame);
}

function paintMap(context, { set, units, leaves, cell, width, height }) {
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  const hatches = new Map([...hatchNames()].map(([state, name]) => [state, hatching(context, name)]));
  const gap = cell >= 8 ? 1 : 0;
  units.forEach((unit, column) => {
    const x = Math.round(column * cell);
    const right = Math.round((column + 1) * cell);
    leaves.forEach((index, row) => {
      const box = { x, y: MAP_HEAD + row * MAP_ROW, width: right - x - gap, height: MAP_ROW - 1 };
      paintCell(context, hatches, set, unit, index, box);
    });
  });
  paintPlaces(context, { units, cell, height });
}

/** Above the cells: the pools where they begin, and places as far as there is room. */
function paintPlaces(context, { units, cell, height }) {
  context.fillStyle = "#14222c";
  context.font = "12px sans-serif";
  const every = Math.max(1, Math.ceil(24 / cell));
  let first = 0; // column in which this pool began
  units.forEach((unit, column) => {
    const before = units[column - 1];
    const placed = unit.rank !== null;
    if (!before || (placed && before.pool !== unit.pool) || (before.rank !== null) !== placed) {
      first = column;
      const x = Math.round(column * cell);
      context.textAlign = "left";
      if (placed && unit.pool) context.fillText(unit.pool, x + 2, 12);
      if (column) context.fillRect(x - 1, 2, 1, height);
    }
    context.textAlign = "center";
    if ((column - first) % every === 0)
      context.fillText(placed ? String(unit.rank) : NOTHING, (column + 0.5) * cell, 28);
  });
}

function paintRing(context, x, y, cell) {
  const width = Math.max(cell, 6);
  context.strokeStyle = "#fff";
  context.lineWidth = 5;
  context.strokeRect(x, y, width, MAP_ROW - 1);
  context.strokeStyle = "#b3261e";
  context.lineWidth = 2.5;
  context.strokeRect(x, y, width, MAP_ROW - 1);
}

/** One cell in words. */
function cellWords(set, unit, index) {
  const criterion = set.criteria[index];
  const maximum = maximumOf(set, unit, index);
  const of = maximum > 0 && stateOf(unit, index) === "s" ? ` / ${shown(maximum, set.places)}` : "";
  const rank = unit.rank === null ? "không xếp hạng" : `hạng ${rankWords(unit)}`;
  return `${unit.name || unit.id}, ${rank} · ${criterion.id} ${criterion.text}: ${pointsWords(set, unit, index)}${of}`;
}
