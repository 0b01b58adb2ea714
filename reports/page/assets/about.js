"use strict";
// About the page: where its numbers come from, its receipt, what its points rest on, and how to read it.

function aboutView(place) {
  const { set } = place;
  const stamps = [...new Set([...(PAGE.stamps ?? []), ...(set?.stamps ?? [])])];
  const states = Object.entries(PAGE.states ?? {}).filter(([state]) => state !== "s");
  return el(
    "section",
    { class: "view about" },
    viewHeading("Về trang này"),
    aboutBlock(
      "Số lấy từ đâu",
      el("p", null, PAGE.source ?? ""),
      el("p", null, `${PAGE.stage ?? ""}${PAGE.public ? ". Bản công khai." : ""}`),
    ),
    aboutBlock(
      "Điều phải biết về số liệu và điểm",
      stamps.length
        ? sentences(stamps)
        : el("p", null, "Không có dấu nào: điểm đã có văn bản quyết định, số liệu là số liệu thật."),
    ),
    aboutBlock("Biên nhận", receiptTable()),
    set?.bases?.length ? aboutBlock(`Căn cứ của bộ tiêu chí: ${set.title}`, headed(set.bases)) : null,
    PAGE.notes?.length ? aboutBlock("Ghi chú", sentences(PAGE.notes)) : null,
    aboutBlock("Cách đọc", sentences(howToRead(set))),
    states.length
      ? aboutBlock("Trạng thái của một tiêu chí chưa có điểm", sentences(states.map(([, words]) => words)))
      : null,
    aboutBlock(
      "Phím tắt",
      headed([
        ["/", "đến ô tìm"],
        ["Esc", "xóa ô tìm, đóng tiêu chí đang mở"],
        ["Tab, Enter", "đi từ chỗ này sang chỗ khác, mở"],
        ["Mũi tên", "đọc từng ô của bản đồ điểm"],
      ]),
    ),
  );
}

function aboutBlock(heading, ...content) {
  return el("section", { class: "block" }, el("h3", null, heading), ...content);
}

function receiptTable() {
  const lines = (PAGE.receipt ?? []).map(([name, value]) =>
    el("tr", null, el("th", { scope: "row" }, name), el("td", null, value)),
  );
  return lines.length
    ? el("table", { class: "receipt" }, el("caption", { class: "unseen" }, "Biên nhận"), el("tbody", null, ...lines))
    : el("p", null, "Trang này lấy số đang làm, chưa có biên nhận.");
}

function howToRead(set) {
  return [
    "Trang này chỉ trình bày: mọi điểm, thứ hạng, xếp loại do phần mềm chấm từ tệp tiêu chí và số liệu, không tính lại ở đây.",
    "Tổng điểm đi cùng điểm tối đa đang áp dụng: tiêu chí không áp dụng không tính vào tối đa.",
    "Đồng hạng: các đơn vị bằng nhau ở mọi tiêu chí xếp hạng giữ chung một thứ hạng, thứ hạng kế tiếp bỏ qua đủ số đơn vị (1, 1, 3).",
    set?.has.interval
      ? "Khoảng hạng: thứ hạng tốt nhất và kém nhất còn có thể có, nếu mọi điểm đang chờ đều có lợi hoặc đều bất lợi cho đơn vị."
      : null,
    set?.has.self ? "Tự chấm hơn kết quả: điểm đơn vị tự chấm trừ điểm kết quả; dấu cộng là tự chấm cao hơn." : null,
    "Địa chỉ trên thanh trình duyệt chỉ đúng chỗ đang xem: chép lại để chỉ cho người khác mở cùng tệp.",
  ].filter(Boolean);
}
