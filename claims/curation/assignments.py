"""Who works on which article: nobody is given one that somebody else is at."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.curation.rulings import locked_articles
from claims.models import Article, Assignment
from claims.models.claim import ClaimQuerySet
from claims.statements import Given, Written

KEPT_FOR = timedelta(minutes=30)
"""How long an article stays with an editor who does nothing on it."""

_TRIES = 20
_KEPT = Written(lambda: Assignment.objects.filter(article=Given("article"), editor=Given("editor")))


class Held(ValueError):
    """Somebody else works on the article; `assignment` tells who, and until when."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        super().__init__(
            f"{assignment.editor} works on this article until {assignment.until:%H:%M}. "
            "Nothing was changed; take it over if you must."
        )


def take(article: int, *, editor: User, over: bool = False) -> Assignment:
    """Give an article to an editor, or leave it with him for longer; `over` takes it away.

    Raises:
        Held: if somebody else works on it.
    """
    kept: Assignment | None = _KEPT.first(article=article, editor=editor.pk)
    if kept and kept.until > timezone.now() + KEPT_FOR / 2:
        return kept
    return _take(article, editor, over=over)


def release(article: int, *, editor: User) -> None:
    """Give an article back; one that another editor has stays with him."""
    Assignment.objects.filter(article=article, editor=editor).delete()


def next_article(claims: ClaimQuerySet, *, editor: User, after: int = 0) -> int | None:
    """Give the editor the first article with some of `claims` that nobody else works on.

    With `after`, the first one behind that article, from the start again at the end. Returns
    its id, or None if there is none but that one.
    """
    others = Assignment.objects.current().exclude(editor=editor)
    free = claims.exclude(article__in=others.values("article")).exclude(article=after)
    for _ in range(_TRIES):
        behind = free.filter(article__gt=after).order_by("pk").values_list("article", flat=True)
        found = behind.first() or free.order_by("pk").values_list("article", flat=True).first()
        if found is None:
            return None
        try:
            take(found, editor=editor)
        except Held:  # somebody was quicker; the next look leaves it out
            continue
        if after:
            release(after, editor=editor)
        return found
    return None


@transaction.atomic
def _take(article: int, editor: User, *, over: bool) -> Assignment:
    locked_articles(Article.objects.filter(pk=article))
    held = Assignment.objects.select_related("editor").filter(article=article).first()
    now = timezone.now()
    if held and held.editor_id != editor.pk and held.until > now and not over:
        raise Held(held)
    row, _ = Assignment.objects.update_or_create(
        article_id=article, defaults={"editor": editor, "taken": now, "until": now + KEPT_FOR}
    )
    return row
