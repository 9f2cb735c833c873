"""Where a name stands: every table that may hold words, every row that does."""

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from typing import Any, Final
from urllib.parse import parse_qsl, quote_plus, urlencode

from django.apps import apps
from django.db import models
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from claims.models import Article, ArticleText, SavedQueue
from claims.redaction.black import blacked

Black = Callable[[str], str]

_ASCII: Final = re.compile("[A-Za-z0-9]+")
_TO_ARTICLE: Final = ("article", "claim__article", "attribution__article")


def tables() -> list[tuple[type[models.Model], list[Any]]]:
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


def rows_with(
    model: type[models.Model], fields: Collection[Any], names: Iterable[str]
) -> "models.QuerySet[Any]":
    """Return rows that may hold one of the names: JSON is looked through as it is written."""
    rows = model._default_manager.order_by("pk")
    wanted = Q()
    for field in fields:
        column = field.name
        if isinstance(field, models.JSONField):
            column = f"{field.name}_words"
            rows = rows.annotate(**{column: Cast(field.name, TextField())})
        wanted |= _may_hold(column, names)
    return rows.filter(wanted)


def texts_with(names: Iterable[str]) -> "models.QuerySet[ArticleText]":
    """Return the texts that may hold a name."""
    return ArticleText.objects.filter(_may_hold("text", names)).order_by("pk")


def changes(row: models.Model, fields: Iterable[Any], black: Black) -> dict[str, Any]:
    """Return the columns of a row that blacking out changes, as they shall be.

    What must be told apart from other rows still is.
    """
    found = {}
    for field in fields:
        before = getattr(row, field.name)
        after = _question(before, black) if _is_question(field) else blacked(before, black)
        if after != before and isinstance(after, str) and _is_unique(field):
            apart = f" {row.pk}"
            after = after[: (field.max_length or 0) - len(apart)] + apart
        if after != before:
            found[field.name] = after
    return found


def articles_with(names: Collection[str], black: Black) -> set[int]:
    """Return the ids of the articles of all rows that hold a name."""
    found = set(texts_with(names).values_list("pk", flat=True))
    for model, fields in tables():
        paths = [path for path in _TO_ARTICLE if _has(model, path.partition("__")[0])]
        if model is Article:
            paths = ["pk"]
        if paths:
            pks = [row.pk for row in rows_with(model, fields, names) if changes(row, fields, black)]
            for path in paths:
                found.update(model._default_manager.filter(pk__in=pks).values_list(path, flat=True))
    return found - {None}


def _may_hold(column: str, names: Iterable[str]) -> Q:
    """Return the condition that every word of one of the names may stand in a column.

    Beyond ASCII letters have more than one form, and databases do not fold their capitals: such
    words are looked for by what is ASCII of them, or, if that is nothing, as they may be written.
    """
    wanted = Q()
    for name in names:
        every = Q()
        for word in name.split():
            one = Q()
            if parts := _ASCII.findall(unicodedata.normalize("NFC", word)):
                for part in parts:
                    one &= Q(**{f"{column}__icontains": part})
            else:
                for written in _written(word):
                    one |= Q(**{f"{column}__icontains": written})
            every &= one
        wanted |= every
    return wanted


def _written(word: str) -> set[str]:
    """Return a word as databases may hold it: composed or not, in JSON, in an address."""
    cases = {word, word.upper(), word.lower(), word.title()}
    forms = {unicodedata.normalize(form, case) for case in cases for form in ("NFC", "NFD")}
    return forms | {json.dumps(form)[1:-1] for form in forms} | set(map(quote_plus, forms))


def _is_question(field: Any) -> bool:
    return field.model is SavedQueue and field.name == "query"


def _question(query: str, black: Black) -> str:
    """Return a question without what asks for a name: black, it would find nothing."""
    asked = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in asked if black(value) == value]
    return urlencode(kept) if kept != asked else query


def _is_unique(field: Any) -> bool:
    constraints = field.model._meta.constraints
    unique = (one.fields for one in constraints if isinstance(one, models.UniqueConstraint))
    return field.unique or any(field.name in fields for fields in unique)


def _has(model: type[models.Model], name: str) -> bool:
    return name in {field.name for field in model._meta.concrete_fields}
