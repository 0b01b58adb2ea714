"use strict";
// The page as a whole: groups, views, what every view shares, the keyboard, and the start.

const DRAW = {
  ranking: rankingView,
  map: mapView,
  unit: unitView,
  compare: compareView,
  open: openView,
  about: aboutView,
};
const main = document.getElementById("main");
const leftAt = new Map(); // address → how far it was scrolled, so that Back returns to the same row

/** The heading of a view: where the keyboard stands after a step. */
function viewHeading(...words) {
  return el("h2", { tabindex: "-1" }, ...words);
}

function drawGroups(place) {
  const links = [...SETS.values()].map((set) =>
    el(
      "a",
      {
        href: addressOf({ set, view: ["unit", "compare"].includes(place.view) ? "ranking" : place.view }),
        title: set.title,
        "aria-current": set === place.set ? "page" : null,
      },
      el("b", null, set.letter),
      el("span", null, tabWords(set)),
    ),
  );
  const row = document.getElementById("groups");
  row.replaceChildren(...links);
  const chosen = links.find((link) => link.hasAttribute("aria-current"));
  if (chosen) row.scrollLeft = chosen.offsetLeft - row.offsetLeft - 12; // on a phone the row is wider than the screen
}

/** The group; where several sets have it, what their titles do not have in common. */
function tabWords(set) {
  const alike = [...SETS.values()].filter((other) => other.letter === set.letter).map((other) => other.title);
  if (alike.length < 2) return set.group;
  let same = 0;
  while (same < set.title.length && alike.every((title) => title[same] === set.title[same])) same += 1;
  const own = set.title.slice(set.title.lastIndexOf(" ", same) + 1) || set.title;
  return own[0].toUpperCase() + own.slice(1);
}

function drawViewLinks(place) {
  const nothingOpen = PAGE.public && !(place.set.open ?? []).length; // what is published waits for nobody
  const views = place.set.people
    ? [
        ["ranking", "Danh sách"],
        ["about", "Về trang này"],
      ]
    : VIEWS.filter(([view]) => view !== "open" || !nothingOpen);
  const links = views.map(([view, words]) => {
    const target = { set: place.set, view, pool: place.pool };
    if (view === "unit" || view === "compare") target.unit = place.unit;
    if (view === "compare") [target.unit, target.beside] = pairFor(place);
    const count = view === "open" ? (place.set.open ?? []).length : 0;
    return el(
      "a",
      { href: addressOf(target), "aria-current": view === place.view ? "page" : null },
      words,
      count ? ` (${count})` : "",
    );
  });
  document.getElementById("views").replaceChildren(...links);
}

function pairFor(place) {
  if (place.view === "compare") return [place.unit, place.beside];
  const [unit, beside] = chosenPair(place.set);
  return place.view === "unit" && !beside ? [place.unit, null] : [unit, beside];
}

/** Stamps of the page and of the set: on the screen, and in the margin of every printed page. */
function drawStamps(place) {
  const stamps = [...new Set([...(PAGE.stamps ?? []), ...(place.set?.stamps ?? [])])];
  document.getElementById("stamps").replaceChildren(...stamps.map((stamp) => el("li", null, stamp)));
  const quoted = (text) => `"${[...text].map((letter) => `\\${letter.codePointAt(0).toString(16)} `).join("")}"`;
  const paper = document.documentElement.style;
  paper.setProperty("--paper-stamps", quoted(stamps.join(" · ")));
  paper.setProperty("--paper-title", quoted([PAGE.title, place.set?.group].filter(Boolean).join(" · ")));
  document.documentElement.classList.toggle("no-margin-boxes", !("CSSMarginRule" in window));
  document.getElementById("running").textContent = stamps.join(" · ");
}

function drawFoot() {
  const lines = (PAGE.receipt ?? []).map(([name, value]) => el("span", null, `${name}: ${value}`));
  document
    .getElementById("receipt")
    .replaceChildren(el("p", null, PAGE.source ?? ""), el("p", { class: "on-paper" }, ...lines));
}

function drawPlace(place) {
  drawStamps(place);
  if (!place.set) {
    main.replaceChildren(
      viewHeading("Chưa có nhóm nào trên trang này"),
      ...[sentences(PAGE.notes)].filter(Boolean),
      aboutView(place),
    );
    return;
  }
  drawGroups(place);
  drawViewLinks(place);
  const title = el(
    "p",
    { class: "set" },
    el("b", null, `${place.set.letter}) ${place.set.group}`),
    small(place.set.title),
  );
  const draw = place.set.people && place.view !== "about" ? peopleView : DRAW[place.view];
  main.replaceChildren(title, ...[sentences(place.set.notice)].filter(Boolean), draw(place));
  document.documentElement.dataset.view = place.view; // the paper lies across for wide tables
  drawChosen(place);
}

window.addEventListener("hashchange", (event) => {
  leftAt.set(new URL(event.oldURL).hash, shownAt);
  const place = placeNow();
  drawPlace(place);
  window.scrollTo(0, ["unit", "compare"].includes(place.view) ? 0 : (leftAt.get(location.hash) ?? 0));
  if (!place.criterion) main.querySelector("h2")?.focus({ preventScroll: true });
});

let shownAt = 0; // scrolled so far; remembered before the browser moves
window.addEventListener("scroll", () => requestAnimationFrame(() => (shownAt = window.scrollY)), { passive: true });

window.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input[type=search], select, textarea");
  const search = document.getElementById("search");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.altKey && !event.metaKey) {
    event.preventDefault();
    if (search) search.focus();
    else goTo({ ...placeNow(), view: "ranking" });
  } else if (event.key === "Escape") closeOrClear(event.target);
});

/** Esc: an emptied search box, a closed criterion. */
function closeOrClear(target) {
  if (target.id === "search") {
    target.value = "";
    target.dispatchEvent(new Event("input"));
    return;
  }
  const button =
    target.closest?.("tr.below")?.previousElementSibling?.querySelector("button.opens") ??
    target.closest?.("button.opens");
  if (button?.getAttribute("aria-expanded") === "true") {
    button.click();
    button.focus();
  }
}

document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
document.getElementById("print").addEventListener("click", () => window.print());

// Headings of tables stay in sight below the strip, however many lines its stamps take.
const strip = document.querySelector(".strip");
const measure = () => document.documentElement.style.setProperty("--high", `${strip.offsetHeight}px`);
new ResizeObserver(measure).observe(strip);

history.scrollRestoration = "manual";
drawFoot();
drawPlace(placeNow());
document.documentElement.classList.add("drawn");
