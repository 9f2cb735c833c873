"""From files to articles: bytes kept, articles found, each one stored whole or not at all.

The bytes reach the disk first, then the row of the file, then one transaction for each article. A
kill at any moment leaves whole articles only, and importing the file again finishes the work:
what is known already is recognised by its digest, never stored twice.
"""

import os
import sys
import unicodedata
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims import gate
from claims.history import Batch, record
from claims.models import Article, ArticleText, Outlet, Placement, SourceFile
from claims.redaction.files import bytes_left
from corpus.edtf import bounds
from corpus.findings import text_digest
from corpus.readers import MAX_BYTES, PLAIN, SourceText, UnreadableError, read
from corpus.split import FoundArticle, as_article, split

STANDARD_INPUT: Final = "-"
LONGEST_ARTICLE: Final = 1_000_000
"""In code points. Nothing that long is one article; the engine would read it for a minute."""


@dataclass(frozen=True, slots=True)
class Options:
    """What an import says of all its articles; what a JSON line says of itself comes first.

    `url` is for files of one article. `actor` is the person who uploads, None for a command;
    `batch` is what its log entries share, if the caller wants to find them again.

    Raises:
        gate.Refused: naming the option that is no outlet name, EDTF date, address or visibility.
    """

    outlet: str = ""
    visibility: str = Article.Visibility.DRAFT
    published: str = ""
    url: str = ""
    language: str = ""
    actor: User | None = None
    batch: UUID | None = None

    def __post_init__(self) -> None:
        given = {"outlet": self.outlet, "published": self.published, "url": self.url}
        _stated(given | {"language": self.language})
        if self.visibility not in Article.Visibility.values:
            known = ", ".join(Article.Visibility.values)
            raise gate.Refused(f"visibility: {self.visibility!r} is none of {known}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one text: `new`, `known` or `refused`; `line` is 0 in a plain file."""

    line: int
    outcome: str
    headline: str = ""
    message: str = ""
    article: int | None = None


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `skipped` is the reason why nothing of it was stored.

    `known` tells that the same bytes were there before, under whatever name.
    """

    name: str
    skipped: str = ""
    known: bool = False
    outcomes: tuple[Outcome, ...] = ()

    def count(self, outcome: str) -> int:
        """Return how many texts of the file are `new`, `known` or `refused`."""
        return sum(one.outcome == outcome for one in self.outcomes)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One article as found in a file, and what its line says of it."""

    line: int
    found: FoundArticle
    meta: Mapping[str, Any]


def find(paths: Iterable[str]) -> Iterator[str]:
    """Yield the files of `paths`, folders walked in sorted order; hidden files are left out.

    A path that does not exist is yielded too: `import_path` says so in its report.
    """
    for path in paths:
        if path == STANDARD_INPUT or not os.path.isdir(path):
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (os.path.join(folder, n) for n in sorted(names) if not n.startswith("."))


def import_path(path: str, options: Options) -> FileReport:
    """Import one file, or standard input for "-"; never raises for what is in the file."""
    name = "standard input" if path == STANDARD_INPUT else os.path.basename(path)
    try:
        if path == STANDARD_INPUT:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return FileReport(_shown(path), error.strerror or str(error))
    return import_bytes(data, name, options)


def import_bytes(data: bytes, name: str, options: Options) -> FileReport:
    """Import the bytes of a file called `name`, one transaction for each article.

    Raises:
        OSError: if the bytes cannot be kept; nothing of the file was stored then.
    """
    steps = importing(data, name, options)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return cast(FileReport, end.value)


def importing(
    data: bytes, name: str, options: Options, digest: str = ""
) -> Generator[tuple[Outcome, int], None, FileReport]:
    """Import as `import_bytes` does; yield each text after its commit, with how many there are.

    Stopped anywhere and begun again it ends as if nobody had stopped it. `digest` is that of the
    bytes as they came in, if words may have been removed from them since; what was removed from
    bytes that are kept here does not come back with them.
    """
    name = _shown(os.fsencode(name).decode("utf-8", "replace"))[-300:]
    digest = digest or sha256(data).hexdigest()
    data = _left(data, digest)
    if stored := SourceFile.objects.filter(sha256=digest, complete=True).exclude(
        redacted_sha256=""
    ):
        known = _known_texts(stored[0])
        yield from ((one, len(known)) for one in known)
        return FileReport(name, known=True, outcomes=known)
    try:
        source = read(data, name)
        entries, layout = _entries(source)
        if options.url and len(entries) > 1:
            raise gate.Refused(f"url: the file holds {len(entries)} articles, not one")
    except (UnreadableError, gate.Refused) as error:
        return FileReport(name, str(error).removeprefix(f"{name}: "))
    outcomes = [Outcome(error.line, "refused", message=error.message) for error in source.errors]
    if not entries:
        return FileReport(name, "no article in it", outcomes=tuple(outcomes))
    row, created = _row(source, digest, name, keep(data, digest), layout)
    batch = Batch("import", options.actor, options.batch or uuid4())
    for entry in entries:
        outcomes.append(_import(row, entry, options, batch))
        yield outcomes[-1], len(entries)
    outcomes.sort(key=lambda one: one.line)
    refused = [one for one in outcomes if one.outcome == "refused"]
    row.errors = [{"line": one.line, "message": one.message} for one in refused]
    row.complete = True
    row.save(update_fields=["errors", "complete"])
    return FileReport(name, known=not created, outcomes=tuple(outcomes))


def _row(
    source: SourceText, digest: str, name: str, place: str, layout: list[dict[str, Any]]
) -> tuple[SourceFile, bool]:
    """Find or make the row of a file; tell whether it is new."""
    return SourceFile.objects.get_or_create(
        sha256=digest,
        defaults={
            "redacted_sha256": "" if source.sha256 == digest else source.sha256,
            "name": name,
            "media_type": source.media_type,
            "encoding": source.encoding,
            "size": source.size,
            "layout": layout,
            "file": place,
        },
    )


def _entries(source: SourceText) -> tuple[list[_Entry], list[dict[str, Any]]]:
    """Return the articles of a file and its layout ranges, ready for JSON."""
    if source.media_type == PLAIN:
        layout = split(source.text)
        ranges = [(0, one) for one in (*layout.ranges, *source.notes)]
        entries = [_Entry(0, found, {}) for found in layout.articles]
    else:
        lines = [(record.line or 0, record) for record in source.records]
        ranges = [(line, note) for line, record in lines for note in record.notes]
        entries = [_Entry(line, as_article(record), record.meta) for line, record in lines]
    return entries, [
        {"line": line, "start": one.span.start, "end": one.span.end, "reason": one.reason}
        for line, one in ranges
    ]


def keep(data: bytes, digest: str) -> str:
    """Write the bytes under their digest, whole or not at all; return the name in storage.

    What is there already stays: words may have been removed from it.
    """
    name = _place(digest)
    path = Path(settings.MEDIA_ROOT) / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{digest}.{os.getpid()}")
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    return name


def _place(digest: str) -> str:
    return f"sources/{digest[:2]}/{digest}"


def _left(data: bytes, digest: str) -> bytes:
    """Return what is kept of bytes if words were removed from them, else the bytes."""
    if row := SourceFile.objects.filter(sha256=digest).first():
        return bytes_left(_place(digest), row.redacted_sha256) if row.redacted_sha256 else data
    path = Path(settings.MEDIA_ROOT) / _place(digest)
    return path.read_bytes() if path.exists() and sha256(data).hexdigest() == digest else data


def _known_texts(file: SourceFile) -> tuple[Outcome, ...]:
    """Return what is stored of a file, each text as known."""
    places = file.placements.filter(article__superseded=False).select_related("article")
    return tuple(
        Outcome(place.line, "known", place.article.headline, article=place.article_id)
        for place in places.order_by("line", "start")
    )


def _import(row: SourceFile, entry: _Entry, options: Options, batch: Batch) -> Outcome:
    """Store one article, or say why not."""
    headline = _shown(entry.found.headline or entry.found.text[:80])
    try:
        fields = _fields(entry, options)
    except gate.Refused as error:
        return Outcome(entry.line, "refused", headline, str(error))
    outlet = fields.pop("outlet")
    try:
        try:
            article, created = _store(row, entry, outlet, fields, batch)
        except IntegrityError:  # another process stored the same text at this moment
            article, created = _store(row, entry, outlet, fields, batch)
    except gate.Refused as error:
        return Outcome(entry.line, "refused", headline, str(error))
    return Outcome(entry.line, "new" if created else "known", headline, article=article.pk)


@transaction.atomic
def _store(
    row: SourceFile, entry: _Entry, outlet: str, fields: Mapping[str, Any], batch: Batch
) -> tuple[Article, bool]:
    """Find or make the article and note its place in the file; tell whether it is new."""
    now = SourceFile.objects.select_for_update(no_key=True).get(pk=row.pk)
    if now.redacted_sha256 != row.redacted_sha256:
        raise gate.Refused("file: words were removed from it at this moment; import it again")
    publisher = Outlet.objects.get_or_create(name=outlet)[0] if outlet else None
    digest = fields["text_sha256"]
    blacked = Article.objects.filter(placements__source_file=row, redacted_sha256=digest)
    article = _known(digest, publisher) or blacked.first()
    created = article is None
    if article is None:
        basis = Article.Basis.GIVEN if publisher else Article.Basis.NONE
        article = Article.objects.create(outlet=publisher, outlet_basis=basis, **fields)
        ArticleText.objects.create(article=article, text=entry.found.text)
        record([batch.entry(article, {}, {"source_file": row.pk, "outlet": outlet})])
    slices = [[span.start, span.end] for span in entry.found.slices]
    Placement.objects.get_or_create(
        source_file=row,
        line=entry.line,
        start=slices[0][0],
        article=article,
        defaults={"slices": slices},
    )
    return article, created


def _known(digest: str, outlet: Outlet | None) -> Article | None:
    """Return the article with this text: of the same outlet, else of an unknown one.

    Without an outlet the article of any outlet is the same.
    """
    same = Article.objects.filter(text_sha256=digest).order_by("id")
    if outlet is None:
        return same.first()
    return same.filter(outlet=outlet).first() or same.filter(outlet__isnull=True).first()


def _fields(entry: _Entry, options: Options) -> dict[str, Any]:
    """Return the columns of a new article, with the outlet's name as `outlet`.

    Raises:
        gate.Refused: naming what cannot be stored.
    """
    text, found = gate.text("text", entry.found.text), entry.found
    if not text.strip():
        raise gate.Refused("text: nothing in it")
    if len(text) > LONGEST_ARTICLE:
        raise gate.Refused(
            f"text: {len(text):,} characters; at most {LONGEST_ARTICLE:,} make an article"
        )
    given = {
        "outlet": options.outlet,
        "published": options.published,
        "url": options.url,
        "language": options.language,
    } | {name: value for name, value in entry.meta.items() if value and name not in _APART}
    printed = {part.role: part.span.cut(text) for part in reversed(found.parts)}
    fields = {
        "headline": _shown(found.headline)[:500],
        "byline": _shown(printed.get("byline", ""))[:300],
        "section": _shown(printed.get("section", ""))[:100],
    } | _stated(given)
    named = {"id": entry.meta["id"]} if "id" in entry.meta else {}
    return fields | {
        "text_sha256": text_digest(text),
        "parts": [
            {"role": part.role, "start": part.span.start, "end": part.span.end}
            for part in found.parts
        ],
        "visibility": options.visibility,
        "extra": gate.data("extra", named | entry.meta.get("extra", {})),
    }


_APART = ("id", "extra")
_LONGEST = {"outlet": 200, "headline": 500, "byline": 300, "section": 100, "language": 10}


def _stated(given: Mapping[str, str]) -> dict[str, Any]:
    """Return stated metadata as columns; an empty text says nothing.

    Raises:
        gate.Refused: naming the first that cannot be stored.
    """
    columns: dict[str, Any] = {
        name: gate.line(name, value, longest=_LONGEST.get(name, 1000))
        for name, value in given.items()
    }
    if columns["url"]:
        columns["url"] = gate.address("url", columns["url"])
    published = columns.pop("published")
    if published:
        columns |= _published(published)
    return columns


def _published(given: str) -> dict[str, Any]:
    """Return the columns of a stated date: EDTF, or a date with a clock time, whose day is kept."""
    try:
        edtf = datetime.fromisoformat(given).date().isoformat() if "T" in given else given
        earliest, latest = bounds(edtf)
    except ValueError as error:
        raise gate.Refused(f"published: {error}") from error
    return {
        "published": edtf,
        "published_earliest": earliest,
        "published_latest": latest,
        "published_basis": Article.Basis.GIVEN,
        "published_confidence": 1.0,
    }


def _shown(words: str) -> str:
    """Return words as one line that is safe to print: control characters become U+FFFD."""
    return "".join(
        "\ufffd" if unicodedata.category(letter) in {"Cc", "Cs"} else letter
        for letter in " ".join(words.split())
    )
