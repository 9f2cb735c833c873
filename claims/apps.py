"""The one Django app of this project."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from claims import rights


class ClaimsConfig(AppConfig):
    """Articles, speakers, claims and the people who rule on them."""

    name = "claims"
    verbose_name = "On Record"

    def ready(self) -> None:
        """Keep the groups' rights and look at new connections: Django offers no other call."""
        post_migrate.connect(rights.keep_groups, sender=self)
        connection_created.connect(find_json)


def find_json(connection: BaseDatabaseWrapper, **rest: Any) -> None:
    """See that SQLite knows JSON, without a transaction.

    Django looks within one. While somebody else writes it waits, gives up, and then holds for as
    long as the process lives that there is no JSON.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT json('{}')")
        vars(connection.features)["supports_json_field"] = True
