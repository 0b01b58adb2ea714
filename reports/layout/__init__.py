"""Checks of our own output: the layout that Nghị định 30/2020/NĐ-CP asks of documents."""
