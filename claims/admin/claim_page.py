"""What a claim's page shows beside its form: words, reasons, both readings, rulings, log."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString

from claims import phrases
from claims.admin import words
from claims.admin.change_form import PARTS
from claims.admin.claim_form import FIELDS, VOICES
from claims.columns import finding_columns
from claims.marks import Mark, marked
from claims.models import Attribution, Claim, Ruling

AROUND = 350
"""Characters shown before and after a claim's sentence, more or less: whole words only."""
FARTHEST = 1500
"""How far from the sentence its source and cue may stand to be shown with it."""

LEGEND = {
    "claim": "this claim",
    "other": "other claims",
    "source": "source: who speaks",
    "cue": "cue: the word that attributes",
    "content": "content: what is attributed",
    "concept": "concept",
    "hedge": "hedge",
    "scope": "scope",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One field of a claim: what stands, what the machine read, who ruled."""

    name: str
    label: str
    stored: str
    machine: str
    ruling: Ruling | None
    inputs: list[BoundField]

    @property
    def differs(self) -> bool:
        """Whether people and machine say different things."""
        return self.ruling is not None and self.stored != self.machine


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article as HTML with marks, and the roles that occur in it."""

    html: SafeString
    legend: list[tuple[str, str]]
    before: bool
    after: bool


def rows(claim: Claim, form: forms.BaseForm | None) -> list[Row]:
    """Return the fields of a claim, the chain of voices last; without `form` only to look at."""
    standing = {ruling.field: ruling for ruling in claim.rulings.standing().select_related("actor")}
    found = field_rows(claim, standing, form)
    names = [voice.speaker.name for voice in claim.voices.select_related("speaker")]
    chain = Row(
        name="chain",
        label=words.label("chain"),
        stored=words.shown(names),
        machine=words.shown(list(claim.machine.get("chain") or [])),
        ruling=standing.get("chain"),
        inputs=[form[name] for name in VOICES] if form else [],
    )
    return [*found, chain]


def field_rows(
    claim: Claim, standing: Mapping[str, Ruling], form: forms.BaseForm | None = None
) -> list[Row]:
    """Return the fields of a claim without its voices; `standing` are its rulings by field."""
    machine = finding_columns(claim.machine)
    inputs = {name: (name,) for name in FIELDS} | {"change": PARTS}
    return [
        Row(
            name=name,
            label=words.label(name),
            stored=words.shown(getattr(claim, name)),
            machine=words.shown(machine[name]),
            ruling=standing.get(name),
            inputs=[form[one] for one in parts if one in form.fields] if form else [],
        )
        for name, parts in inputs.items()
    ]


def newer(claim: Claim) -> list[tuple[str, str, str]]:
    """Return what a later run reads differently and nobody decided on: field, seen, now."""
    if not claim.newer or claim.newer["dismissed"]:
        return []
    old, new = finding_columns(claim.machine), finding_columns(claim.newer["finding"])
    old |= {"chain": list(claim.machine.get("chain") or [])}
    new |= {"chain": list(claim.newer["finding"].get("chain") or [])}
    return [
        (words.label(name), words.shown(old[name]), words.shown(new[name]))
        for name in old
        if old[name] != new[name] and name not in {"score", "rule", "concept_head"}
    ]


def reasons(claim: Claim, voices: Sequence[Attribution]) -> list[tuple[str, str]]:
    """Return why the machine reads the claim as it does: a name and words for each reason."""
    machine = claim.machine
    found = [
        ("rule", f"{claim.rule or 'none'}, score {claim.score:.2f}"),
        ("read as", phrases.reading(finding_columns(machine))),
        ("engine", f"{claim.last_run.engine}, tier {claim.last_run.tier}, {claim.last_run}"),
    ]
    for place, voice in enumerate(voices, start=1):
        text = f"{voice.speaker or 'unresolved'}: {voice.manner} speech, score {voice.score:.2f}"
        text += f", name resolved by {voice.resolved_by}" if voice.resolved_by else ""
        text += f", said {voice.said_when}" if voice.said_when else ""
        found.append((f"voice {place}", text))
    if machine.get("candidates"):
        found.append(("voice undetermined between", ", ".join(machine["candidates"])))
    if claim.unresolved:
        found.append(("date not resolved", claim.unresolved))
    if machine.get("anchor"):
        found.append(("date counted from", words.shown(machine["anchor"])))
    return found


def voices_found(claim: Claim) -> list[Attribution]:
    """Return the attributions the machine ties the claim to, nearest voice first."""
    found = Attribution.objects.select_related("speaker").in_bulk(claim.machine_chain)
    return [found[pk] for pk in claim.machine_chain if pk in found]


def passage(claim: Claim, voices: Sequence[Attribution]) -> Passage:
    """Return the article's words around a claim, with everything it rests on marked."""
    text = claim.article.body.text
    spoken = list(_spoken((voice, str(voice.speaker or "unresolved")) for voice in voices))
    start, end = _window(claim.sentence_start, claim.sentence_end, text, spoken)
    marks = [Mark(claim.start, claim.end, "claim", "this claim"), *spoken, *_own(claim.machine)]
    return _marked(text, [*marks, *_others(claim, start, end)], start, end)


def passage_read(claim: Claim, machine: Mapping[str, Any]) -> Passage:
    """Return the words around one of the machine's readings of a claim, and nobody's ruling.

    What it rests on is marked as the machine found it; other claims are not.
    """
    text = claim.article.body.text
    spoken = list(_spoken(_voices_read(claim, machine)))
    marks = [Mark(machine["start"], machine["end"], "claim", "this claim"), *spoken, *_own(machine)]
    first, last = machine["sentence"]
    return _marked(text, marks, *_window(first, last, text, spoken))


def next_waiting(claim: Claim) -> Claim | None:
    """Return the claim that waits for an editor after this one."""
    waiting = Claim.objects.current().filter(status=Claim.Status.PROPOSED, pk__gt=claim.pk)
    return waiting.order_by("pk").first()


def _marked(text: str, marks: Sequence[Mark], start: int, end: int) -> Passage:
    present = {mark.role for mark in marks if mark.start < end and mark.end > start}
    return Passage(
        html=marked(text, marks, start, end),
        legend=[(role, name) for role, name in LEGEND.items() if role in present],
        before=start > 0,
        after=end < len(text),
    )


def _voices_read(claim: Claim, machine: Mapping[str, Any]) -> Iterator[tuple[Attribution, str]]:
    """Yield the attributions of a reading the claim still has, with the machine's names."""
    later = claim.newer or {"finding": None, "chain": []}
    held = [(claim.machine, claim.machine_chain), (later["finding"], later["chain"])]
    chain: list[int] = next((pks for finding, pks in held if finding == machine), [])
    found = Attribution.objects.in_bulk(chain)
    for voice in (found[pk] for pk in chain if pk in found):
        yield voice, (voice.machine or {}).get("speaker") or "unresolved"


def _spoken(voices: Iterable[tuple[Attribution, str]]) -> Iterator[Mark]:
    for voice, name in voices:
        for role, spans in (("source", voice.source), ("cue", voice.cue)):
            yield from (Mark(start, end, role, f"{role}: {name}") for start, end in spans)
        for start, end in voice.content:
            yield Mark(start, end, "content", f"attributed to {name}")


def _own(machine: Mapping[str, Any]) -> Iterator[Mark]:
    """Yield the marks of what belongs to a reading: concept, hedge, scope."""
    scope = (machine.get("scope") or {}).get("span")
    spans = {"hedge": machine.get("hedge_span"), "scope": scope}
    for role, span in {"concept": machine.get("concept_span"), **spans}.items():
        if span:
            yield Mark(span[0], span[1], role, role)


def _others(claim: Claim, start: int, end: int) -> list[Mark]:
    rows = Claim.objects.current().filter(article=claim.article_id, start__lt=end, end__gt=start)
    return [
        Mark(
            other.start,
            other.end,
            "other",
            phrases.reading_of(other),
            href=reverse("admin:claims_claim_change", args=[other.pk]),
        )
        for other in rows.exclude(pk=claim.pk).exclude(status=Claim.Status.REJECTED)
    ]


def _window(first: int, last: int, text: str, spoken: Iterable[Mark]) -> tuple[int, int]:
    """Return the stretch to show: the sentence, its source and cue, and some words around."""
    for mark in (mark for mark in spoken if mark.role != "content"):
        if first - FARTHEST <= mark.start and mark.end <= last + FARTHEST:
            first, last = min(first, mark.start), max(last, mark.end)
    return whole_words(text, first - AROUND, first, last, last + AROUND)


def whole_words(text: str, left: int, first: int, last: int, right: int) -> tuple[int, int]:
    """Return `[left, right)` drawn in towards `[first, last)` until it cuts no word of `text`."""
    start, end = max(0, left), min(len(text), right)
    while 0 < start < first and not text[start - 1].isspace():
        start += 1
    while last < end < len(text) and not text[end].isspace():
        end -= 1
    return start, end
