"""Every reason a check can give: its code and what it means (those of E12: proposers); which of them facts, law or people settle."""

from __future__ import annotations

REASONS: dict[str, str] = {
    # TC: the standard of the province
    "standard-reached": "đạt tiêu chuẩn của tỉnh",
    "standard-none": "tỉnh chưa quy định mức của tiêu chuẩn",
    "standard-maternity": "chưa đạt mức, có thời gian nghỉ thai sản",
    "unscored": "đề nghị không chấm điểm",
    "no-result": "chưa có kết quả chính thức của dịp",
    "unplaced": "không xếp hạng trong dịp",
    "figure-below": "kết quả dưới mức",
    "grade-below": "xếp loại dưới mức",
    "rank-below": "thứ hạng dưới mức",
    "grade-unknown": "bộ tiêu chí không có mức xếp loại mà tiêu chuẩn nêu",
    # E1: award × subject × occasion
    "route-found": "hình thức được xét cho đối tượng ở dịp này",
    "route-asks": "căn cứ đòi điều mà điểm không cho thấy",
    "route-none": "luật không quy định hình thức này cho đối tượng",
    "route-occasion": "hình thức này không xét ở dịp này",
    "subject-unknown": "chưa rõ là đối tượng nào theo luật",
    # E2: how long the movement lasts
    "duration-free": "căn cứ không đặt yêu cầu về thời gian của phong trào",
    "duration-both": "đủ thời gian theo cả hai cách tính",
    "duration-decided": "đủ thời gian theo cách tính đã quyết định",
    "duration-disputed": "hai cách tính thời gian cho kết quả khác nhau",
    "duration-day": "chưa rõ ngày bắt đầu, kết quả tùy ngày đó",
    "duration-unknown": "chưa rõ ngày bắt đầu phong trào",
    "duration-short": "phong trào chưa đủ thời gian",
    # E3: who launched the movement
    "issuer-fits": "cấp phát động thuộc trường hợp được xét",
    "issuer-refused": "phong trào của cấp này không dẫn tới hình thức này",
    "not-offered": "phong trào không đề nghị hình thức này",
    # E4: no second award for one achievement or one initiative
    "no-duplicate": "thành tích, sáng kiến chưa được khen thưởng",
    "after-cutoff": "chỉ tính thành tích sau lần khen thưởng trước, không trùng",
    "same-initiative": "sáng kiến đã dùng để khen thưởng",
    "like-initiative": "sáng kiến gần giống sáng kiến đã dùng",
    "initiative-of-other": "sáng kiến đã dùng để khen thưởng người khác",
    "initiative-shared": "sáng kiến còn đề nghị cho người khác",
    "same-occasion": "đã được khen thưởng hình thức khác trong dịp này",
    "same-achievement": "thành tích đã được khen thưởng",
    "like-achievement": "thành tích gần giống thành tích đã được khen thưởng",
    "nothing-after": "không còn thành tích nào sau lần khen thưởng trước",
    "overlap": "thời gian của thành tích đã được khen thưởng",
    "overlap-counted": "tính lại cả thời gian đã được khen thưởng, cần xác nhận không trùng",
    "overlap-other": "trùng thời gian với lần khen thưởng khác, cần xác nhận là thành tích khác",
    "unscored-after": "không chấm điểm, cần xem thành tích có sau lần khen thưởng trước",
    "days-unknown": "lần khen thưởng trước chưa ghi thời gian lập thành tích",
    # E5, E9: awards wanted before
    "none-wanted": "căn cứ không đòi hình thức đã có trước",
    "held": "đã có hình thức mà căn cứ đòi hỏi",
    "held-missing": "thiếu hình thức mà căn cứ đòi hỏi",
    "held-revoked": "hình thức đòi hỏi đã bị hủy bỏ",
    "merit-only": "hình thức đã có không tính theo loại hình khen thưởng",
    "too-old": "hình thức đã có quá thời hạn",
    "category-unknown": "hình thức đã có chưa ghi loại hình",
    "years-boundary": "chưa rõ thời hạn tính theo năm hay theo ngày",
    "not-required": "không đòi hình thức mức thấp trước",
    "required-by-route": "căn cứ đòi hình thức trước, xem E5",
    # E6: what blocks
    "clear": "không có việc phải dừng xét",
    "blocked": "đang có việc phải dừng xét",
    "complaint-open": "có kiến nghị, phản ánh chưa giải quyết",
    "discipline-runs": "chưa hết thời hạn kỷ luật",
    "discipline-over": "đã hết thời hạn kỷ luật, thành tích tính từ sau đó",
    "block-unknown": "chưa có thông tin về việc phải dừng xét",
    # E7: maternity
    "maternity-none": "không có thời gian nghỉ thai sản phải xem",
    "maternity-counted": "có nghỉ thai sản, không ảnh hưởng kết quả",
    "maternity-gap": "có nghỉ thai sản, thiếu kết quả hoặc không xếp hạng",
    # E8: the legal preference
    "not-tied": "không bằng ai, không xét ưu tiên",
    "no-preference": "đối tượng không thuộc diện ưu tiên",
    "preferred": "được ưu tiên khi bằng nhau",
    "not-preferred": "không được ưu tiên khi bằng nhau",
    "gender-unknown": "chưa rõ giới tính, cần để xét ưu tiên",
    "women-unknown": "chưa rõ tỷ lệ nữ, cần để xét ưu tiên",
    # E9b: nothing pending elsewhere
    "none-pending": "không có đề nghị nào khác đang chờ",
    "pending-here": "đã trình hình thức khác trong dịp này",
    "pending-same": "cùng thành tích, sáng kiến đã trình ở nơi khác",
    "pending-elsewhere": "đang trình ở nơi khác, cần xác nhận là thành tích khác",
    "elsewhere": "đang được đề nghị ở nơi khác",
    # E10: confirmations
    "confirm-none-asked": "đối tượng không phải có xác nhận",
    "confirmed": "đủ xác nhận",
    "confirm-bad": "cơ quan xác nhận có vi phạm",
    "confirm-missing": "thiếu xác nhận",
    "confirm-undated": "xác nhận không ghi ngày",
    "confirm-outside": "ngày xác nhận ngoài thời gian xét",
    # E11: initiative
    "initiative-none": "không nêu sáng kiến, không bắt buộc",
    "initiative-certified": "sáng kiến có giấy chứng nhận",
    "initiative-missing": "căn cứ đòi sáng kiến, chưa nêu",
    "certificate-missing": "sáng kiến chưa có giấy chứng nhận",
    # E13: whose opinion of a person comes first
    "opinion-not-person": "không phải cá nhân",
    "opinion-none-asked": "không nơi nào phải có ý kiến trước",
    "not-managed": "không thuộc diện phải có ý kiến",
    "opinion-given": "đã có ý kiến đồng ý",
    "opinion-against": "ý kiến không đồng ý",
    "opinion-missing": "thuộc diện quản lý, chưa có ý kiến",
    "managed-unknown": "chưa rõ có thuộc diện quản lý",
}
# What is settled by filling in facts (sheet "Dữ kiện"), not by a decision.
BY_FACTS = {"block-unknown", "gender-unknown", "women-unknown", "confirm-missing", "confirm-undated", "confirm-outside"}
BY_FACTS |= {"initiative-missing", "certificate-missing", "opinion-missing", "managed-unknown"}
# What nobody decides about one nominee: the law, the award file or a result says it.
BY_LAW = {"route-none", "route-occasion", "issuer-refused", "not-offered", "duration-short", "no-result"}
# About the movement, the same for every nominee: decided once for an award.
COMMON = {"E2", "E3"}
EVERYBODY = "*"  # stands for the nominee where a decision is about the whole award
