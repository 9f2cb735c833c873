"""What the database knows of its own tables: measured anew when much was stored.

SQLite never measures by itself, and without it takes every index for equally good. PostgreSQL
does when autovacuum comes round; after a long import the first readers would come before it.
"""

from contextlib import suppress
from typing import Final

from django.db import OperationalError, connection

ROWS_OF_AN_INDEX: Final = 10_000
"""How far SQLite looks into an index for rows that share a value: an answer in a second or two
however large the table, and no kind or topic of many rows is taken for one of few."""

_CHANGED: Final = """
SELECT quote_ident(relname) FROM pg_stat_user_tables
WHERE relname LIKE 'claims\\_%%' AND n_mod_since_analyze > %s + n_live_tup / 10
"""


def refresh(*, changed: int = 1000) -> None:
    """Measure the tables again: on PostgreSQL those where `changed` rows and a tenth are new.

    Call it after the last commit of an import or a run, never inside a transaction. It changes no
    answer, only how quickly it comes: where others are writing, it is left to the next time.
    """
    with suppress(OperationalError), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit={ROWS_OF_AN_INDEX}")
            cursor.execute("ANALYZE")
            return
        cursor.execute(_CHANGED, [changed])
        if tables := [name for (name,) in cursor.fetchall()]:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(tables)}")
