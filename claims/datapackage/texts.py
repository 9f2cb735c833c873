"""What needs an article's words: blank texts filled in as far as known, anchors, states."""

from typing import Any

from django.db.models import Count, Q

from claims import gate
from claims.datapackage.loading import Loading, parts
from claims.filters.reviewed import COMPLETE, PARTLY
from claims.history import record
from claims.models import Article, ArticleText, Attribution, Claim, Evidence, Ruling
from claims.redaction.black import BLANK
from claims.runs.anchors import Places, attribution_keys, claim_keys
from corpus.findings import text_digest
from corpus.sentences import sentences
from corpus.spans import Span
from corpus.split import Part


def texts(loading: Loading) -> None:
    """Fill in and check the words of every article, and anchor in them what stands there."""
    for pks in parts(pk for pk, _ in loading.articles.values()):
        rows = Article.objects.filter(pk__in=pks).select_related("body").order_by("pk")
        rows = rows.prefetch_related("claims", "attributions", "used_as_evidence")
        for article in rows:
            _words(loading, article)
            _quotations(article)


def _words(loading: Loading, article: Article) -> None:
    if article.pk not in loading.whole:
        _fill(article)
        return
    text = article.body.text
    for claim in article.claims.all():
        gate.span("sentence", claim.sentence_start, claim.sentence_end, claim.passage, text)
    if (digest := text_digest(text)) != article.text_sha256:
        _blacked(article, digest)
    _anchor(article, text)


def _fill(article: Article) -> None:
    """Write the passages that are known into a blank text."""
    text = list(article.body.text)
    known: list[tuple[int, str]] = [(c.sentence_start, c.passage) for c in article.claims.all()]
    known += [(e.start or 0, e.quotation) for e in article.used_as_evidence.all()]
    for start, words in known:
        if words and not _is_blank(words):
            text[start : start + len(words)] = words
    filled = "".join(text)
    for start, words in known:
        if words and not _is_blank(words) and filled[start : start + len(words)] != words:
            raise gate.Refused(f"passage: two passages of {article.uid} do not fit")
    ArticleText.objects.filter(pk=article.pk).update(text=filled)
    article.body.text = filled
    _blacked(article, text_digest(filled))


def _is_blank(words: str) -> bool:
    return not words.strip(BLANK)


def _blacked(article: Article, digest: str) -> None:
    """Note that an article's words are not all there: no engine reads it."""
    Article.objects.filter(pk=article.pk).update(redacted_sha256=digest, unread=Article.REDACTED)


def _anchor(article: Article, text: str) -> None:
    """Give claims and attributions the keys under which later readings know them again."""
    spans = [Part(one["role"], Span(one["start"], one["end"])) for one in article.parts]
    lines = sentences(text, spans)
    places = Places(text, lines)
    claims = sorted(article.claims.all(), key=lambda claim: claim.pk)
    found = sorted(article.attributions.all(), key=lambda one: one.pk)
    keys = claim_keys(places, [claim.machine for claim in claims])
    for claim, key in zip(claims, keys, strict=True):
        claim.anchor_key = key
    Claim.objects.bulk_update(claims, ["anchor_key"])
    machines: list[Any] = [one.machine for one in found]
    for one, key in zip(found, attribution_keys(places, lines, text, machines), strict=True):
        one.anchor_key = key
    Attribution.objects.bulk_update(found, ["anchor_key"])


def _quotations(article: Article) -> None:
    """Give evidence in the article's words those that are known."""
    for row in article.used_as_evidence.all():
        words = article.body.text[row.start : row.end]
        if row.quotation and row.quotation != words:
            raise gate.Refused(f"quotation: that of {row.uid} is not where it says")
        Evidence.objects.filter(pk=row.pk).update(quotation=words)


def states(loading: Loading) -> None:
    """Count claims, say how far articles are reviewed, and log that they came in."""
    current = Count("claims", filter=Q(claims__gone=False))
    for pks in parts(pk for pk, _ in loading.articles.values()):
        rows = list(Article.objects.filter(pk__in=pks).annotate(number=current).order_by("pk"))
        for article in rows:
            article.claim_count = article.number
            article.complete = loading.review[article.pk] == COMPLETE
        Article.objects.bulk_update(rows, ["claim_count", "complete"], batch_size=200)
        Ruling.objects.bulk_create(
            _reviewed(loading, article)
            for article in rows
            if loading.review[article.pk] in {COMPLETE, PARTLY}
        )
        after = {"package": loading.package.sha256}
        record([loading.batch.entry(article, {}, after) for article in rows])


def _reviewed(loading: Loading, article: Article) -> Ruling:
    return Ruling(
        article=article,
        field="complete",
        value=article.complete,
        reason=loading.reason,
        batch=loading.batch.uid,
        actor=loading.actor,
    )
