"""manage.py export_claims: writes claims, or a data package, of all that stand or that fits."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.http import QueryDict
from tqdm import tqdm

from claims.datapackage import write
from claims.datapackage.scope import Scope, scope_of
from claims.files import forms, parquet
from claims.files.reading import Rows, snapshot
from claims.filters.base import Answer, BadQuestion
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader, claims_for
from claims.management.resumable import ResumableCommand, write_folder, write_whole
from claims.models.claim import ClaimQuerySet


class _Tally:
    """Counts rows as they go by."""

    def __init__(self, bar: Any) -> None:
        self.bar = bar
        self.number = 0

    def __call__(self, found: Iterable[Rows]) -> Iterator[Rows]:
        for rows in found:
            self.number += len(rows)
            self.bar.update(len(rows))
            yield rows


class Command(ResumableCommand):
    help = (
        "Write claims as CSV, JSON Lines or Parquet, oldest first, or a data package of all "
        "tables: all that stand, or those that fit."
    )
    resume = "No file was written, and what went to standard output is not whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["csv", "jsonl", "parquet"], default="jsonl")
        parser.add_argument(
            "--output",
            metavar="FILE",
            help="appears complete or not at all; without it, standard output",
        )
        parser.add_argument(
            "--package",
            metavar="FOLDER|FILE.zip",
            help="write a data package of all tables instead",
        )
        parser.add_argument(
            "--public",
            action="store_true",
            help="only what everybody may see; without it, every status, visibility and word",
        )
        parser.add_argument(
            "--filter",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="a filter of the API, such as kind=money; may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        reader = Reader.EVERYBODY if options["public"] else Reader.EDITOR
        params = _params(options["filter"])
        if options["package"]:
            self._package(Path(options["package"]), params, reader)
            return
        if options["format"] == "parquet" and not parquet.installed():
            raise CommandError(f"{parquet.NEEDED}. Nothing was written.")
        answer = _ask(params, reader)
        left_out = answer.left_out()
        with snapshot():
            self._export(answer.rows, reader, left_out, options)
        for name, number in left_out.items():
            self.stderr.write(f"{number} more have no known {name} date and were left out.")

    def _export(
        self,
        claims: ClaimQuerySet,
        reader: Reader,
        left_out: Mapping[str, int],
        options: Mapping[str, Any],
    ) -> None:
        quiet = options["verbosity"] == 0 or not sys.stderr.isatty()
        tally = _Tally(tqdm(unit=" claims", disable=quiet))
        lines = forms.of_claims(options["format"], claims, reader, left_out, tally)
        with closing(lines), tally.bar:
            target = options["output"]
            if not target:
                self._print(lines)
                return
            digest = write_whole(lines, Path(target))
        self.stdout.write(f"{tally.number} claims written to {target}, sha256 {digest}")

    def _package(self, target: Path, params: QueryDict, reader: Reader) -> None:
        def scope() -> Scope:
            return scope_of(params, reader, everything=True)

        _ask(params, reader)  # a question that cannot be answered is refused before anything else
        if target.suffix == ".zip":
            digest = write_whole(write.zipped(write.files(scope)), target)
            self.stdout.write(f"Data package written to {target}, sha256 {digest}")
            return
        write_folder(write.files(scope), target)
        self.stdout.write(f"Data package written to {target}")

    def _print(self, lines: Iterable[bytes]) -> None:
        out = getattr(self.stdout._out, "buffer", None)
        try:
            for piece in lines:
                if out is None:
                    self.stdout.write(piece.decode(), ending="")
                else:
                    out.write(piece)
            self.stdout.flush()
        except BrokenPipeError as error:  # whoever reads, such as head, has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())
            raise CommandError("Standard output was closed before the end.") from error


def _params(pairs: list[str]) -> QueryDict:
    params = QueryDict(mutable=True)
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise CommandError(f"--filter {pair}: write NAME=VALUE. Nothing was written.")
        params.appendlist(name, value)
    return params


def _ask(params: QueryDict, reader: Reader) -> Answer:
    try:
        return ClaimFilter(params, claims_for(reader), reader, everything=True).ask()
    except BadQuestion as error:
        raise CommandError(f"{error}. Nothing was written.") from error
