"""What every removal does: texts stored anew, words of claims cut anew, a tombstone set."""

from collections import Counter
from typing import Any

from django.contrib.auth.models import User
from django.db import models

from claims import gate, search
from claims.history import Batch, record
from claims.models import Article, ArticleText, Tombstone
from claims.redaction.black import digest_of
from corpus.findings import text_digest


def stated_reason(reason: str) -> str:
    if kept := gate.line("reason", reason):
        return kept
    raise gate.Refused("reason: say on what ground; it is kept")


def store_text(article: Article, body: ArticleText, text: str) -> None:
    body.text = text
    body.save(update_fields=["text"])
    article.redacted_sha256 = text_digest(text)
    article.save()


def cut_again(claims: Any) -> None:
    """Cut the words of claims out of their texts anew, in the columns and in the findings."""
    for claim in claims.select_related("article__body"):
        text = claim.article.body.text
        claim.surface = text[claim.start : claim.end]
        claim.passage = text[claim.sentence_start : claim.sentence_end]
        for finding in (claim.machine, (claim.newer or {}).get("finding")):
            if finding:
                finding["surface"] = text[finding["start"] : finding["end"]]
        claim.save(update_fields=["surface", "passage", "machine", "newer"])


def bury(
    what: str, subject: str, words: str, reason: str, counts: Counter[str], actor: User
) -> Tombstone:
    search.rebuild()
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
    return model._meta.model_name or ""
