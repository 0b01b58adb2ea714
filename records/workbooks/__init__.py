"""Workbooks that go out to people and come back: what forms, verification workbooks, return forms and marking sheets share."""
