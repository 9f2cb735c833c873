"""The one Django app of this project."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from claims import rights


class ClaimsConfig(AppConfig):
    """Articles, speakers, claims and the people who rule on them."""

    name = "claims"
    verbose_name = "On Record"

    def ready(self) -> None:
        """Keep the groups' rights: the only thing here that Django offers no call for."""
        post_migrate.connect(rights.keep_groups, sender=self)
