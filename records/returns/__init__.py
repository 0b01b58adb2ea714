"""Criteria that were sent back (trả lại): small forms, explanations (giải trình), deadlines, extensions."""
