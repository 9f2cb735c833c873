"""manage.py count_facets: count the facets of all public claims for the search page."""

from typing import Any

from django.core.management.base import BaseCommand

from claims import facets
from claims.filters.base import COUNTED


class Command(BaseCommand):
    """Counts once what the search page shows to each reader who asks nothing."""

    help = (
        "Count the facets of the list of all public claims and store them for the search page. "
        "They hold until something changes: run it from a timer where there are more than "
        f"{COUNTED:,} public claims. Below that they are counted for each reader."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        number = facets.recount()
        if number is None:
            self.stdout.write("Few public claims: nothing needs to be stored.")
        else:
            self.stdout.write(f"Counted {number:,} public claims.")
