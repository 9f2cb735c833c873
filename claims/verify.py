"""The self-check: every promise about stored rows that can be tested by reading them.

Nothing is changed. Each fault names its row, what is wrong with it and, where it helps, what to
do. A clean answer means: texts and files are as they came in, every span cuts its words out of
its text, and every computed column says what machine and rulings give.
"""

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import IntegrityError, connection, models

from claims import columns, feed, gate, identity, public, search
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Attribution,
    Claim,
    Evidence,
    IdentityJudgement,
    Job,
    Placement,
    Reading,
    Role,
    Ruling,
    Run,
    SourceFile,
    Speaker,
)
from corpus.edtf import bounds
from corpus.findings import text_digest
from corpus.readers import PLAIN, Record, UnreadableError, decode, read
from corpus.speakers.compare import full_name, stated_name

AT_A_TIME: Final = 100

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: the row it is in ("claim 12") and what it is."""

    row: str
    message: str


def faults() -> Iterator[Fault]:
    """Yield everything that is wrong in the database and its files, table by table."""
    yield from _links()
    for files in _chunks(SourceFile.objects.all()):
        for file in files:
            yield from _faults_of(file, _file(file))
    for jobs in _chunks(Job.objects.filter(kind=Job.Kind.IMPORT, source_file=None)):
        for job in jobs:
            yield from _faults_of(job, _waiting(job))
    for articles in _chunks(Article.objects.select_related("body")):
        for article in articles:
            yield from _faults_of(article, _article(article))
        yield from _overruled(Ruling.objects.filter(article__in=articles).select_related("article"))
    for attributions in _chunks(Attribution.objects.select_related("article__body", "parent")):
        for attribution in attributions:
            yield from _faults_of(attribution, _attribution(attribution))
        ruled = Ruling.objects.filter(attribution__in=attributions)
        yield from _overruled(ruled.select_related("attribution"))
    for speakers in _chunks(Speaker.objects.all()):
        yield from _voices(speakers)
    for judgements in _chunks(IdentityJudgement.objects.filter(verdict=identity.SAME)):
        yield from _apart(judgements)
    for roles in _chunks(
        Role.objects.filter(article__isnull=False).select_related("article__body")
    ):
        for role in roles:
            yield from _faults_of(role, _role(role))
    for claims in _chunks(Claim.objects.select_related("article__body", "attribution")):
        for claim in claims:
            yield from _faults_of(claim, _claim(claim))
        yield from _computed(claims)
    for found in _chunks(Evidence.objects.filter(article__isnull=False)):
        for row in found:
            yield from _faults_of(row, _evidence(row))
    for run in Run.objects.all():
        yield from _faults_of(run, _run(run))
    for place, messages in (
        ("search index", search.out_of_step()),
        ("changes feed", feed.out_of_step()),
        ("public record", public.out_of_step()),
    ):
        yield from (Fault(place, message) for message in messages)


def notes() -> Iterator[str]:
    """Yield what is no fault but waits for somebody."""
    waiting = (
        ("files stored in part; import them again", SourceFile.objects.filter(complete=False)),
        (
            "readings not applied; run extract_claims",
            Reading.objects.staged().filter(run__staging=False),
        ),
        (
            "readings staged; apply or drop their runs",
            Reading.objects.staged().filter(run__staging=True),
        ),
        ("background jobs not done; start manage.py work", Job.objects.filter(state="open")),
        ("runs not finished; start them again", Run.objects.open()),
        ("claims orphaned: ruled on, no longer found", Claim.objects.filter(orphaned=True)),
        ("speakers not matched yet; run extract_claims", Speaker.objects.filter(compared=False)),
        ("claims to confirm: a later reading differs", Claim.objects.filter(to_confirm=True)),
    )
    for what, rows in waiting:
        if number := rows.count():
            yield f"{what} ({number:,})"


def _chunks(rows: "models.QuerySet[Row]") -> Iterator[list[Row]]:
    """Yield all rows by id, `AT_A_TIME` at a time."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:AT_A_TIME]):
        yield found
        last = found[-1].pk


