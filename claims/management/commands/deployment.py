"""manage.py deployment: writes what a server needs to run On Record, with this place filled in."""

import math
import re
import secrets
import sys
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.loader import render_to_string

from claims.management.resumable import plural

FILES: Final = (
    "environment",
    "on-record.service",
    "on-record-worker.service",
    "on-record-backup.service",
    "on-record-backup.timer",
    "nginx.conf",
    "Containerfile",
)
_ALLOWED: Final = {
    "host": re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"),
    "user": re.compile("[a-z_][a-z0-9_-]{0,31}"),
    "path": re.compile(r"/[A-Za-z0-9/._+-]*"),
}
"""What can stand in every one of the files without a sign of their own languages in it."""


class Command(BaseCommand):
    """Writes files; installs and starts nothing."""

    help = (
        "Write settings, systemd units, an nginx site and a container file for this installation "
        "into a new folder. Nothing is installed or started."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where they are written; it must be new")
        parser.add_argument("--host", required=True, help="the site's name, such as record.example")
        parser.add_argument("--user", default="on-record", help="whose processes they are")
        parser.add_argument("--data", default="/var/lib/on-record", help="database and files")
        parser.add_argument("--backups", default="/var/backups/on-record", help="where they go")
        parser.add_argument("--settings-file", default="/etc/on-record/environment")
        parser.add_argument("--port", type=int, default=8000, help="of gunicorn, on loopback")

    def handle(self, *args: Any, **options: Any) -> None:
        said = _checked(options)
        folder: Path = options["folder"]
        try:
            folder.mkdir(parents=True, mode=0o700)
        except FileExistsError as error:
            raise CommandError(f"{folder} is there already. Nothing was written.") from error
        for name in FILES:
            path = folder / name
            path.touch(mode=0o600)
            path.write_text(render_to_string(f"deployment/{name}", said))
        self.stdout.write(
            f"{plural(len(FILES), 'file')} written to {folder}; README.md, “Running it”."
        )


def _checked(options: dict[str, Any]) -> dict[str, Any]:
    """Return what is filled into the files.

    Raises:
        CommandError: for what would mean something else in one of them.
    """
    said = {
        "root": str(settings.ROOT),
        "python": sys.executable,
        "data": options["data"],
        "backups": options["backups"],
        "settings": options["settings_file"],
        "host": options["host"],
        "user": options["user"],
    }
    for name, value in said.items():
        if not _ALLOWED.get(name, _ALLOWED["path"]).fullmatch(value):
            raise CommandError(
                f"{name}: {value!r} cannot stand in these files. Nothing was written."
            )
    return said | {
        "port": options["port"],
        "secret": secrets.token_urlsafe(50),
        "megabytes": math.ceil(settings.UPLOAD_MAX_BYTES / 1_000_000) + 1,
    }
