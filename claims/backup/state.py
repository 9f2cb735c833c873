"""What is in a database: rows of each table, applied migrations, and the files it speaks of.

Each question is asked through a function that runs SQL and returns rows, so that it can go to the
database in use, to a transaction in it, or to a copy.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from claims import __version__
from claims.backup.archive import Pieces
from claims.backup.manifest import Manifest

Ask = Callable[[str], list[tuple[Any, ...]]]

_RECORDER: Final = "django_migrations"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in storage: its name there, and the digest that its bytes must have.

    `removed` is that digest again if words were removed from the file, else empty.
    """

    name: str
    digest: str
    removed: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A database at one moment: what to write of it, and the files that belong to it."""

    manifest: Manifest
    members: Iterable[tuple[str, Pieces]]
    files: tuple[Stored, ...]


def ask(sql: str) -> list[tuple[Any, ...]]:
    """Return the rows that a question to the database in use has."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def tables() -> list[str]:
    """Return the names of the tables that are there, of all models and of the migrations."""
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted({*found, _RECORDER} & set(connection.introspection.table_names()))


def counts(question: Ask, names: Iterable[str]) -> dict[str, int]:
    """Return the number of rows of each table."""
    quoted = {name: connection.ops.quote_name(name) for name in names}
    return {name: question(f"SELECT count(*) FROM {table}")[0][0] for name, table in quoted.items()}


def migrations(question: Ask) -> tuple[str, ...]:
    """Return the migrations that are applied ("claims.0002_search"), by name."""
    rows = question(f"SELECT app, name FROM {_RECORDER}")
    return tuple(sorted(f"{app}.{name}" for app, name in rows))


def known_migrations() -> set[str]:
    """Return the migrations that this release has."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def files(question: Ask) -> tuple[Stored, ...]:
    """Return the files that rows speak of: those imported, and those that wait for it."""
    found = {}
    for (options,) in question(
        "SELECT CAST(options AS text) FROM claims_job WHERE kind = 'import'"
    ):
        said = json.loads(options)
        name, removed = said["file"], said.get("redacted_sha256", "")
        found[name] = Stored(name, removed or name.rpartition("/")[2], removed)
    rows = question("SELECT file, sha256, redacted_sha256 FROM claims_sourcefile")
    found |= {name: Stored(name, removed or digest, removed) for name, digest, removed in rows}
    return tuple(found[name] for name in sorted(found))


def manifest_of(question: Ask, **more: Any) -> Manifest:
    """Return what a backup made now says of itself, but for its members."""
    return Manifest(
        made=timezone.now().isoformat(timespec="seconds"),
        release=__version__,
        engine=connection.vendor,
        migrations=migrations(question),
        counts=counts(question, tables()),
        **more,
    )


def is_empty() -> bool:
    """Tell whether nobody has stored anything yet; what `migrate` makes does not count."""
    ours = [name for name in tables() if name.startswith("claims_") or name == "auth_user"]
    return not any(ask(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1") for name in ours)
