"""Reports of a period (báo cáo năm, báo cáo sơ kết, tổng kết): figures as values, then tables, then a Word document and workbooks."""
