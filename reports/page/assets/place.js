"use strict";
// Where we are: the hash of the address, so that Back works and a place can be pointed to.
// g: set, v: view, p: pool, u: unit, b: the unit beside it, c: criterion.

const VIEWS = [
  ["ranking", "Xếp hạng"],
  ["map", "Bản đồ điểm"],
  ["unit", "Đơn vị"],
  ["compare", "So sánh"],
  ["open", "Còn mở"],
  ["about", "Về trang này"],
];

/** The place the address names; what does not exist is left out. */
function placeNow() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const set = SETS.get(asked.get("g")) ?? SETS.values().next().value;
  const view = VIEWS.some(([name]) => name === asked.get("v")) ? asked.get("v") : "ranking";
  const place = { set, view, pool: "", unit: null, beside: null, criterion: "" };
  if (!set) return place;
  place.pool = set.pools.includes(asked.get("p")) ? asked.get("p") : "";
  place.unit = set.unitOf.get(asked.get("u")) ?? null;
  place.beside = set.unitOf.get(asked.get("b")) ?? null;
  place.criterion = set.criterionOf.has(asked.get("c")) ? asked.get("c") : "";
  return place;
}

function addressOf(place) {
  const said = new URLSearchParams({ g: place.set.id, v: place.view });
  if (place.pool) said.set("p", place.pool);
  if (place.unit) said.set("u", place.unit.id);
  if (place.beside) said.set("b", place.beside.id);
  if (place.criterion) said.set("c", place.criterion);
  return "#" + said;
}

function goTo(place) {
  location.hash = addressOf(place);
}

/** The address says where we are, without another step for Back and without drawing anything again. */
function notePlace(place) {
  history.replaceState(null, "", addressOf(place));
}

/** A link to a unit of the set, wherever its name stands. */
function unitLink(set, unit, criterion = "") {
  const place = { set, view: "unit", unit, criterion, pool: placeNow().pool };
  return el("a", { href: addressOf(place), class: "name" }, unit.name || unit.id);
}

/** Units of the pool that is chosen, in order of the ranking. */
function unitsHere(place) {
  return place.pool ? place.set.order.filter((unit) => unit.pool === place.pool) : place.set.order;
}

/** Which pool: a choice that all views share. null where the set has none. */
function poolChoice(place) {
  const { set } = place;
  if (!set.pools.length) return null;
  const words = set.pool_label || "Cụm";
  const pairs = [["", `Tất cả (${set.pools.length})`], ...set.pools.map((pool) => [pool, pool])];
  return labelledSelect(words, pairs, place.pool, (pool) => goTo({ ...placeNow(), pool }));
}
