"""Editing by pointing: editors move a claim's words, add one that was missed, mark who speaks.

What is marked this way holds whatever an engine finds later. Nothing is deleted when it is
undone: a claim or attribution that nobody stands for any more is gone, that is hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from claims import columns, gate
from claims.curation import records
from claims.curation.review import check_chain, check_whole, checked_value, figure_of
from claims.curation.rulings import Outcome, locked, locked_articles, put, rule
from claims.history import Batch, Stale, record
from claims.models import Article, ArticleText, Attribution, Claim, Run, Speaker

LONGEST = 400
"""Characters that a claim's words may have."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article, `[start, end)` in code points: their sentence and anchor key."""

    start: int
    end: int
    surface: str
    sentence: list[int]
    key: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that an editor marked, and what the engine reads there.

    `finding` is written as a reading's; `chain` holds the ids of its attributions, nearest first.
    """

    place: Place
    finding: dict[str, Any]
    chain: list[int]


@transaction.atomic
def mark_claim(
    article: Article,
    marked: Marked,
    fields: Mapping[str, Any],
    *,
    run: Run,
    actor: User,
    reason: str = "",
) -> tuple[Claim, Outcome]:
    """Add an accepted claim on words where the engine found none.

    What the engine reads there when it is asked stays beside it as the machine's reading;
    `fields`, as for `correct`, are rulings where they say something else.

    Raises:
        Refused: if there is a claim on these words, or for a value that makes no sense.
    """
    checked = {field: checked_value(field, value) for field, value in fields.items()}
    row = locked_articles(Article.objects.filter(pk=article.pk))[article.pk]
    _check_place(row, marked.place)
    claim, machine = _missed(row, marked, run)
    wanted = {name: value for name, value in checked.items() if value != getattr(claim, name)}
    check_whole({**figure_of(claim), **wanted})
    wanted |= {"made": True, "span": asdict(marked.place), "status": Claim.Status.ACCEPTED.value}
    batch = Batch.begin("mark claim", actor)
    return claim, rule(batch, [claim], lambda claim: wanted, reason=reason, machine=machine)


@transaction.atomic
def move_claim(
    claim: Claim,
    place: Place,
    fields: Mapping[str, Any],
    *,
    actor: User,
    version: int,
    reason: str = "",
) -> Outcome:
    """Rule where a claim stands, and what it says there; later readings move it no more.

    Raises:
        Stale: if the claim no longer has `version`; its `fields` show both values.
        Refused: if there is another claim on these words, or for a value that makes no sense.
    """
    checked = {field: checked_value(field, value) for field, value in fields.items()}
    (row,) = locked(Claim.objects.by_id(claim.pk))
    wanted = {name: value for name, value in checked.items() if value != getattr(row, name)}
    if row.version != version:
        stored = {name: (value, getattr(row, name)) for name, value in wanted.items()}
        raise Stale(row, {"surface": (place.surface, row.surface), **stored})
    _check_place(row.article, place)
    _check_free(row.article, place, but=row.pk)
    check_whole({**figure_of(row), **wanted})
    wanted |= {"span": asdict(place)}
    return rule(Batch.begin("move claim", actor), [row], lambda claim: wanted, reason=reason)


@transaction.atomic
def mark_voice(
    claim: Claim,
    speaker: Speaker,
    spans: Mapping[str, Sequence[int]],
    *,
    manner: str,
    run: Run,
    actor: User,
    version: int,
) -> Outcome:
    """Rule whose words a claim is, and where the article says so; the voice is confirmed.

    `spans` may hold `source` (who speaks) and `cue` (the words that attribute), one at least;
    the claim's sentence is the content. The voice becomes the nearest one of the claim.

    Raises:
        Stale: if the claim no longer has `version`.
        Refused: for words that are not in the article, or a voice of another article.
    """
    (row,) = locked(Claim.objects.by_id(claim.pk))
    if row.version != version:
        raise Stale(row, {"speaker": (speaker.name, str(row.speaker or row.voice))})
    if manner not in Attribution.Manner.values:
        raise gate.Refused(f"manner: {manner!r} is not one of {', '.join(Attribution.Manner)}")
    text = ArticleText.objects.get(pk=row.article_id).text
    for name, (start, end) in spans.items():
        gate.span(name, start, end, text[start:end], text)
    if not spans:
        raise gate.Refused("source: mark who speaks, or the words that attribute")
    others = row.voices.exclude(speaker=speaker).order_by("position")
    chain = [speaker.pk, *list(others.values_list("speaker", flat=True))[1:]]
    check_chain(row, chain)
    batch = Batch.begin("mark voice", actor)
    _retire(batch, row)
    said = _attribution(batch, row, speaker, spans, manner=manner, run=run)
    wanted = {
        "voice": Claim.Voice.ATTRIBUTED.value,
        "voice_status": Claim.VoiceStatus.CONFIRMED.value,
        "chain": chain,
        "attribution": said.pk,
    }
    outcome = rule(batch, [row], lambda claim: wanted)
    return Outcome(batch.uid, outcome.changed + 1, outcome.unchanged)


def _attribution(
    batch: Batch,
    claim: Claim,
    speaker: Speaker,
    spans: Mapping[str, Sequence[int]],
    *,
    manner: str,
    run: Run,
) -> Attribution:
    """Store an attribution that an editor marked.

    It is made gone, and comes with this action: undoing the action makes it gone again.
    """
    row = Attribution(
        article=claim.article,
        speaker=speaker,
        manner=manner,
        content=[[claim.sentence_start, claim.sentence_end]],
        **{name: [list(span)] for name, span in spans.items()},
        mention=list(spans["source"]) if "source" in spans else None,
        resolved_by=Attribution.EDITOR,
        score=1.0,
        tier=Attribution.EDITOR,
        first_run=run,
        last_run=run,
        gone=True,
    )
    row.anchor_key = f"{Attribution.EDITOR} {row.uid}"
    row.save()
    _turn(batch, row, gone=False)
    return row


def _retire(batch: Batch, claim: Claim) -> None:
    """Let go of what an editor marked before as the voice of this claim, and of no other."""
    earlier = claim.attribution
    if earlier is None or earlier.tier != Attribution.EDITOR:
        return
    if not earlier.claims.exclude(pk=claim.pk).exists():
        _turn(batch, earlier, gone=True)


def _turn(batch: Batch, row: Attribution, *, gone: bool) -> None:
    before = {"gone": not gone, "version": row.version}
    records.write(row, {"gone": gone})
    record([batch.entry(row, before, {"gone": gone, "version": row.version})])


def _check_place(article: Article, place: Place) -> None:
    if len(place.surface) > LONGEST:
        raise gate.Refused(f"span: {len(place.surface)} characters; at most {LONGEST} are a claim")
    text = ArticleText.objects.get(pk=article.pk).text
    gate.span("span", place.start, place.end, place.surface, text)


def _check_free(article: Article, place: Place, *, but: int | None = None) -> None:
    """Refuse words that are a claim already."""
    same = Claim.objects.current().filter(article=article, start=place.start, end=place.end)
    if other := same.exclude(pk=but or 0).first():
        raise gate.Refused(f"span: “{other}” is a claim already: {other.kind}, {other.status}")


def _missed(article: Article, marked: Marked, run: Run) -> tuple[Claim, dict[int, Any]]:
    """Return the claim for marked words, still gone, and what stood in its machine's fields.

    Where the engine once found a claim that it no longer finds, that row comes back. A claim that
    an editor moved away keeps its key, so that the engine knows it: then this one has its own.
    """
    _check_free(article, marked.place)
    earlier = Claim.objects.filter(article=article, anchor_key=marked.place.key).first()
    if earlier and earlier.gone:
        (claim,) = locked(Claim.objects.by_id(earlier.pk))
        return claim, put([claim], lambda row: _give(row, marked))
    claim = Claim(article=article, missing=True, first_run=run, last_run=run)
    claim.anchor_key = f"{Attribution.EDITOR} {claim.uid}" if earlier else marked.place.key
    _give(claim, marked)
    start, end = marked.place.sentence
    claim.passage = ArticleText.objects.get(pk=article.pk).text[start:end]
    columns.create([claim])
    return claim, {}


def _give(claim: Claim, marked: Marked) -> None:
    claim.machine, claim.machine_chain = marked.finding, marked.chain
