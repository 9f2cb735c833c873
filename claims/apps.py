"""The one Django app of this project."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Articles, speakers, claims and the people who rule on them."""

    name = "claims"
    verbose_name = "On Record"
