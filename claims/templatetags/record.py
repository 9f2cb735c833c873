"""How a row of claims.export.rows is shown on a page: its reading, its sentence, its dates."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from claims import phrases
from claims.marks import Mark, marked
from claims.when import in_words

register = template.Library()

register.filter("day", in_words)


@register.filter
def reading(row: Mapping[str, Any]) -> str:
    """Return the figure of a row as a phrase, such as “at least 1,200”."""
    if row["kind"] == "date" and row["edtf"]:
        return in_words(row["edtf"])
    return phrases.reading(row)


@register.filter
def passage(row: Mapping[str, Any]) -> SafeString:
    """Return the sentence of a row with the claim's words marked; the row has its words.

    `lit`, where a list adds it to the row, are places in the sentence that were searched for.
    """
    first = row["sentence_start"]
    searched = [Mark(start, end, "word") for start, end in row.get("lit", ())]
    claim = Mark(row["start"] - first, row["end"] - first, "claim")
    return marked(row["passage"], [claim, *searched])
