"""Write claims to a file or to standard output, all of them or those that fit."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.http import QueryDict
from tqdm import tqdm

from claims import export
from claims.filters.base import Answer, BadQuestion
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader, claims_for
from claims.management.resumable import ResumableCommand, write_whole


class _Tally:
    """Rows that are counted as they go by."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.rows = rows
        self.number = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            self.number += 1
            yield row


class Command(ResumableCommand):
    help = "Write claims as CSV or JSON Lines, oldest first: all that stand, or those that fit."
    resume = "No file was written, and what went to standard output is not whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["csv", "jsonl"], default="jsonl")
        parser.add_argument(
            "--output",
            metavar="FILE",
            help="appears complete or not at all; without it, standard output",
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
        answer = _ask(options["filter"], reader)
        left_out = answer.left_out()
        with closing(export.rows(answer.rows.order_by("id"), reader)) as found:
            self._export(found, left_out, options)
        for name, number in left_out.items():
            self.stderr.write(f"{number} more have no known {name} date and were left out.")

    def _export(
        self,
        found: Iterable[dict[str, Any]],
        left_out: Mapping[str, int],
        options: Mapping[str, Any],
    ) -> None:
        quiet = options["verbosity"] == 0 or not sys.stderr.isatty()
        rows = _Tally(tqdm(found, unit=" claims", disable=quiet))
        lines = (
            export.csv_lines(rows)
            if options["format"] == "csv"
            else export.json_lines(rows, left_out=left_out)
        )
        target = options["output"]
        if not target:
            self._print(lines)
            return
        digest = write_whole(lines, Path(target))
        self.stdout.write(f"{rows.number} claims written to {target}, sha256 {digest}")

    def _print(self, lines: Iterable[bytes]) -> None:
        try:
            for piece in lines:
                self.stdout.write(piece.decode(), ending="")
            self.stdout.flush()
        except BrokenPipeError as error:  # whoever reads, such as head, has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stdout.fileno())
            raise CommandError("Standard output was closed before the end.") from error


def _ask(pairs: list[str], reader: Reader) -> Answer:
    params = QueryDict(mutable=True)
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise CommandError(f"--filter {pair}: write NAME=VALUE. Nothing was written.")
        params.appendlist(name, value)
    questions = ClaimFilter(params, claims_for(reader), reader, everything=True)
    try:
        return questions.ask()
    except BadQuestion as error:
        raise CommandError(f"{error}. Nothing was written.") from error
