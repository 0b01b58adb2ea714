"""Awards already given, as people look them up: on the screen and as a workbook to print."""
