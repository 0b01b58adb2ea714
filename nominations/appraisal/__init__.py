"""Appraisal of dossiers (thẩm định hồ sơ): a checklist out, đủ / thiếu / trả lại in."""
