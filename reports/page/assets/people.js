"use strict";
// A group of persons on the public page: name, post, unit, award of those proposed or awarded, and nothing else.

function peopleView(place) {
  const people = place.set.people;
  const columns = ["name", "post", "unit", "award"].map((key, at) => ({
    label: ["Họ và tên", "Chức vụ", "Đơn vị", "Khen thưởng"][at],
    kind: at ? key : "who",
    head: at === 0,
    value: (person) => person[key],
    cell: (person) => person[key] || NOTHING,
  }));
  const list = people.length
    ? sortableTable({ caption: `Danh sách: ${place.set.group}`, columns, rows: people, kind: "people" }).table
    : el("p", null, "Chưa có ai được đề nghị hoặc được khen thưởng.");
  return el("section", { class: "view" }, viewHeading("Danh sách"), list);
}
