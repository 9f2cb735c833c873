"""manage.py load_findings: stores readings that `python -m corpus` made elsewhere."""

import hashlib
import shutil
import sys
import tempfile
from typing import Any, BinaryIO

from django.core.management.base import CommandError, CommandParser

from claims.ingest import STANDARD_INPUT
from claims.management.resumable import ResumableCommand, plural, told
from claims.runs import Counts, load


class Command(ResumableCommand):
    """Loads files of readings line by line; a bad line is named and the others are stored."""

    help = (
        "Store readings made elsewhere (JSON Lines, as `python -m corpus` writes them). Their "
        "articles are found by the digest of the text and must be imported before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="files of readings, or - for standard input"
        )

        parser.add_argument(
            "--stage",
            action="store_true",
            help="apply nothing: the readings wait for apply_run or drop_run",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        left_out = 0
        for name in options["files"]:
            try:
                stream = sys.stdin.buffer if name == STANDARD_INPUT else open(name, "rb")  # noqa: SIM115
            except OSError as error:
                self.problem(f"{name}: {error.strerror}; skipped")
                left_out += 1
                continue
            with stream:
                left_out += self._load(name, stream, staging=options["stage"])
        if left_out:
            raise CommandError(f"Left out: {plural(left_out, 'line')}. All others are stored.")

    def _load(self, name: str, stream: BinaryIO, *, staging: bool) -> int:
        """Load one file and say what it changed; return how many lines were left out."""
        read, left_out, counts = 0, 0, Counts()
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(stream, copy)
            copy.seek(0)
            digest = hashlib.file_digest(copy, "sha256").hexdigest()
            copy.seek(0)
            for line in self.bar(load(copy, digest, staging=staging), total=None, unit="line"):
                counts += line.counts
                read += not line.error
                if line.error:
                    left_out += 1
                    self.problem(f"{name}, line {line.number}: {line.error}")
        self.stdout.write(f"{name}: {plural(read, 'reading')}. {told(counts)}")
        return left_out
