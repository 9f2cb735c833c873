"""The text of an article removed, with everything that was read, ruled or logged in its words."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from claims import gate
from claims.columns import refresh
from claims.curation.rulings import locked, locked_articles
from claims.models import (
    Article,
    ArticleText,
    Change,
    Claim,
    Evidence,
    Reading,
    Role,
    Ruling,
    SampleItem,
    SourceFile,
    Tombstone,
)
from claims.redaction.black import all_black, digest_of
from claims.redaction.files import rewrite_slices
from claims.redaction.traces import bury, cut_again, stated_reason, store_text

_WORDS: Final = frozenset(
    {"surface", "concept", "concept_head", "speaker", "place", "unresolved", "reason"}
)
_LISTS: Final = frozenset({"chain", "candidates"})


@transaction.atomic
def redact_text(article: Article, *, reason: str, actor: User, version: int) -> Tombstone:
    """Black out the whole text of an article, and withdraw it; its claims keep their figures.

    Raises:
        Refused: without a reason, or if the article changed since it was looked at.
    """
    reason = stated_reason(reason)
    row = locked_articles(Article.objects.filter(pk=article.pk))[article.pk]
    if row.version != version:
        raise gate.Refused("article: it changed since you looked at it")
    body = ArticleText.objects.get(pk=row.pk)
    digest, words = row.text_sha256, body.text
    for file in SourceFile.objects.filter(placements__article=row).distinct():
        rewrite_slices(file, row)
    for name in ("headline", "byline", "section"):
        setattr(row, name, all_black(getattr(row, name)))
    row.extra, row.url, row.visibility = {}, "", Article.Visibility.WITHDRAWN
    row.unread = Article.REDACTED
    row.version += 1
    store_text(row, body, all_black(words))
    counts = Counter({"articletext": 1}) + _forget(row)
    return bury("text", row.uid, f"{digest}\n{words}", reason, counts, actor)


def _forget(article: Article) -> Counter[str]:
    """Take the words of an article out of everything that was read, ruled or logged of it."""
    counts: Counter[str] = Counter()
    claims = locked(Claim.objects.filter(article=article))
    for claim in claims:
        claim.machine = _wordless(claim.machine)
        claim.newer = _wordless(claim.newer)
        claim.save(update_fields=["machine", "newer"])
    for reading in Reading.objects.filter(article=article):
        reading.data = _wordless(reading.data)
        reading.save(update_fields=["data"])
        counts["reading"] += 1
    for item in SampleItem.objects.filter(claim__in=claims):
        item.machine = _wordless(item.machine)
        item.save(update_fields=["machine"])
    for evidence in Evidence.objects.filter(article=article):
        evidence.quotation = all_black(evidence.quotation)
        evidence.save(update_fields=["quotation"])
    for role in Role.objects.filter(article=article):
        role.title, role.organisation = all_black(role.title), all_black(role.organisation)
        role.save(update_fields=["title", "organisation"])
    for row in article.attributions.all():
        row.machine, row.candidates = _wordless(row.machine), []
        row.save(update_fields=["machine", "candidates"])
    ids = [claim.pk for claim in claims]
    voices = list(article.attributions.values_list("pk", flat=True))
    of = Q(claim__in=ids) | Q(attribution__in=voices) | Q(article=article)
    rulings = Ruling.objects.filter(of)
    words = rulings.filter(field__in=["concept", "scope_place", "headline", "byline", "section"])
    for ruling in words:
        ruling.value = all_black(ruling.value or "")
        ruling.save(update_fields=["value"])
    rulings.exclude(reason="").update(reason="")
    rulings.filter(field__in=["url", "visibility"]).update(standing=False)
    counts["ruling"] += rulings.count()
    counts["change"] += _seal(("claim", ids), ("attribution", voices), ("article", [article.pk]))
    refresh(claims)
    cut_again(Claim.objects.filter(article=article))
    counts["claim"] += len(claims)
    return counts


def _wordless(value: Any) -> Any:
    """Return JSON of the engine without the article's words: figures, codes and spans stay."""
    if isinstance(value, list):
        return [_wordless(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _wordless(one) for name, one in value.items()}
    for name in kept.keys() & (_WORDS | _LISTS):
        if isinstance(kept[name], str):
            kept[name] = all_black(kept[name])
        elif isinstance(kept[name], list):
            kept[name] = [all_black(one) if isinstance(one, str) else one for one in kept[name]]
    return kept


def _seal(*objects: tuple[str, Sequence[int]]) -> int:
    """Put digests in the place of what log entries say; who did what and when stays."""
    of = Q()
    for kind, ids in objects:
        of |= Q(object_type=kind, object_id__in=ids)
    entries = list(Change.objects.filter(of))
    for entry in entries:
        said = repr((sorted(entry.before.items()), sorted(entry.after.items())))
        entry.before, entry.after = {}, {"redacted": digest_of(said)}
        entry.object_name = all_black(entry.object_name)
    Change.objects.bulk_update(entries, ["before", "after", "object_name"], batch_size=500)
    return len(entries)