def _faults_of(row: models.Model, messages: Iterator[str]) -> Iterator[Fault]:
    name = f"{row._meta.verbose_name} {row.pk}"
    yield from (Fault(name, message) for message in messages)


def _links() -> Iterator[Fault]:
    """Look for foreign keys that lead nowhere; PostgreSQL never has any."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield Fault("database", str(error))


def _file(file: SourceFile) -> Iterator[str]:
    """Compare the bytes with their digest, and the articles with their places in the file."""
    try:
        with file.file.open("rb") as stored:
            data = stored.read()
    except OSError as error:
        yield f"its bytes cannot be read: {error.strerror or error}"
        return
    if hashlib.sha256(data).hexdigest() != (digest := file.redacted_sha256 or file.sha256):
        due = "; run redact --finish" if file.redacted_sha256 else ""
        yield f"its bytes do not have the digest {digest}{due}"
        return
    try:
        texts = _texts(file, data)
    except UnreadableError as error:
        yield f"its bytes are no longer read: {error}"
        return
    for place in Placement.objects.filter(source_file=file).select_related("article__body"):
        whole = texts.get(place.line, "")
        cut = "".join(whole[start:end] for start, end in place.slices)
        if cut != _text(place.article):
            yield f"its slices for article {place.article_id} do not give the article's text"
    if file.complete and not file.errors and not file.placements.exists():
        yield "no article of it is stored"


def _waiting(job: Job) -> Iterator[str]:
    """Compare bytes that wait to be imported with what words were removed from them."""
    wanted = job.options.get("redacted_sha256")
    path = Path(settings.MEDIA_ROOT) / job.options["file"]
    if wanted and path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() != wanted:
        yield f"its bytes do not have the digest {wanted}; run redact --finish"


def _texts(file: SourceFile, data: bytes) -> dict[int, str]:
    """Return the decoded texts of a file by line, 0 for plain text."""
    if file.media_type == PLAIN:
        return {0: decode(data).text}
    records: Sequence[Record] = read(data, file.name).records
    return {record.line or 0: record.text for record in records}


def _article(article: Article) -> Iterator[str]:
    text = _text(article)
    if text is None:
        yield "it has no text"
        return
    if text_digest(text) != (digest := article.redacted_sha256 or article.text_sha256):
        yield f"its text does not have the digest {digest}"
    yield from _data("extra", article.extra)
    yield from _outside("parts", [[one["start"], one["end"]] for one in article.parts], text)
    if article.published_evidence:
        yield from _outside("published_evidence", [article.published_evidence], text)
    days = article.published_earliest, article.published_latest
    try:
        if days != (bounds(article.published) if article.published else (None, None)):
            yield f"published: the days stored are not those of {article.published!r}"
    except ValueError as error:
        yield f"published: {error}"
    current = Claim.objects.filter(article=article).current().count()
    if current != article.claim_count:
        yield f"claim_count: {article.claim_count}, but it has {current} claims"


def _attribution(row: Attribution) -> Iterator[str]:
    text = _text(row.article) or ""
    for name in ("source", "cue", "content"):
        yield from _outside(name, getattr(row, name), text)
    if row.mention:
        yield from _outside("mention", [row.mention], text)
    if row.parent and row.parent.article_id != row.article_id:
        yield f"parent: attribution {row.parent_id} is in another article"
    yield from _data("machine", row.machine)
    yield from _finite("score", row.score)


def _claim(claim: Claim) -> Iterator[str]:
    text = _text(claim.article) or ""
    try:
        gate.span("span", claim.start, claim.end, claim.surface, text)
        gate.span("sentence", claim.sentence_start, claim.sentence_end, claim.passage, text)
        for name in ("value", "low", "high"):
            if value := getattr(claim, name):
                gate.exact(name, value)
    except gate.Refused as error:
        yield str(error)
    if claim.attribution and claim.attribution.article_id != claim.article_id:
        yield f"attribution: {claim.attribution_id} is in another article"
    yield from _data("machine", claim.machine)
    for name in ("number_low", "number_high", "score"):
        yield from _finite(name, getattr(claim, name))


def _voices(speakers: Sequence[Speaker]) -> Iterator[Fault]:
    """Compare canonical rows and what goes with a name with judgements and names."""
    placed = identity.stale([row.pk for row in speakers])
    for row in speakers:
        messages = []
        if row.pk in placed:
            stored, given = placed[row.pk]
            messages.append(f"{stored} is stored; the judgements give {given}")
        if row.name_key != (key := full_name(row.name, row.kind)[:400]):
            messages.append(f"name_key: {row.name_key!r} is stored; its name gives {key!r}")
        yield from _faults_of(row, iter(messages))
    for alias in Alias.objects.filter(speaker__in=speakers).select_related("speaker"):
        if alias.name_key != (key := stated_name(alias.form, alias.speaker.kind)[:400]):
            message = f"name_key: {alias.name_key!r} is stored; its form gives {key!r}"
            yield from _faults_of(alias, iter([message]))


def _apart(judgements: Sequence[IdentityJudgement]) -> Iterator[Fault]:
    """Look for clusters that hold two rows ruled not to be the same."""
    standing = [row.one_id for row in judgements if not row.revoked]
    if found := identity.contradiction(standing):
        against, path = found
        message = f"speakers {path} are one voice, though its ends were ruled not to be the same"
        yield from _faults_of(against, iter([message]))


def _role(role: Role) -> Iterator[str]:
    text = _text(role.article) if role.article else None
    yield from _outside("span", [[role.start or 0, role.end or 0]], text or "")


def _evidence(row: Evidence) -> Iterator[str]:
    text = ArticleText.objects.get(article=row.article_id).text
    try:
        gate.span("quotation", row.start or 0, row.end or 0, row.quotation, text)
    except gate.Refused as error:
        yield str(error)


def _computed(claims: Sequence[Claim]) -> Iterator[Fault]:
    """Compare columns with what machine and rulings give; a row that gives nothing is named."""
    try:
        for row in columns.stale(claims):
            yield from _faults_of(row.claim, _stale(row))
    except (ValueError, LookupError, TypeError, ArithmeticError) as error:
        if len(claims) == 1:
            message = f"machine and rulings give no columns: {type(error).__name__}: {error}"
            yield from _faults_of(claims[0], iter([message]))
            return
        for claim in claims:
            yield from _computed([claim])


def _overruled(rulings: "models.QuerySet[Ruling]") -> Iterator[Fault]:
    """Look for articles and attributions that do not hold what an editor ruled."""
    for ruling in rulings.filter(standing=True):
        row: Any = ruling.article or ruling.attribution
        name = f"{ruling.field}_id" if ruling.field in {"outlet", "speaker"} else ruling.field
        if (stored := getattr(row, name)) != ruling.value:
            message = f"{ruling.field}: {stored!r} is stored; ruled is {ruling.value!r}"
            yield from _faults_of(row, iter([message]))


def _stale(row: columns.Changed) -> Iterator[str]:
    for name, wanted in row.after.items():
        yield f"{name}: {row.before[name]!r} is stored; machine and rulings give {wanted!r}"


def _run(run: Run) -> Iterator[str]:
    applied = run.readings.filter(applied__isnull=False).count()
    if run.counts.get("articles", 0) != applied:
        yield f"counts: {run.counts.get('articles', 0)} articles, but {applied} readings applied"


def _text(article: Article) -> str | None:
    try:
        return article.body.text
    except ArticleText.DoesNotExist:
        return None


def _outside(field: str, spans: Sequence[Sequence[int]], text: str) -> Iterator[str]:
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            yield f"{field}: [{start}, {end}) is no span of its text"


def _data(field: str, value: Any) -> Iterator[str]:
    try:
        gate.data(field, value)
    except gate.Refused as error:
        yield str(error)


def _finite(field: str, value: float | None) -> Iterator[str]:
    if value is not None and not math.isfinite(value):
        yield f"{field}: {value} is no finite number"
