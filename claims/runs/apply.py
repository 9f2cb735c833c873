"""Applying a reading: one transaction that no ruling of a person is overwritten by."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from claims import columns, gate
from claims.history import Batch, record
from claims.models import Article, ArticleText, Claim, Reading, Run, Speaker
from claims.runs.anchors import Places
from claims.runs.attributions import store_attributions
from claims.runs.proposals import Counts, Stored, keyed, store_claims
from corpus import extract
from corpus.findings import from_json, text_digest
from corpus.sentences import sentences
from corpus.spans import Span
from corpus.split import Part

_FIRM: Final = {"none": 0, "inferred": 0, "url": 1, "dateline": 1, "metadata": 1}
"""How firm a machine's publication date is: a reading's replaces no firmer one."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What applying a reading would do; `speakers` names the voices it speaks of, by id."""

    stored: Stored
    speakers: dict[int, str]


@transaction.atomic
def apply(reading: Reading) -> Counts:
    """Turn a staged reading into claims, all of it or nothing; an applied one changes nothing.

    The run's row is locked first: the articles of one run are written one after another, so that
    no speaker is made twice.
    """
    return _apply(reading).counts


def outlook(reading: Reading) -> Outlook:
    """Return what `apply` would do with a reading now: it is done, looked at and rolled back.

    The claims returned are as they would be; those that are new have no row.
    """
    with transaction.atomic():
        stored = _apply(reading)
        sides = [side for row in stored.changed for side in (row.before, row.after)]
        voices = {pk for side in sides for pk in side.get("chain", [])}
        speakers = dict(Speaker.objects.filter(pk__in=voices).values_list("pk", "name"))
        transaction.set_rollback(True)
    return Outlook(stored, speakers)


def take(reading: Reading) -> Counts:
    """Apply a reading; if its run stages, only note what applying it would do."""
    if not reading.run.staging:
        return apply(reading)
    counts = outlook(reading).stored.counts
    Reading.objects.filter(pk=reading.pk).update(counts=asdict(counts))
    return counts


def _apply(reading: Reading) -> Stored:
    run = Run.objects.select_for_update(no_key=True).get(pk=reading.run_id)
    article = Article.objects.select_for_update().get(pk=reading.article_id)
    reading = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if reading.applied:
        return Stored(Counts(), [], [])
    text = ArticleText.objects.get(pk=article.pk).text
    check_text(article, text, reading.text_sha256)
    before, after = _date(article, reading.data["published"])
    found = redated(reading.data, article, text)
    stored = _store(run, article, text, found)
    article.unread = found["unread"] or ""
    article.claim_count = Claim.objects.filter(article=article).current().count()
    article.version += 1 if after else 0
    article.save()
    before["claims"] = {str(row.claim.pk): row.before for row in stored.changed}
    after["claims"] = {str(row.claim.pk): row.after for row in stored.changed}
    after |= {"run": run.pk, "made": [claim.pk for claim in stored.new], **asdict(stored.counts)}
    record([Batch.begin("read", None).entry(article, before, after)])
    reading.applied, reading.counts = timezone.now(), asdict(stored.counts)
    reading.save(update_fields=["applied", "counts"])
    _count(run, stored.counts, reading.fallbacks)
    return stored


def check_text(article: Article, text: str, digest: str) -> None:
    """Make sure that a reading of the text with this digest still speaks of a locked article.

    Raises:
        gate.Refused: if the article was superseded, or words were removed since it was read.
    """
    if article.superseded:
        raise gate.Refused("article: it was superseded since it was read")
    if article.unread == Article.REDACTED or text_digest(text) != digest:
        raise gate.Refused("text: words were removed from it since it was read")


def part_spans(article: Article) -> list[Part]:
    """Return the stored parts of an article as the engine takes them."""
    return [Part(one["role"], Span(one["start"], one["end"])) for one in article.parts]


def _store(run: Run, article: Article, text: str, found: Mapping[str, Any]) -> Stored:
    rows = Claim.objects.filter(article=article).order_by("pk")
    claims = list(rows.select_for_update(of=("self",)))
    for claim in claims:
        claim.article = article
    ruled = columns.standing_rulings(claims)
    lines = sentences(text, part_spans(article))
    attributions = store_attributions(
        run,
        article,
        text,
        lines,
        found["attributions"],
        ruled_on={pk for claim in claims if claim.pk in ruled for pk in claim.machine_chain},
    )
    findings = keyed(Places(text, lines), found["claims"], attributions)
    return store_claims(run, article, text, claims, findings, ruled=ruled)


def _date(article: Article, published: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Set the publication date if the reading's is as firm; return what changed, for the log.

    A date that was given with the import or ruled by an editor always stays.
    """
    stored = _FIRM.get(article.published_basis)
    offered = _FIRM.get(published["basis"], 2)
    if stored is None or stored > offered:
        return {}, {}
    wanted = {
        "published": published["edtf"] or "",
        "published_earliest": published["earliest"],
        "published_latest": published["latest"],
        "published_basis": published["basis"],
        "published_evidence": published["evidence"],
        "published_confidence": published["confidence"],
    }
    before = {name: getattr(article, name) for name in wanted}
    if before == wanted:
        return {}, {}
    for name, value in wanted.items():
        setattr(article, name, value)
    return before, wanted


def redated(data: dict[str, Any], article: Article, text: str) -> dict[str, Any]:
    """Return the reading with relative dates resolved against the article's own date."""
    if (data["published"]["edtf"] or "") == article.published:
        return data
    again: dict[str, Any] = extract.redate(
        from_json(data, text), article.published or None
    ).to_json()
    return again


def _count(run: Run, counts: Counts, fallbacks: int) -> None:
    """Add an article's counts to its run's."""
    total = {"articles": 1, **asdict(counts), "fallbacks": fallbacks}
    run.counts = {name: run.counts.get(name, 0) + value for name, value in total.items()}
    run.save(update_fields=["counts"])
