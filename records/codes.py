"""Codes of findings about a round: workspace, roster, tasks, forms. Those about criteria files and tables: criteria.problems."""

from __future__ import annotations

ROUND_CODES: dict[str, str] = {
    # the workspace
    "workspace": "không ở trong thư mục làm việc, hoặc thư mục làm việc hỏng",
    "round": "kỳ chưa mở",
    "group": "không có nhóm này",
    "closed": "nhóm hoặc danh sách đã khóa, hoặc lệnh thiếu quyết định, lý do",
    "stage": "bước chấm chưa có số liệu",
    # roster and tasks
    "roster-field": "ô của danh sách viết sai hoặc thiếu",
    "name-match": "tên chưa chắc là của ai, cần người xác nhận",
    "roster-open": "điều còn để ngỏ trong danh sách",
    "task-field": "ô của sổ nhiệm vụ viết sai hoặc thiếu",
    "task-contradiction": "sổ nhiệm vụ in hai điều trái nhau",
    "task-unknown": "không có nhiệm vụ này",
    # occasions
    "years": "kết quả nhiều kỳ chưa ghi cách gộp, hoặc gộp cần lưu ý",
    # indices and milestones
    "index": "không có bộ chỉ số này, hoặc giá trị gán cho nơi không phải đối tượng",
    "milestone": "không có mốc này, hoặc ngày, văn bản của mốc thiếu hoặc sai",
    "inspection": "kết luận kiểm tra thiếu hoặc sai",
    # forms
    "form-foreign": "tệp không phải biểu do thư mục làm việc này giao",
    "form-period": "biểu của kỳ khác",
    "form-changed": "biểu hỏi khác với bộ tiêu chí hiện nay",
    "form-line": "dòng của biểu bị xóa, lặp hoặc lạ",
    "form-kind": "biểu thu bằng lệnh khác",
    "form-unsafe": "tệp chứa thứ không được nhận (macro, liên kết ngoài, tệp nén bất thường)",
    "form-older": "biểu cũ hơn bản đã thu",
    "form-twice": "hai tệp khác nhau của cùng một đối tượng, cùng lần gửi",
    "form-cell": "ô của biểu điền sai",
    "claim": "đề nghị không áp dụng thiếu lý do hoặc trái với số liệu đã điền",
    "evidence": "dòng minh chứng thiếu hoặc sai",
    "evidence-file": "không có tệp minh chứng, hoặc tên tệp không được phép",
    "signature": "trang ký thiếu hoặc sai",
    # the life of a score
    "rights": "vai này không được làm việc này ở trạng thái này",
    "reason": "thiếu lý do hoặc văn bản",
    "missing-figure": "thiếu số liệu thẩm định",
    "unknown-figure": "số liệu không thuộc tiêu chí này",
    "review": "không có cơ quan thẩm định này, hoặc không có gì để thẩm định",
    "review-cell": "ô kết luận của biểu thẩm định thiếu, lạ hoặc trái với ô khác",
    "review-stale": "đơn vị hoặc người khác đã thay đổi sau khi giao biểu thẩm định",
    "return": "không có gì bị trả lại, hoặc hạn giải trình không hợp lệ",
    "return-cell": "ô của biểu giải trình thiếu hoặc sai",
    "return-stale": "biểu trả lời một lần trả lại không còn hiệu lực",
    "panel": "không có hội đồng chấm này, hoặc người chấm ghi thiếu hoặc sai",
    "panel-cell": "ô của phiếu chấm thiếu, lạ hoặc trái với ô khác",
    "panel-marks": "chưa kết luận được: thiếu phiếu chấm, hoặc không kết luận theo phiếu chấm",
    "panel-stale": "đơn vị nộp biểu mới sau khi giao phiếu chấm",
    "stray": "kết luận về đối tượng, tiêu chí hoặc số liệu không còn trong kỳ, không được tính",
    "stage-passed": "đã thẩm định, biểu mới không thay biểu cũ",
    # publishing
    "publish-open": "chưa công bố được: còn việc chưa xong",
    "publish-confirm": "chưa gõ đúng lời xác nhận công bố",
    "publish-moved": "sổ có thêm mục trong lúc lập bản công bố",
    "published": "tiêu chí, thiết lập hoặc kết quả nay khác bản đã công bố chính thức",
    "snapshot": "gói công bố thiếu, hỏng, bị sửa hoặc không tính lại được",
    "complaint": "kiến nghị, phản ánh ghi thiếu hoặc sai",
    # personal data
    "personal": "không có cá nhân này, hoặc điều muốn sửa không phải dữ liệu cá nhân",
    "retention": "dữ liệu cá nhân chưa hết thời hạn lưu giữ, hoặc phong trào chưa ghi thời hạn",
    # from rank to award
    "awards": "phong trào chưa có tệp khen thưởng, hoặc tệp thiếu điều cần cho lệnh này",
    "occasion": "không có dịp khen thưởng này",
    "award-unknown": "tệp khen thưởng không có hình thức này",
    "award-held": "dòng khen thưởng đã có thiếu hoặc sai",
    "proposal": "danh sách đề nghị thiếu hoặc sai",
    "eligibility": "dữ kiện xét điều kiện thiếu hoặc sai",
    "quota": "chỉ tiêu chưa khai hoặc khai trùng",
    "step": "chưa qua bước trước, hoặc không có bước này",
    "council": "thành viên hội đồng hoặc phiếu kiểm thiếu, sai hoặc không khớp",
    "appraisal": "kết quả thẩm định hồ sơ thiếu hoặc sai",
    "dossier": "hồ sơ chưa đủ thành phần",
    # days and letters
    "calendar": "phong trào chưa ghi lịch ngày nghỉ",
    "time-limit": "phong trào chưa ghi thời hạn này",
    "letterhead": "phong trào chưa ghi cơ quan ban hành văn bản của ngày này",
    "template": "mẫu Word thiếu, hỏng, hoặc có tên trường, câu lệnh viết sai",
    "letter-changed": "công văn đã có ở thư mục kết quả với nội dung khác",
}
