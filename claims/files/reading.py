"""Rows out of the database, many at once, all from one state of it."""

from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

AT_ONCE = {"sqlite": 200, "postgresql": 1000}
"""Rows taken from a cursor: few stay in the processor's cache, but each time a server is asked."""
IN_A_PART = 1000

Rows = list[tuple[Any, ...]]


@contextmanager
def snapshot(*, short: bool = False) -> Iterator[None]:
    """Let all that is read inside be of one moment, whoever writes meanwhile.

    Nobody waits for it, and it waits for nobody. Inside a transaction it is that one's view. A
    `short` one reads little, and leaves the cache of SQLite to those who come after.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with nullcontext() if short else _small_cache(), _deferred():
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Begin a transaction of SQLite that takes no lock against writers, as all others here do."""
    held: Any = connection
    held.ensure_connection()  # which reads the mode from the settings
    mode = held.transaction_mode
    with ExitStack() as stack:
        held.transaction_mode = "DEFERRED"
        try:
            stack.enter_context(transaction.atomic())
        finally:
            held.transaction_mode = mode
        yield


@contextmanager
def _small_cache() -> Iterator[None]:
    """Read every page once: keeping or mapping them all would only cost memory."""
    small = {"cache_size": -8000, "mmap_size": 0}
    with connection.cursor() as cursor:
        usual = {name: cursor.execute(f"PRAGMA {name}").fetchone() for name in small}
        try:
            _tell(cursor, small)
            yield
        finally:
            _tell(cursor, {name: found[0] for name, found in usual.items() if found})


def _tell(cursor: Any, pragmas: Mapping[str, int]) -> None:
    for name, value in pragmas.items():
        cursor.execute(f"PRAGMA {name} = {value}").fetchall()


def batches(rows: QuerySet) -> Generator[Rows, None, None]:
    """Yield the rows of one statement as tuples, a list of them at a time.

    Call it inside `snapshot`. On PostgreSQL they come through a cursor of the server.
    """
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(AT_ONCE[connection.vendor]):
            yield found


def chunks(rows: QuerySet) -> Iterator[QuerySet]:
    """Yield the rows by id in parts, each as a query of its own, for what is read by statements.

    Call it inside `snapshot`, or a row may be missed or met that came meanwhile.
    """
    last = 0
    ids = rows.order_by("pk").values_list("pk", flat=True)
    while found := list(ids.filter(pk__gt=last)[:IN_A_PART]):
        last = found[-1]
        yield rows.model._default_manager.filter(pk__in=found).order_by("pk")
