"use strict";
// The data of the page, indexed; details of units, inflated when somebody asks for them.

const PAGE = JSON.parse(document.getElementById("page-data").textContent);
const NOT_WAITING = "snxc"; // where the data does not say which states wait
const OLD_BROWSER =
  "Phần chi tiết cần trình duyệt Chrome hoặc Edge bản 103 (năm 2022) trở lên. Bảng xếp hạng và điểm từng tiêu chí vẫn xem được.";

/** Numbers of a set, in the places they are looked up by. Maps, because an id may be any text, even "constructor". */
function prepared(set, number) {
  set.number = number;
  set.unitOf = new Map(set.units.map((unit) => [unit.id, unit]));
  set.criterionOf = new Map(set.criteria.map((criterion, index) => [criterion.id, index]));
  set.children = new Map();
  set.criteria.forEach((criterion, index) => {
    const above = criterion.parent ?? "";
    if (!set.children.has(above)) set.children.set(above, []);
    set.children.get(above).push(index);
  });
  set.pools = [...new Set(set.units.map((unit) => unit.pool ?? ""))].filter(Boolean).sort(COLLATOR.compare);
  set.order = [...set.units].sort(
    (one, other) =>
      (one.rank === null) - (other.rank === null) ||
      COLLATOR.compare(one.pool ?? "", other.pool ?? "") ||
      (one.rank ?? 0) - (other.rank ?? 0),
  );
  set.order.forEach((unit, position) => (unit.position = position));
  set.has = {
    self: set.units.some((unit) => typeof unit.self_total === "number"),
    interval: set.units.some((unit) => unit.interval),
    open: set.units.some((unit) => unit.open) || (set.open ?? []).length > 0,
    grade: (set.grades ?? []).length > 0,
  };
  return set;
}

const SETS = new Map(PAGE.groups.map((set, number) => [set.id, prepared(set, number)]));

function isPart(set, index) {
  return set.children.has(set.criteria[index].id);
}

/** The maximum in force of a criterion for a unit, scaled; null or 0 where there is none. */
function maximumOf(set, unit, index) {
  const own = unit.max_of;
  return own && Object.hasOwn(own, index) ? own[index] : set.criteria[index].max;
}

/** What a criterion adds to the total: a deduction is stored as the amount that is lost. */
function adds(set, values, index) {
  const value = values ? values[index] : null;
  if (typeof value !== "number") return null;
  return set.criteria[index].kind === "less" ? -Math.abs(value) : value;
}

function stateOf(unit, index) {
  return unit.states ? unit.states[index] : "s";
}

function stateWords(state) {
  return (PAGE.states && Object.hasOwn(PAGE.states, state) && PAGE.states[state]) || state;
}

function waits(state) {
  return PAGE.waiting === undefined ? !NOT_WAITING.includes(state) : PAGE.waiting.includes(state);
}

/** Points as people read them, or the state where there are none. */
function pointsWords(set, unit, index) {
  const state = stateOf(unit, index);
  const value = adds(set, unit.points, index);
  if (state === "s" || (value !== null && isPart(set, index))) return shown(value, set.places);
  return value ? `${shown(value, set.places)} (${stateWords(state)})` : stateWords(state);
}

/** "3", "3 (đồng hạng)", "không xếp hạng". */
function rankWords(unit) {
  if (unit.rank === null || unit.rank === undefined) return "không xếp hạng";
  return unit.tied ? `${unit.rank} (đồng hạng)` : String(unit.rank);
}

/** The pool with what it is called, unless its name says so: "Cụm 1", "Quy mô: nhỏ". */
function poolWords(set, unit) {
  if (!unit.pool || !set.pool_label || folded(unit.pool).startsWith(folded(set.pool_label))) return unit.pool ?? "";
  return `${set.pool_label}: ${unit.pool}`;
}

function intervalWords(unit) {
  if (!unit.interval) return NOTHING;
  const [best, worst] = unit.interval;
  return best === worst ? String(best) : `${best}–${worst}`;
}

/** The grade, or why there is none. */
function gradeWords(unit) {
  return unit.grade || unit.grade_words || NOTHING;
}

function shareWords(unit) {
  return unit.share ? `${unit.share} %` : NOTHING;
}

// --- details -------------------------------------------------------------------------------------------------------

const openedChunks = new Map(); // "group-chunk" → promise of {unit id: Detail}

/** Details stand behind the script in the file: they are there when the whole file has been read. */
function wholeFile() {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((done) => document.addEventListener("DOMContentLoaded", () => done(), { once: true }));
}

async function inflated(base64) {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place++) bytes[place] = letters.charCodeAt(place);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

function inflates() {
  try {
    return Boolean(new DecompressionStream("deflate-raw"));
  } catch {
    return false;
  }
}

/** The Detail of a unit, null where the page has none. Rejects with a sentence for people. */
async function detailOf(set, unit) {
  const chunk = (set.details ?? []).findIndex((one) => one.units.includes(unit.id));
  if (chunk < 0) return null;
  if (!inflates()) throw new Error(OLD_BROWSER);
  const key = `${set.number}-${chunk}`;
  if (!openedChunks.has(key)) {
    openedChunks.set(
      key,
      wholeFile().then(() => inflated(JSON.parse(document.getElementById(`details-${key}`).textContent))),
    );
  }
  try {
    const units = await openedChunks.get(key);
    return Object.hasOwn(units, unit.id) ? units[unit.id] : null;
  } catch {
    throw new Error("Không mở được phần chi tiết: tệp có thể bị cắt khi sao chép. Hãy chép lại tệp.");
  }
}
