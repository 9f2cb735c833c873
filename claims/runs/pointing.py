"""What the engine reads where an editor points: one place of an article, nothing is stored."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from claims import gate
from claims.curation.pointing import LONGEST, Marked, Place
from claims.models import Article, ArticleText, Attribution, Run
from claims.runs.anchors import Places, family, sentence_at
from claims.runs.apply import part_spans, redated
from claims.runs.check import checked
from claims.runs.readings import config_hash, extracted
from corpus import extract
from corpus.sentences import sentences
from corpus.spans import Span
from corpus.tagging import best_tier

_FIGURE = ("kind", "value", "low", "high", "comparator", "vague", "unit", "per", "change", "edtf",
           "earliest", "latest", "timex_type", "timex_value", "unresolved", "rule", "score",
           "concept", "concept_head", "modality")  # fmt: skip
"""What the words alone say; where they stand and who says so is another matter."""


def read_marked(article: Article, start: int, end: int) -> Marked:
    """Return the words `[start, end)`, without blanks at their ends, and what the engine reads.

    That is the finding that shares most of them; where there is none, what the words say by
    themselves; else a finding without a value.

    Raises:
        Refused: if these are no words of the article, or too many for a claim.
    """
    text = ArticleText.objects.get(pk=article.pk).text
    span = trimmed(text, start, end)
    if len(span) > LONGEST:
        raise gate.Refused(f"span: {len(span)} characters; at most {LONGEST} are a claim")
    lines = sentences(text, part_spans(article))
    around = sentence_at(lines, span)
    sentence = Span(min(around.start, span.start), max(around.end, span.end))
    found = redated(checked(extracted(article, text).to_json(), text), article, text)
    finding = _found(found["claims"], span) or _alone(span.cut(text))
    chain = _chain(article, found["attributions"], finding, span)
    place = {"start": span.start, "end": span.end, "surface": span.cut(text)}
    finding |= place | {"sentence": [sentence.start, sentence.end]} | _voice(finding, chain)
    words = finding["surface"]
    key = Places(text, lines).key(family(finding["kind"]), sentence, words, span.start)
    where = Place(span.start, span.end, words, finding["sentence"], key)
    return Marked(where, finding, [row.pk for row in chain])


def trimmed(text: str, start: int, end: int) -> Span:
    """Return `[start, end)` without the blanks at its ends.

    Raises:
        Refused: if that leaves no words of the text.
    """
    if not 0 <= start < end <= len(text) or text[start:end].isspace():
        raise gate.Refused(f"span: [{start}, {end}) marks no words of this article")
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))


def marking_run() -> Run:
    """Return the run that stands for what this version of the engine reads of marked words."""
    same = {
        "origin": Run.Origin.EDITOR,
        "engine": extract.ENGINE,
        "config_hash": config_hash(),
        "tier": best_tier(),
    }
    run = Run.objects.filter(**same).first()
    return run or Run.objects.create(**same, state=Run.State.APPLIED, ended=timezone.now())


def _found(findings: Sequence[dict[str, Any]], span: Span) -> dict[str, Any] | None:
    near = [one for one in findings if Span(one["start"], one["end"]).overlaps(span)]
    return max(near, key=lambda one: Span(one["start"], one["end"]).iou(span), default=None)


def _alone(words: str) -> dict[str, Any]:
    """Return what the words say by themselves, as a finding; of kind count if nothing."""
    (empty,) = extract.extract("1").to_json()["claims"]
    blank = dict.fromkeys(empty) | {"kind": "count", "comparator": "=", "vague": False}
    blank |= {"modality": "asserted", "rule": "", "score": 0.0, "candidates": []}
    found = extract.extract(words).to_json()["claims"]
    if found:
        longest = max(found, key=lambda one: one["end"] - one["start"])
        blank |= {name: longest[name] for name in _FIGURE}
    return blank


def _chain(
    article: Article, fresh: Sequence[dict[str, Any]], finding: dict[str, Any], span: Span
) -> list[Attribution]:
    """Return the stored attributions a finding stands in, nearest first.

    Those the engine names, if they are stored as it finds them now; else the closest one whose
    content holds the words, with those that cite it.
    """
    rows = article.attributions.filter(gone=False).select_related("speaker")
    stored = {_spoken(row.machine): row for row in rows if row.machine}
    named = [stored.get(_spoken(fresh[number])) for number in finding["voices"] or []]
    if named and all(named):
        return [row for row in named if row]
    if finding["voice"] == "own":
        return []
    holding = [
        (end - start, row.pk, row)
        for row in stored.values()
        for start, end in row.content
        if start <= span.start and span.end <= end
    ]
    nearest = min(holding, default=(0, 0, None))[2]
    return [nearest] if nearest else []


def _spoken(one: dict[str, Any]) -> str:
    return repr([one["source"], one["cue"], one["content"]])


def _voice(finding: dict[str, Any], chain: Sequence[Attribution]) -> dict[str, Any]:
    """Return what a finding says of its voice when `chain` is whom it is given to."""
    names = [row.speaker.name for row in chain if row.speaker]
    voice = "own" if finding["voice"] == "own" else "undetermined"
    return {
        "voice": "attributed" if names else voice,
        "speaker": names[0] if names else None,
        "chain": names,
        "voices": [],
        "attribution": None,
    }
