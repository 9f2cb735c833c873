"""manage.py verify: checks every stored span, digest, count and column."""

from typing import Any

from django.core.management.base import CommandError

from claims import verify
from claims.management.resumable import ResumableCommand, plural


class Command(ResumableCommand):
    """Prints one line for each fault; exit code 1 if there is any."""

    help = (
        "Check the database and its files: texts, spans, digests, counts, computed columns and "
        "the search index. Changes nothing."
    )
    resume = "Nothing was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for fault in self.bar(verify.faults(), total=None, unit="fault"):
            number += 1
            self.stdout.write(f"{fault.row}: {fault.message}")
        for note in verify.notes():
            self.stdout.write(f"Note: {note}.")
        if number:
            raise CommandError(f"{plural(number, 'fault')} found. Nothing was changed.")
        self.stdout.write("No fault found.")
