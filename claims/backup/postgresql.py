"""PostgreSQL: each table by COPY as one transaction sees it, put back in one transaction.

No program of PostgreSQL's is needed, and no SQL comes out of an archive: the tables are made by our
own migrations, up to those that the archive's database had, and filled with its rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from zipfile import ZipFile

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from claims.backup import state
from claims.backup.archive import BadArchive, Pieces, contents
from claims.backup.manifest import Manifest
from claims.backup.state import Snapshot

_OURS: Final = "^(auth|claims|django|knox)_"

# What the database computes from other columns it computes again: search words.
_COLUMNS: Final = f"""
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name ~ '{_OURS}'
    AND is_generated = 'NEVER' AND data_type <> 'tsvector'
ORDER BY table_name, ordinal_position
"""
_SEQUENCES: Final = f"""
SELECT sequencename, last_value FROM pg_sequences
WHERE schemaname = current_schema() AND sequencename ~ '{_OURS}' AND last_value IS NOT NULL
"""
_THINGS: Final = f"""
SELECT 'TABLE', oid::regclass::text FROM pg_class
WHERE relnamespace = current_schema()::regnamespace
    AND relkind IN ('r', 'p') AND relname ~ '{_OURS}'
UNION ALL
SELECT 'FUNCTION', oid::regprocedure::text FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND proname ~ '{_OURS}'
"""


@contextmanager
def taken() -> Iterator[Snapshot]:
    """Read the database in one transaction, as of its beginning; nobody is held up."""
    with transaction.atomic(durable=True):
        _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        columns: dict[str, list[str]] = {name: [] for name in state.tables()}
        for table, column in state.ask(_COLUMNS):
            if table in columns:
                columns[table].append(column)
        manifest = state.manifest_of(
            state.ask,
            columns={table: tuple(names) for table, names in columns.items()},
            sequences=dict(state.ask(_SEQUENCES)),
        )
        members = [(_member(table), _copied(table, manifest)) for table in columns]
        yield Snapshot(manifest, members, state.files(state.ask))


def put(whole: ZipFile, manifest: Manifest) -> None:
    """Let the database become the archive's, in one transaction.

    Raises:
        BadArchive: if its tables are not those that its migrations make, or its rows do not fit.
    """
    try:
        with connection.wrap_database_errors, transaction.atomic(durable=True):
            _make_tables(manifest)
            _run("SET CONSTRAINTS ALL DEFERRED")  # tables are filled by name, not by dependency
            for table in manifest.columns:
                _fill(table, whole, manifest)
            if "claims_feedentry" in manifest.columns:  # its numbers stay: no row is a change
                _run("DELETE FROM claims_feedpending; DELETE FROM claims_feedbell")
            for name, last in manifest.sequences.items():
                _run("SELECT setval(quote_ident(%s)::regclass, %s)", [name, last])
            if state.counts(state.ask, manifest.counts) != manifest.counts:
                raise BadArchive("its tables are not those that its manifest describes")
    except DatabaseError as error:
        raise BadArchive(f"its rows do not fit the tables: {str(error).splitlines()[0]}") from error


def _make_tables(manifest: Manifest) -> None:
    """Make the tables anew as they were when the archive was made, and empty."""
    for kind, name in state.ask(_THINGS):
        _run(f"DROP {kind} IF EXISTS {name} CASCADE")
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(leaves, clean_start=True)
    made = {tuple(name.split(".", 1)) for name in manifest.migrations}
    executor.migrate(leaves, [one for one in plan if (one[0].app_label, one[0].name) in made])
    columns: dict[str, set[str]] = {}
    known = {*state.tables(), *manifest.columns}  # not what triggers keep for a moment
    for table, column in state.ask(_COLUMNS):
        if table in known:
            columns.setdefault(table, set()).add(column)
    if columns != {table: set(names) for table, names in manifest.columns.items()}:
        raise BadArchive("its tables are not those that its migrations make")
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    _run(f"TRUNCATE {quoted}")


def _member(table: str) -> str:
    return f"tables/{table}.copy"


def _copy(table: str, manifest: Manifest, end: str) -> str:
    columns = ", ".join(map(connection.ops.quote_name, manifest.columns[table]))
    return f"COPY {connection.ops.quote_name(table)} ({columns}) {end}"


def _copied(table: str, manifest: Manifest) -> Pieces:
    out = _copy(table, manifest, "TO STDOUT")
    with connection.cursor() as cursor, cursor.copy(out) as rows:
        for piece in rows:
            yield bytes(piece)


def _fill(table: str, whole: ZipFile, manifest: Manifest) -> None:
    if _member(table) not in manifest.members:
        raise BadArchive(f"it has no rows of {table}")
    with connection.cursor() as cursor, cursor.copy(_copy(table, manifest, "FROM STDIN")) as rows:
        for piece in contents(whole, manifest, _member(table)):
            rows.write(piece)


def _run(sql: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
