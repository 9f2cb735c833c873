"""The log: who changed what, when, from what to what, and how it is undone."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from claims.batch import insert
from claims.models import Change

MACHINE = "engine"
WAYS = ("admin", "desk", "bulk", "api", "page", "command", "import")
"""By what way a change may come."""

_way: ContextVar[str] = ContextVar("way", default="command")


@contextmanager
def through(way: str) -> Iterator[None]:
    """Say by what way the changes inside come: admin, desk, bulk, api, import; else a command."""
    before = _way.set(way)
    try:
        yield
    finally:
        _way.reset(before)


class Stale(ValueError):
    """A row changed since the caller read it; nothing was saved.

    `fields` maps the name of each field in conflict to the caller's value and the stored one.
    """

    def __init__(
        self, row: models.Model, fields: Mapping[str, tuple[Any, Any]] | None = None
    ) -> None:
        self.row = row
        self.fields = dict(fields or {})
        super().__init__(
            f"{row._meta.verbose_name} “{row}” was changed by somebody else in the meantime. "
            "Nothing was saved; look at the values now stored and save again."
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """One action of one actor: all its log entries share `uid`, and it is undone as a whole."""

    action: str
    actor: User | None
    uid: uuid.UUID

    @classmethod
    def begin(cls, action: str, actor: User | None) -> "Batch":
        """Start a batch; `actor` None means the engine."""
        return cls(action, actor, uuid.uuid4())

    def entry(
        self, row: models.Model, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Change:
        """Return the log entry of one row, not yet saved."""
        return Change(
            batch=self.uid,
            action=self.action,
            origin=_way.get(),
            actor=self.actor,
            actor_name=MACHINE if self.actor is None else self.actor.get_username(),
            object_type=row._meta.model_name or "",
            object_id=row.pk,
            object_name=str(row)[:200],
            before=_plain(before),
            after=_plain(after),
        )


def record(entries: Iterable[Change]) -> None:
    """Write log entries, many at once."""
    insert(list(entries))


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
    }
