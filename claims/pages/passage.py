"""The words of a claim in context, as far as the reader may see them, and whose words they are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models.functions import Coalesce
from django.utils.safestring import SafeString

from claims.filters.readers import Reader
from claims.marks import Mark, marked
from claims.models import ArticleText, Attribution, Claim, Outlet

MOST_AROUND: Final = 900
"""Letters shown before and after the sentence, where the outlet lets its full text be shown."""

_BREAK = re.compile(r"\n[ \t\r]*\n")


@dataclass(frozen=True, slots=True)
class Words:
    """Letters of an article that a reader may see: `text` from the offset `start` on.

    `first` and `last` bound what is shown around the claim; the rest may only be quoted.
    """

    text: str
    start: int
    first: int
    last: int
    whole: bool

    def cut(self, spans: Sequence[Sequence[int]]) -> str:
        """Return the words at spans of the article, empty if one lies outside."""
        end = self.start + len(self.text)
        if not all(self.start <= begin < stop <= end for begin, stop in spans):
            return ""
        return " … ".join(
            self.text[begin - self.start : stop - self.start] for begin, stop in spans
        )

    def lit(self, marks: Sequence[tuple[Sequence[int], str, str]]) -> SafeString:
        """Return what is shown as HTML with marks: span of the article, role, label."""
        found = [
            Mark(span[0] - self.start, span[1] - self.start, role, label)
            for span, role, label in marks
        ]
        return marked(self.text, found, self.first - self.start, self.last - self.start)


def words_of(claim: Claim, row: Mapping[str, Any], reader: Reader) -> Words | None:
    """Return the words a reader may see of a claim's article; None if none.

    The claim's sentence by the usual policy; the paragraph, bounded, where the whole text is open.
    """
    if row["passage"] is None:
        return None
    first, last = row["sentence_start"], row["sentence_end"]
    outlet = claim.article.outlet
    if reader < Reader.EDITOR and (outlet is None or outlet.text_policy != Outlet.TextPolicy.FULL):
        return Words(row["passage"], first, first, last, whole=False)
    text = ArticleText.objects.get(pk=claim.article_id).text
    return Words(text, 0, *_around(text, first, last), whole=True)


def voices_of(claim: Claim, row: Mapping[str, Any], words: Words | None) -> list[dict[str, Any]]:
    """Return the chain of voices of a row, nearest first, each with the words that name it.

    Keys beside those of the row: source and cue (words, empty if not shown), spans of both.
    """
    if not row["chain"]:
        return []
    heads = claim.voices.order_by("position").values_list(
        Coalesce("speaker__canonical", "speaker"), flat=True
    )
    said = _attributions(claim)
    return [
        voice | _said(said.get(head), words)
        for voice, head in zip(row["chain"], heads, strict=True)
    ]


def lit(words: Words, row: Mapping[str, Any], voices: Sequence[Mapping[str, Any]]) -> SafeString:
    """Return the words around a claim with it, its sources and their cues marked."""
    marks: list[tuple[Sequence[int], str, str]] = [((row["start"], row["end"]), "claim", "")]
    for voice in voices:
        marks += [(span, "source", f"names {voice['name']}") for span in voice["source_spans"]]
        marks += [(span, "cue", "the words that attribute") for span in voice["cue_spans"]]
    return words.lit(marks)


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """Return the paragraph around a sentence, or whole words of it where it is long."""
    begin, stop = max(first - MOST_AROUND, 0), min(last + MOST_AROUND, len(text))
    before = list(_BREAK.finditer(text, begin, first))
    after = _BREAK.search(text, last, stop)
    if before:
        begin = before[-1].end()
    elif begin:
        begin = text.find(" ", begin, first) + 1 or first
    if after:
        stop = after.start()
    elif stop < len(text):
        stop = max(text.rfind(" ", last, stop), last)
    return begin, stop


def _attributions(claim: Claim) -> dict[int, Attribution]:
    """Return the attributions of a claim by the voice they name, the nearest one of each."""
    order = [pk for pk in (claim.attribution_id, *claim.machine_chain) if pk]
    rows = Attribution.objects.filter(pk__in=order).annotate(
        head=Coalesce("speaker__canonical", "speaker")
    )
    found: dict[int, Attribution] = {}
    for row in sorted(rows, key=lambda row: order.index(row.pk)):
        found.setdefault(row.head, row)
    return found


def _said(row: Attribution | None, words: Words | None) -> dict[str, Any]:
    source, cue = (row.source, row.cue) if row else ([], [])
    return {
        "source": words.cut(source) if words else "",
        "cue": words.cut(cue) if words else "",
        "source_spans": source,
        "cue_spans": cue,
        "manner": row.get_manner_display() if row else "",
    }
