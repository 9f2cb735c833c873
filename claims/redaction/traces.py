"""What every removal does: texts stored anew, words cut out of them anew, a tombstone set."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q

from claims import gate, identity, search
from claims.history import Batch, record
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Candidate,
    Claim,
    Evidence,
    Reading,
    Ruling,
    Speaker,
    Tombstone,
)
from claims.redaction.black import digest_of
from corpus.findings import text_digest
from corpus.speakers.compare import full_name, stated_name


def stated_reason(reason: str) -> str:
    """Return the ground of a removal as it is kept.

    Raises:
        Refused: if there is none.
    """
    if kept := gate.line("reason", reason):
        return kept
    raise gate.Refused("reason: say on what ground; it is kept")


def store_text(article: Article, body: ArticleText, text: str) -> None:
    """Store the text that is left of a locked article, and its digest; save the article."""
    body.text = text
    body.save(update_fields=["text"])
    article.redacted_sha256 = text_digest(text)
    article.version += 1
    article.save()


def cut_again(articles: Collection[int]) -> None:
    """Cut the words of claims, rulings and evidence out of their articles' texts anew."""
    texts = dict(ArticleText.objects.filter(pk__in=articles).values_list("pk", "text"))
    for claim in Claim.objects.filter(article__in=articles).iterator():
        _cut_claim(claim, texts[claim.article_id])
    moved = Ruling.objects.filter(field="span", claim__article__in=articles)
    for ruling in moved.select_related("claim"):
        if ruling.claim and ruling.value:
            _cut(ruling.value, texts[ruling.claim.article_id])
            ruling.save(update_fields=["value"])
    for row in Evidence.objects.filter(article__in=articles):
        row.quotation = texts[row.article_id or 0][row.start : row.end]
        row.save(update_fields=["quotation"])


def read_anew(articles: Collection[int]) -> None:
    """Let readings that wait to be applied speak of the text that is left."""
    texts = dict(ArticleText.objects.filter(pk__in=articles).values_list("pk", "text"))
    for reading in Reading.objects.staged().filter(article__in=articles).select_for_update():
        text = texts[reading.article_id]
        for finding in reading.data["claims"]:
            _cut(finding, text)
        reading.text_sha256 = text_digest(text)
        reading.save(update_fields=["data", "text_sha256"])


def _cut_claim(claim: Claim, text: str) -> None:
    before = claim.surface, claim.passage
    claim.surface = text[claim.start : claim.end]
    claim.passage = text[claim.sentence_start : claim.sentence_end]
    for finding in (claim.machine, (claim.newer or {}).get("finding")):
        if finding:
            _cut(finding, text)
    claim.version += before != (claim.surface, claim.passage)
    claim.save(update_fields=["surface", "passage", "machine", "newer", "version"])


def _cut(place: dict[str, Any], text: str) -> None:
    place["surface"] = text[place["start"] : place["end"]]


def forget_names(speakers: Collection[Speaker]) -> None:
    """Bring what is computed from names into line; nobody is found under a name that is gone.

    Call it after `identity.lock`.
    """
    for speaker in speakers:
        speaker.name_key = full_name(speaker.name, speaker.kind)[:400]
        speaker.save(update_fields=["name_key"])
    for alias in Alias.objects.filter(speaker__in=speakers).select_related("speaker"):
        alias.name_key = stated_name(alias.form, alias.speaker.kind)[:400]
        alias.save(update_fields=["name_key"])
    pks = [speaker.pk for speaker in speakers]
    identity.index_names(list(speakers))
    Candidate.objects.filter(Q(one__in=pks) | Q(other__in=pks)).delete()


def bury(
    what: str, subject: str, words: str, reason: str, counts: Counter[str], actor: User
) -> Tombstone:
    """Set and log the tombstone of a removal; after the commit the index loses its traces."""
    transaction.on_commit(search.forget)
    stone = Tombstone.objects.create(
        what=what,
        subject=subject,
        digest=digest_of(words),
        reason=reason,
        counts={name: number for name, number in sorted(counts.items()) if number},
        actor=actor,
    )
    record([Batch.begin("redact", actor).entry(stone, {}, {"what": what, "subject": subject})])
    return stone


def table(model: type[models.Model]) -> str:
    """Return the name under which a table is counted."""
    return model._meta.model_name or ""
