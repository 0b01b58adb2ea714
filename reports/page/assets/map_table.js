"use strict";
// What the map shows, as a table: per criterion who is at the full mark, at zero, not applicable, waiting, and the mean share.

function mapTable(set, units, leaves) {
  const rows = leaves.map((index) => criterionCounts(set, units, index));
  const number = (value) => (value === null ? NOTHING : String(value));
  const columns = [
    { label: "Thứ tự", kind: "figure", value: (row) => row.index, cell: (row) => String(row.index + 1) },
    {
      label: "Tiêu chí",
      kind: "who",
      head: true,
      value: (row) => row.criterion.id,
      cell: (row) => [el("b", { class: "mark" }, row.criterion.id), " ", row.criterion.text],
    },
    { label: "Đạt điểm tối đa", kind: "figure", first: -1, value: (row) => row.full, cell: (row) => number(row.full) },
    { label: "0 điểm", kind: "figure", first: -1, value: (row) => row.zero, cell: (row) => number(row.zero) },
    {
      label: "Không áp dụng",
      kind: "figure",
      first: -1,
      value: (row) => row.outside,
      cell: (row) => number(row.outside),
    },
    { label: "Đang chờ", kind: "figure", first: -1, value: (row) => row.waiting, cell: (row) => number(row.waiting) },
    {
      label: "Tỷ lệ trung bình",
      kind: "figure",
      value: (row) => row.mean,
      cell: (row) => (row.mean === null ? NOTHING : percent(row.mean)),
    },
  ];
  const { table } = sortableTable({
    caption: "Số đơn vị theo từng tiêu chí",
    columns,
    rows,
    sorted: [0, 1],
    kind: "counts",
  });
  return el(
    "div",
    { class: "below-map" },
    el("h3", null, "Ai cũng đạt, không ai đạt"),
    el(
      "p",
      { class: "hint" },
      "Số đơn vị theo từng tiêu chí. Tỷ lệ trung bình: trung bình cộng của điểm trên điểm tối đa, chỉ của đơn vị đã có điểm, làm tròn một chữ số để xem nhanh; không phải là điểm.",
    ),
    table,
  );
}

/** Counts of one criterion. A deduction or an addition without maximum has no full mark and no share. */
function criterionCounts(set, units, index) {
  const counts = { index, criterion: set.criteria[index], full: 0, zero: 0, outside: 0, waiting: 0, mean: null };
  let shares = 0;
  let measured = 0;
  for (const unit of units) {
    const state = stateOf(unit, index);
    if (state === "n") counts.outside += 1;
    else if (waits(state)) counts.waiting += 1;
    if (state !== "s") continue;
    const value = adds(set, unit.points, index);
    const maximum = maximumOf(set, unit, index);
    if (value === 0) counts.zero += 1;
    if (!(maximum > 0) || value === null) continue;
    if (value >= maximum) counts.full += 1;
    shares += value / maximum;
    measured += 1;
  }
  if (measured) counts.mean = (100 * shares) / measured;
  else if (!(set.criteria[index].max > 0)) counts.full = null;
  return counts;
}
