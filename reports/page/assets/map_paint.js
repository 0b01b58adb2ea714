"use strict";
// The heat map's paint: lightness for a share of the maximum, hatching for a state without points.

const INK = [10, 62, 96]; // the accent colour, at the full mark
const PAPER = [240, 244, 247]; // nothing earned
const HATCHES = ["slope", "dots", "cross", "back", "level", "upright", "rings"]; // one per state, in order of the data

function toneOf(share) {
  const part = Math.max(0, Math.min(1, share));
  const mixed = PAPER.map((light, at) => Math.round(light + (INK[at] - light) * part));
  return `rgb(${mixed.join(",")})`;
}

const TONES = Array.from({ length: 41 }, (_, step) => toneOf(step / 40)); // colours made once

/** States of the page that are hatched: state char → the name of its hatching. */
function hatchNames() {
  const states = Object.keys(PAGE.states ?? {}).filter((state) => state !== "s");
  return new Map(states.map((state, at) => [state, HATCHES[at % HATCHES.length]]));
}

/** A pattern that can be told apart in black and white. */
function hatching(context, name) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = pen.fillStyle = "#5b6873";
  pen.lineWidth = 1.4;
  const strokes = {
    slope: [
      [-2, 10, 10, -2],
      [-2, 2, 2, -2],
      [6, 10, 10, 6],
    ],
    back: [
      [-2, -2, 10, 10],
      [6, -2, 10, 2],
      [-2, 6, 2, 10],
    ],
    cross: [
      [0, 0, 8, 8],
      [0, 8, 8, 0],
    ],
    level: [
      [0, 2, 8, 2],
      [0, 6, 8, 6],
    ],
    upright: [
      [2, 0, 2, 8],
      [6, 0, 6, 8],
    ],
  };
  pen.beginPath();
  for (const [x, y, toX, toY] of strokes[name] ?? []) {
    pen.moveTo(x, y);
    pen.lineTo(toX, toY);
  }
  pen.stroke();
  if (name === "dots")
    for (const [x, y] of [
      [1, 1],
      [5, 5],
    ])
      pen.fillRect(x, y, 2, 2);
  if (name === "rings") pen.strokeRect(2, 2, 4, 4);
  return context.createPattern(tile, "repeat");
}

/** The picture of one cell: a share, a hatching, a deduction or an addition without maximum. */
function paintCell(context, hatches, set, unit, index, box) {
  const state = stateOf(unit, index);
  const value = adds(set, unit.points, index);
  const maximum = maximumOf(set, unit, index);
  const { x, y, width, height } = box;
  if (state !== "s") context.fillStyle = hatches.get(state) ?? "#999";
  else if (maximum > 0) context.fillStyle = TONES[Math.round(40 * Math.max(0, Math.min(1, value / maximum)))];
  else context.fillStyle = "#fff";
  context.fillRect(x, y, width, height);
  if (state === "s" && !(maximum > 0) && value) {
    const middle = y + height / 2;
    context.fillStyle = "#14222c";
    context.fillRect(x + width * 0.2, middle - 1, width * 0.6, 2.5);
    if (value > 0) context.fillRect(x + width / 2 - 1, y + height * 0.25, 2.5, height * 0.5);
  }
}

/** What the colours and hatchings mean, for the states that occur. */
function mapLegend(set, units) {
  const there = new Set();
  for (const unit of units) for (const state of unit.states ?? "") there.add(state);
  const swatch = (paint) => {
    const canvas = el("canvas", { width: 32, height: 20, "aria-hidden": "true" });
    paint(canvas.getContext("2d"));
    return canvas;
  };
  const sample = (words, paint) => el("li", null, swatch(paint), words);
  const scale = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    sample(`${Math.round(share * 100)} %`, (pen) => {
      pen.fillStyle = toneOf(share);
      pen.fillRect(0, 0, 32, 20);
    }),
  );
  const states = [...hatchNames()]
    .filter(([state]) => there.has(state))
    .map(([state, name]) =>
      sample(stateWords(state), (pen) => {
        pen.fillStyle = hatching(pen, name);
        pen.fillRect(0, 0, 32, 20);
      }),
    );
  const less = set.criteria.some((criterion) => criterion.kind === "less");
  const plus = set.criteria.some((criterion) => criterion.kind === "plus");
  const mark = (words, upright) =>
    sample(words, (pen) => {
      pen.fillStyle = "#14222c";
      pen.fillRect(9, 9, 14, 2.5);
      if (upright) pen.fillRect(15, 4, 2.5, 12);
    });
  return el(
    "ul",
    { class: "legend", "aria-label": "Chú giải" },
    el("li", { class: "words" }, "Tỷ lệ so với điểm tối đa:"),
    ...scale,
    ...states,
    less ? mark("bị trừ điểm", false) : null,
    plus ? mark("được cộng điểm", true) : null,
  );
}
