"""manage.py export_gold: writes editors' rulings on voices as training data."""

import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims import gold
from claims.management.resumable import ResumableCommand, plural, write_whole


class Command(ResumableCommand):
    """Writes passages in which every voice was ruled on, as the training scripts read them."""

    help = (
        "Write training data for the reader of voices, JSON Lines with id, text and attributions: "
        "the passages in which editors confirmed or set every voice. Where nobody ruled on a "
        "voice, or it was given to somebody else, the paragraph is left out. Texts are written as "
        "stored, drafts too: the file is for those who may see them all."
    )
    resume = "No file was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "output", metavar="FILE", help="ends in .jsonl.gz; appears complete or not at all"
        )
        parser.add_argument(
            "--whole",
            action="store_true",
            help="only whole articles; where nothing was found in them, nothing is to be found",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["output"])
        if target.suffix != ".gz":
            raise CommandError(f"{target}: name a file that ends in .gz. Nothing was written.")
        self.articles = self.passages = self.attributions = self.left_out = 0
        lines = (f"{json.dumps(one, ensure_ascii=False)}\n" for one in self._documents(**options))
        write_whole(_zipped(lines), target)
        self.stdout.write(
            f"{target}: {plural(self.passages, 'passage')} of {plural(self.articles, 'article')}, "
            f"{plural(self.attributions, 'attribution')}."
        )
        if self.left_out:
            self.stdout.write(
                f"Without a passage in which everything was ruled on: "
                f"{plural(self.left_out, 'article')}."
            )

    def _documents(self, *, whole: bool, **options: Any) -> Iterator[gold.Document]:
        articles = gold.articles_ruled_on().only("uid")
        for article in self.bar(articles.iterator(), total=articles.count(), unit="article"):
            found = gold.documents(article, whole=whole)
            self.articles += bool(found)
            self.left_out += not found
            self.passages += len(found)
            self.attributions += sum(len(one["attributions"]) for one in found)
            yield from found


def _zipped(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield lines as gzip bytes, the same for the same lines."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for line in lines:
        yield packer.compress(line.encode())
    yield packer.flush()
