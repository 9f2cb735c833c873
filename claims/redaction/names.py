"""A name blacked out in every table and file."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from claims import gate, identity
from claims.curation.rulings import locked_articles
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Candidate,
    Claim,
    NameKey,
    SourceFile,
    Speaker,
    Tombstone,
)
from claims.redaction.black import BLANK, blacked, blackener, pattern_of
from claims.redaction.files import rewrite
from claims.redaction.traces import bury, cut_again, stated_reason, store_text, table
from corpus.speakers.compare import full_name, stated_name

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
    texts = list(_texts_with(names).select_related("article"))
    counts = Counter({"articletext": len(texts)})
    for model, fields in _tables():
        if number := _rows_with(model, fields, names).count():
            counts[table(model)] = number
    found = {key: number for key, number in counts.items() if number}
    return Preview(found, [row.article for row in texts])


@transaction.atomic
def redact_name(
    forms: Collection[str], *, reason: str, actor: User, subject: str = ""
) -> Tombstone:
    """Black out all forms of a name, whole words, capital or not, in every table and file.

    Raises:
        Refused: if a form is too short, or without a reason.
    """
    names, reason = _checked(forms), stated_reason(reason)
    pattern = pattern_of(names)
    black = blackener(pattern)
    counts: Counter[str] = Counter()
    texts = {row.article_id: row for row in _texts_with(names)}
    articles = locked_articles(Article.objects.filter(pk__in=texts))
    for pk, row in texts.items():
        store_text(articles[pk], row, black(row.text))
        counts["articletext"] += 1
    for file in SourceFile.objects.order_by("pk"):
        counts["file"] += rewrite(file, black)
    for model, fields in _tables():
        counts[table(model)] += _replace(model, fields, names, black)
    cut_again(Claim.objects.filter(article__in=texts))
    _forget_keys(Speaker.objects.filter(name__contains=BLANK))
    return bury("name", subject, "\n".join(sorted(names)), reason, counts, actor)


def _checked(forms: Collection[str]) -> list[str]:
    names = sorted({gate.line("name", form, longest=200) for form in forms} - {""})
    short = [name for name in names if sum(map(str.isalnum, name)) < SHORTEST]
    if short or not names:
        raise gate.Refused(
            f"name: {short[0] if short else ''!r} is too short; {SHORTEST} letters at least"
        )
    return names


def _tables() -> list[tuple[type[models.Model], list[models.Field]]]:
    """Return every table that may hold words, with its columns of text and JSON."""
    found = []
    for model in apps.get_app_config("claims").get_models():
        fields: list[Any] = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
            and not field.choices
        ]
        if fields and model is not ArticleText:  # which is seen to by itself
            found.append((model, fields))
    return found


def _rows_with(
    model: type[models.Model], fields: Sequence[models.Field], names: Iterable[str]
) -> "models.QuerySet[Any]":
    """Return rows that may hold one of the names: JSON is looked through as it is written."""
    rows = model._default_manager.all()
    wanted = Q()
    for field in fields:
        column = f"{field.name}__icontains"
        if isinstance(field, models.JSONField):
            rows = rows.annotate(**{f"{field.name}_words": Cast(field.name, TextField())})
            column = f"{field.name}_words__icontains"
        for written in _written(names):
            wanted |= Q(**{column: written})
    return rows.filter(wanted)


def _written(names: Iterable[str]) -> set[str]:
    """Return names as databases may hold them: beyond ASCII, no database folds capitals alike."""
    forms = {form for name in names for form in (name, name.upper(), name.lower(), name.title())}
    return forms | {form.encode("ascii", "backslashreplace").decode() for form in forms}


def _texts_with(names: Iterable[str]) -> "models.QuerySet[ArticleText]":
    """Return the texts that may hold a name, whatever blanks stand between its words."""
    wanted = Q()
    for name in names:
        every = Q()
        for word in name.split():
            one = Q()
            for written in _written([word]):
                one |= Q(text__icontains=written)
            every &= one
        wanted |= every
    return ArticleText.objects.filter(wanted).order_by("pk")


def _replace(
    model: type[models.Model],
    fields: Sequence[models.Field],
    names: Iterable[str],
    black: Callable[[str], str],
) -> int:
    changed = 0
    for row in _rows_with(model, fields, names):
        new = {field.name: blacked(getattr(row, field.name), black) for field in fields}
        if "read_as" in new and new["read_as"] != row.read_as:
            new["read_as"] = f"{BLANK} {row.pk}"  # told apart from others that are black too
        if new := {name: value for name, value in new.items() if value != getattr(row, name)}:
            model._default_manager.filter(pk=row.pk).update(**new)
            changed += 1
    return changed


def _forget_keys(speakers: Any) -> None:
    """Bring what is computed from names into line; nobody is found under a name that is gone."""
    identity.lock()
    for speaker in speakers:
        speaker.name_key = full_name(speaker.name, speaker.kind)[:400]
        speaker.save(update_fields=["name_key"])
    for alias in Alias.objects.filter(form__contains=BLANK).select_related("speaker"):
        alias.name_key = stated_name(alias.form, alias.speaker.kind)[:400]
        alias.save(update_fields=["name_key"])
    pks = [speaker.pk for speaker in speakers]
    NameKey.objects.filter(speaker__in=pks).delete()
    Candidate.objects.filter(Q(one__in=pks) | Q(other__in=pks)).delete()
