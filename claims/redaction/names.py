"""A name blacked out in every table and file."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F, Q

from claims import gate, identity
from claims.curation.rulings import locked_articles
from claims.models import Article, Attribution, Claim, Run, Speaker, Tombstone
from claims.redaction import files
from claims.redaction.black import BLANK, blackener, pattern_of
from claims.redaction.finding import Black, articles_with, changes, rows_with, tables, texts_with
from claims.redaction.traces import (
    bury,
    cut_again,
    forget_names,
    read_anew,
    stated_reason,
    store_text,
    table,
)

SHORTEST: Final = 3
"""Letters of the shortest name that is looked for everywhere."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be blacked out: rows by table, and the articles whose texts hold it."""

    counts: dict[str, int]
    articles: list[Article]


def preview_name(forms: Collection[str]) -> Preview:
    """Return where a name stands; nothing is changed.

    Raises:
        Refused: if a form is too short to be looked for everywhere.
    """
    names = _checked(forms)
    black = blackener(pattern_of(names))
    rows = texts_with(names).select_related("article")
    articles = [row.article for row in rows if black(row.text) != row.text]
    counts = {"articletext": len(articles)}
    for model, fields in tables():
        found = rows_with(model, fields, names)
        counts[table(model)] = sum(1 for row in found if changes(row, fields, black))
    return Preview({key: number for key, number in counts.items() if number}, articles)


def redact_name(
    forms: Collection[str], *, reason: str, actor: User, subject: str = ""
) -> Tombstone:
    """Black out all forms of a name, whole words, capital or not, in every table and file.

    Raises:
        Refused: if a form is too short, or without a reason.
    """
    names, reason = _checked(forms), stated_reason(reason)
    black = blackener(pattern_of(names))
    files.settle()
    kept = files.holding(black)
    with transaction.atomic():
        counts: Counter[str] = Counter()
        for row in files.lock(kept):
            counts["file"] += files.rewrite(row, black)
        articles = _locked(names, black)
        changed = _rewrite_texts(names, black, articles)
        counts["articletext"] = len(changed)
        for model, fields in tables():
            counts[table(model)] += _replace(model, fields, names, black)
        cut_again(changed)
        read_anew(changed)
        black_names = Q(name__contains=BLANK) | Q(aliases__form__contains=BLANK)
        forget_names(Speaker.objects.filter(black_names).distinct())
        return bury("name", subject, "\n".join(sorted(names)), reason, counts, actor)


def _checked(forms: Collection[str]) -> list[str]:
    names = sorted({gate.line("name", form, longest=200) for form in forms} - {""})
    short = [name for name in names if sum(map(str.isalnum, name)) < SHORTEST]
    if short or not names:
        raise gate.Refused(
            f"name: {short[0] if short else ''!r} is too short; {SHORTEST} letters at least"
        )
    return names


def _locked(names: Sequence[str], black: Black) -> dict[int, Article]:
    """Lock runs, articles, claims, attributions and speakers, in the order everybody does."""
    columns: dict[type[models.Model], Any] = dict(tables())
    list(rows_with(Run, columns[Run], names).select_for_update(no_key=True))
    articles = locked_articles(Article.objects.filter(pk__in=articles_with(names, black)))
    for model in (Claim, Attribution):
        rows = model._default_manager.filter(article__in=articles).order_by("pk")
        list(rows.select_for_update(no_key=True).values_list("pk"))
    identity.lock()
    return articles


def _rewrite_texts(names: Sequence[str], black: Black, articles: dict[int, Article]) -> list[int]:
    """Black a name out of the texts of locked articles; return the ids of those that held it."""
    changed = []
    for row in texts_with(names).filter(pk__in=articles):
        if (text := black(row.text)) != row.text:
            store_text(articles[row.pk], row, text)
            changed.append(row.pk)
    return changed


def _replace(
    model: type[models.Model], fields: Collection[Any], names: Sequence[str], black: Black
) -> int:
    """Black a name out of a table; tell how many rows that changed. Versions rise."""
    changed = 0
    versioned = any(field.name == "version" for field in model._meta.concrete_fields)
    for row in rows_with(model, fields, names).select_for_update(no_key=True, of=("self",)):
        if new := changes(row, fields, black):
            if versioned:
                new["version"] = F("version") + 1
            model._default_manager.filter(pk=row.pk).update(**new)
            changed += 1
    return changed
