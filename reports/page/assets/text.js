"use strict";
// Numbers and words as Vietnamese readers write them, and the one function that makes elements.

const MINUS = "−";
const NOTHING = "–";
const COLLATOR = new Intl.Collator("vi", { numeric: true });

/** 8725 with 2 places: "87,25". null: "–". */
function shown(scaled, places) {
  if (scaled === null || scaled === undefined) return NOTHING;
  const digits = String(Math.abs(scaled)).padStart(places + 1, "0");
  const cut = digits.length - places;
  const whole = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ".");
  return (scaled < 0 ? MINUS : "") + whole + (places ? "," + digits.slice(cut) : "");
}

/** A difference: always with its sign, "0,00" when there is none. */
function signed(scaled, places) {
  return (scaled > 0 ? "+" : "") + shown(scaled, places);
}

/** A mean of percents: one decimal, comma. Not a point, only an aid for reading. */
function percent(value) {
  return value.toFixed(1).replace(".", ",") + " %";
}

/** How a person types it in a search box: no diacritics, small letters, đ as d, single spaces. */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Larger numbers later, names in Vietnamese order, nothing always last, whichever way the column is sorted. */
function compareValues(one, other, direction) {
  const first = one === null || one === undefined || one === "";
  const second = other === null || other === undefined || other === "";
  if (first || second) return first - second;
  if (typeof one === "number" && typeof other === "number") return (one - other) * direction;
  return COLLATOR.compare(String(one), String(other)) * direction;
}

/**
 * An element. A function among the properties listens to the event of that name; true is an empty attribute; false, null and
 * undefined are left out. Children that are strings become text nodes: nothing is ever read as markup.
 */
function el(tag, properties, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== "") made.append(child);
  }
  return made;
}

/** A list of sentences, or nothing. */
function sentences(lines, kind = "ul") {
  return lines && lines.length ? el(kind, { class: "lines" }, ...lines.map((line) => el("li", null, line))) : null;
}

/** Headings with their sentences: [[heading, sentence], …]; the heading stands once for neighbours that share it. */
function headed(pairs) {
  if (!pairs || !pairs.length) return null;
  const list = el("dl", { class: "pairs" });
  let before = null;
  for (const [heading, sentence] of pairs) {
    if (heading !== before) list.append(el("dt", null, heading));
    list.append(el("dd", null, sentence));
    before = heading;
  }
  return list;
}

/** <option>s of a <select>: [[value, words], …]. */
function options(pairs, chosen) {
  return pairs.map(([value, words]) => el("option", { value, selected: value === chosen }, words));
}

/** A select with its visible label. */
function labelledSelect(words, pairs, chosen, changed) {
  const select = el("select", { change: () => changed(select.value) }, ...options(pairs, chosen));
  return el("label", { class: "field" }, el("span", null, words), select);
}
