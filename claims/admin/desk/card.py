"""The open card: one claim with everything an editor needs to rule on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims import phrases
from claims.admin import claim_page, words
from claims.admin.change_form import ChangeForm
from claims.admin.claim_page import Row
from claims.admin.desk.certain import in_sentence, is_certain, lit
from claims.admin.desk.working import Working, both_ways
from claims.marks import Mark, marked
from claims.models import Attribution, Claim, ClaimTopic, ClaimVoice, Ruling, Speaker, Topic

FEW = 3
"""Other claims of the same speaker, and of the same concept, that a card shows."""

FIELDS = (
    *("kind", "value", "low", "high", "comparator", "vague", "unit", "per", "concept", "edtf"),
    *("modality", "scope_edtf", "scope_place"),
)
_PLAIN = {"comparator": "=", "modality": "asserted", "vague": False}
"""Values that go without saying."""


class CardForm(ChangeForm):
    """What an editor may correct without leaving the card; voices have keys of their own."""

    class Meta:
        model = Claim
        fields = FIELDS
        labels = {"edtf": "date (EDTF)", "scope_edtf": "period (EDTF)", "scope_place": "place"}
        help_texts = dict.fromkeys(FIELDS, "")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One voice of the chain: its name, and the words in the article that say so."""

    name: str
    speaker: Speaker
    attribution: Attribution | None
    source: str
    cue: str
    near: bool

    @property
    def by_editor(self) -> bool:
        """Whether an editor marked the words, or named the voice without any."""
        return self.attribution is None or self.attribution.tier == Attribution.EDITOR


@dataclass(frozen=True, slots=True)
class OpenCard:
    """The card that is open."""

    claim: Claim
    reading: str
    passage: str
    rows: list[Row]
    chain: list[Spoken]
    chain_ruling: Ruling | None
    voice_ruling: Ruling | None
    certain: bool
    reasons: list[tuple[str, str]]
    newer: list[tuple[str, str, str]]
    working: list[Working]
    others: list[Claim]
    topics: list[Any]
    form: CardForm
    made: bool
    moved: bool


def open_card(
    claim: Claim,
    text: str,
    attributions: Mapping[int, Attribution],
    standing: Mapping[str, Ruling],
    beside: Sequence[Claim],
    form: CardForm | None,
) -> OpenCard:
    """Return the full card of a claim; three queries.

    `attributions` are those of the article by id, `standing` the claim's rulings by field,
    `beside` all claims of the article.
    """
    speakers = [row.speaker for row in _voices(claim)]
    said = said_of(claim, attributions)
    return OpenCard(
        claim=claim,
        reading=phrases.reading_of(claim),
        passage=_passage(claim, text),
        rows=[row for row in claim_page.field_rows(claim, standing) if _worth_showing(claim, row)],
        chain=[_spoken(claim, text, speaker, said) for speaker in speakers],
        chain_ruling=standing.get("chain"),
        voice_ruling=standing.get("voice"),
        certain=is_certain(claim, [one.pk for one in speakers], said),
        reasons=claim_page.reasons(claim, said),
        newer=claim_page.newer(claim),
        working=both_ways(claim, beside),
        others=list(_others(claim)),
        topics=list(_topics(claim)),
        form=form or CardForm(instance=claim, prefix="card"),
        made="made" in standing,
        moved="span" in standing and "made" not in standing,
    )


def said_of(claim: Claim, attributions: Mapping[int, Attribution]) -> list[Attribution]:
    """Return the attributions a claim stands in, nearest first: an editor's or the machine's."""
    marked_by_editor = attributions.get(claim.attribution_id or 0)
    if marked_by_editor and marked_by_editor.tier == Attribution.EDITOR:
        return [marked_by_editor]
    return [attributions[pk] for pk in claim.machine_chain if pk in attributions]


def _voices(claim: Claim) -> QuerySet[ClaimVoice]:
    rows = ClaimVoice.objects.filter(claim=claim).select_related("speaker__canonical")
    return rows.order_by("position")


def _spoken(claim: Claim, text: str, speaker: Speaker, said: Sequence[Attribution]) -> Spoken:
    voice = next((one for one in said if one.speaker_id == speaker.pk), None)
    return Spoken(
        name=str(speaker.head),
        speaker=speaker,
        attribution=voice,
        source=" … ".join(text[start:end] for start, end in lit(voice)) if voice else "",
        cue=" … ".join(text[start:end] for start, end in voice.cue) if voice else "",
        near=voice is not None and in_sentence(claim, voice),
    )


def _passage(claim: Claim, text: str) -> str:
    start, end = claim_page.whole_words(
        text,
        max(claim.sentence_start, claim.start - 160),
        claim.start,
        claim.end,
        min(claim.sentence_end, claim.end + 160),
    )
    return marked(text, [Mark(claim.start, claim.end, "claim")], start, end)


def _worth_showing(claim: Claim, row: Row) -> bool:
    if row.name == "voice":
        return False
    plain = row.stored == words.shown(_PLAIN.get(row.name, ""))
    return row.ruling is not None or not plain


def _others(claim: Claim) -> QuerySet[Claim]:
    """Return a few other claims, of the same voice and about the same concept."""
    rest = Claim.objects.current().exclude(pk=claim.pk).order_by("-pk").values("pk")
    wanted = Q(pk__in=[])
    if claim.speaker:
        rows = Speaker.objects.under([claim.speaker.head.pk]).values("pk")
        wanted |= Q(pk__in=rest.filter(speaker__in=rows)[:FEW])
    if claim.concept:
        wanted |= Q(pk__in=rest.filter(concept=claim.concept)[:FEW])
    return Claim.objects.filter(wanted).select_related("article", "speaker").order_by("-pk")


def _topics(claim: Claim) -> QuerySet[Any]:
    links = ClaimTopic.objects.filter(claim=claim, topic=OuterRef("pk"), removed=False)
    return Topic.objects.annotate(linked=Exists(links)).order_by("label")
