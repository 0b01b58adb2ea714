"""The tables of the ledger's database. Entries are only appended: the database itself refuses anything else."""

from __future__ import annotations

import sqlalchemy as sql

FORMAT = "2"

tables = sql.MetaData()
meta = sql.Table(
    "meta", tables, sql.Column("name", sql.Text, primary_key=True), sql.Column("value", sql.Text, nullable=False)
)
entries = sql.Table(
    "entries",
    tables,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("at", sql.Text, nullable=False),
    sql.Column("by", sql.Text, nullable=False),
    sql.Column("author", sql.Text, nullable=False),
    sql.Column("role", sql.Text, nullable=False),
    sql.Column("subject", sql.Text, nullable=False),
    sql.Column("field", sql.Text, nullable=False),
    sql.Column("stage", sql.Text, nullable=False),
    sql.Column("old", sql.Text, nullable=False),
    sql.Column("value", sql.Text, nullable=False),
    sql.Column("valid_from", sql.Text),
    sql.Column("valid_to", sql.Text),
    sql.Column("source", sql.Text, nullable=False),
    sql.Column("place", sql.Text, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.Column("evidence", sql.Text, nullable=False),
    sql.Column("hash", sql.Text, nullable=False),
    sql.Index("entries_by_subject", "subject", "field", "number"),
    sqlite_autoincrement=True,
)
submissions = sql.Table(
    "submissions",
    tables,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=True),
    sql.Column("entry", sql.Integer, nullable=False),  # the entry that holds its hash
    sql.Column("salt", sql.Text, nullable=False),
    sql.Column("at", sql.Text, nullable=False),
    sql.Column("by", sql.Text, nullable=False),
    sql.Column("period", sql.Text, nullable=False, index=True),
    sql.Column("candidate", sql.Text, nullable=False),
    sql.Column("set_id", sql.Text, nullable=False),
    sql.Column("version", sql.Integer, nullable=False),
    sql.Column("letter_number", sql.Text, nullable=False),
    sql.Column("letter_date", sql.Text, nullable=False),
    sql.Column("file_sha256", sql.Text, nullable=False),
    sql.Column("file_name", sql.Text, nullable=False),
    sql.Column("answers", sql.Text, nullable=False),
    sql.Column("reason", sql.Text, nullable=False),
    sql.UniqueConstraint("period", "candidate", "file_sha256"),
    sqlite_autoincrement=True,
)
personal = sql.Table(  # what the value of an entry commits to; may be erased without breaking the chain
    "personal",
    tables,
    sql.Column("entry", sql.Integer, primary_key=True),
    sql.Column("salt", sql.Text, nullable=False),
    sql.Column("value", sql.Text, nullable=False),
)


def _refusing(table: sql.Table, verb: str, unless: str = "") -> str:
    """A trigger. unless: the one change that is let through."""
    when = f" WHEN NOT ({unless})" if unless else ""
    return (
        f"CREATE TRIGGER {table.name}_no_{verb.lower()} BEFORE {verb} ON {table.name}{when} "
        "BEGIN SELECT RAISE(ABORT, 'append only'); END"
    )


def _emptied(table: sql.Table, *names: str) -> str:
    """Erasing what is personal: these columns become empty, every other one stays as it is."""
    same = [f'NEW."{column.name}" IS OLD."{column.name}"' for column in table.columns if column.name not in names]
    return " AND ".join([*(f"NEW.\"{name}\" = ''" for name in names), *same])


_REFUSING = [
    _refusing(entries, "UPDATE"),
    _refusing(entries, "DELETE"),
    _refusing(submissions, "UPDATE", _emptied(submissions, "salt", "answers")),
    _refusing(submissions, "DELETE"),
    _refusing(personal, "UPDATE", _emptied(personal, "salt", "value")),
    _refusing(personal, "DELETE"),
]


def create(connection: sql.Connection) -> None:
    """All tables, and on SQLite what refuses to change them."""
    tables.create_all(connection)
    if connection.dialect.name == "sqlite":
        for trigger in _REFUSING:
            connection.exec_driver_sql(trigger)
