"""Superseding: a publisher's later version takes the place of the article it replaces."""

from collections.abc import Iterable, Mapping, Sequence

from django.contrib.auth.models import User
from django.db import transaction

from claims import columns, gate
from claims.curation.rulings import Outcome, count_current, locked_articles
from claims.history import Batch, Stale, record
from claims.models import Article, ArticleText, Succession
from claims.succession.carry import Carried, carry, claims_of
from claims.succession.heir import Heir
from claims.succession.places import alike


@transaction.atomic
def supersede(
    old: Article, new: Article, *, actor: User, versions: Mapping[int, int]
) -> tuple[Outcome, Carried]:
    """Let `new`, a later version of the same report, take the place of `old`.

    Rulings go to the same words in the new text. `versions` are those that the caller saw, by id.

    Raises:
        Stale: if one of the articles has another version now.
        gate.Refused: if they are one article, one of them was superseded before, or a public one
            would go without the right to withdraw it.
    """
    if old.pk == new.pk:
        raise gate.Refused("article: it cannot take its own place")
    rows = locked_articles(Article.objects.filter(pk__in=[old.pk, new.pk]))
    check_current(rows.values(), versions)
    old, new = rows[old.pk], rows[new.pk]
    batch = Batch.begin("supersede article", actor)
    texts = {one.pk: one.text for one in ArticleText.objects.filter(article__in=rows)}
    heir = Heir(new, texts[new.pk], alike(texts[old.pk], texts[new.pk]), there=True)
    carried = carry(batch, old, [heir])
    retire(batch, old, [new])
    record([batch.entry(new, {"superseded": False}, {"superseded": False, "instead_of": old.uid})])
    return Outcome(batch.uid, 2, 0), carried


def check_current(articles: Iterable[Article], versions: Mapping[int, int]) -> None:
    """Make sure that locked articles are as the caller saw them.

    Raises:
        Stale: if one has another version.
        gate.Refused: if one was superseded.
    """
    for article in articles:
        if article.superseded:
            raise gate.Refused(f"article: “{article}” was superseded by another")
        if versions.get(article.pk, article.version) != article.version:
            raise Stale(article)


def retire(batch: Batch, old: Article, heirs: Sequence[Article]) -> None:
    """Withdraw a locked article whose words go on in `heirs`, and log it.

    Raises:
        gate.Refused: if nothing of a public article stays public, and the actor may not withdraw.
    """
    public = Article.Visibility.PUBLIC
    goes = old.visibility == public and public not in {heir.visibility for heir in heirs}
    if goes and not (batch.actor and batch.actor.has_perm("claims.publish_article")):
        raise gate.Refused(f"visibility: only chief editors withdraw, and “{old}” is public")
    before = {"superseded": False, "visibility": old.visibility, "version": old.version}
    old.superseded, old.visibility = True, Article.Visibility.WITHDRAWN
    old.version += 1
    old.save(update_fields=["superseded", "visibility", "version"])
    Succession.objects.bulk_create(
        [Succession(old=old, new=heir) for heir in heirs], ignore_conflicts=True
    )
    after = {"superseded": True, "visibility": old.visibility, "version": old.version}
    record([batch.entry(old, before, after | {"heirs": [heir.uid for heir in heirs]})])
    columns.refresh(claims_of(old), by=batch.actor)
    count_current({old.pk})
