"""Who is proposed for which award, and why: on the screen and as a workbook."""
