"""Rows that come together, on SQLite, whose triggers see nothing but single rows.

A row in claims_batch tells the triggers of new rows that a table gets those with the ids `first`
to `last`, both included. They leave them alone, and when the row is deleted others look at all of
them in one statement: `_search` at words, `_feed` at numbers. PostgreSQL has triggers for whole
statements.
"""

from typing import Final

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS claims_batch "
    "(of_table text NOT NULL, first integer NOT NULL, last integer NOT NULL)"
)

ALONE: Final = "NOT EXISTS (SELECT 1 FROM claims_batch)"
"""What is true for a new row that comes alone."""

DONE: Final = "AFTER DELETE ON claims_batch WHEN old.of_table = '{}'"
"""When the rows of a table are all there."""

TOGETHER: Final = "id BETWEEN old.first AND old.last"
"""Which rows they are."""


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the table away, and with it the triggers for rows that come together."""
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE IF EXISTS claims_batch")
