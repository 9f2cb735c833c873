"""Claims taken in from a package: findings read elsewhere, with rulings on top of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

from claims import columns, export, gate
from claims.datapackage.check import Row
from claims.datapackage.loading import Loading, fitting, parts
from claims.models import Article, Attribution, Claim, ClaimTopic, Ruling
from corpus.findings import text_digest

_AS_FOUND = (
    *("kind", "value", "low", "high", "comparator", "vague", "unit", "per", "change", "concept"),
    *("modality", "edtf", "unresolved", "score", "start", "end"),
)
_EMPTY: Mapping[str, Any] = dict.fromkeys(
    (
        *("concept_head", "concept_span", "hedge_span", "earliest", "latest", "anchor"),
        *("timex_type", "timex_value", "attribution", "calendar"),
    )
)


def claims(loading: Loading) -> None:
    """Store the claims with their voices and topics; their anchors come with the texts."""
    told = _Beside(loading.rows("voices"))
    about = _Beside(loading.rows("claim_topics"))
    private = _Private()
    for rows in parts(loading.rows("claims")):
        articles = Article.objects.in_bulk({loading.articles[row["article"]][0] for row in rows})
        made = []
        for row in rows:
            pk = loading.articles[row["article"]][0]
            voices = [(one, _speaker(loading, pk, one)) for one in told.of(row["uid"])]
            private.note(row, voices)
            made.append(_claim(loading, row, articles[pk], voices))
        columns.create(made)
        loading.claims |= {one.uid: one.pk for one in made}
        _rule(loading, rows)
        columns.refresh(made)
        ClaimTopic.objects.bulk_create(
            ClaimTopic(
                claim_id=loading.claims[row["uid"]],
                topic_id=loading.topics[link["topic"]],
                origin=link["origin"],
            )
            for row in rows
            for link in about.of(row["uid"])
        )
    told.end()
    about.end()
    private.store(loading)


class _Beside:
    """Rows of another table that stand in the order of the claims they belong to."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._groups = groupby(rows, itemgetter("claim"))
        self._next = next(self._groups, None)

    def of(self, claim: str) -> list[Row]:
        """Return the rows of a claim; ask in the order of the claims."""
        if self._next is None or self._next[0] != claim:
            return []
        found = list(self._next[1])
        self._next = next(self._groups, None)
        return found

    def end(self) -> None:
        """Refuse rows that were not asked for."""
        if self._next is not None:
            raise gate.Refused(f"claim: rows of {self._next[0]} are not in the order of the claims")


class _Private:
    """Which row an attribution means that names nobody: a private voice all its claims have."""

    def __init__(self) -> None:
        self._may_be: dict[str, set[int]] = {}

    def note(self, row: Row, voices: list[tuple[Row, int]]) -> None:
        """Narrow the choice by one claim."""
        hidden = {pk for one, pk in voices if one["speaker"] is None}
        if row["attribution"] and hidden:
            self._may_be[row["attribution"]] = self._may_be.get(row["attribution"], hidden) & hidden

    def store(self, loading: Loading) -> None:
        """Write the choice to the attributions that name nobody."""
        by_speaker: dict[int, list[int]] = defaultdict(list)
        for uid, found in self._may_be.items():
            if found:
                by_speaker[min(found)].append(loading.attributions[uid])
        for speaker, pks in by_speaker.items():
            Attribution.objects.filter(pk__in=pks, speaker=None).update(speaker=speaker)


def _speaker(loading: Loading, article: int, told: Row) -> int:
    return loading.speaker(article, told["speaker"], told["written"], told["kind"])


def _claim(loading: Loading, row: Row, article: Article, voices: list[tuple[Row, int]]) -> Claim:
    """Return a claim not yet stored; where its words are not shown, they are blank."""
    loading.place(row["article"], row["sentence_start"], row["sentence_end"])
    blank = loading.blank(row["sentence_end"] - row["sentence_start"])
    start = row["start"] - row["sentence_start"]
    passage = blank if row["passage"] is None else row["passage"]
    if len(passage) != len(blank) or not 0 <= start < row["end"] - row["sentence_start"] <= len(
        blank
    ):
        raise gate.Refused(f"passage: that of {row['uid']} has not its place")
    surface = passage[start : row["end"] - row["sentence_start"]]
    if row["surface"] not in (None, surface):
        raise gate.Refused(f"surface: that of {row['uid']} does not stand in its passage")
    run = loading.run(row["engine"] or "")
    given = loading.attributions[row["attribution"]] if row["attribution"] else None
    machine = _finding(row, voices) | {"surface": surface}
    fitting(Claim, machine, "value", "low", "high", "unit", "per", "concept", "surface")
    return Claim(
        **fitting(Claim, row, "uid"),
        article=article,
        passage=passage,
        anchor_key=text_digest(row["uid"]),
        machine=machine,
        machine_chain=[] if given is None else [given],
        first_run=run,
        last_run=run,
    )


def _finding(row: Row, voices: list[tuple[Row, int]]) -> dict[str, Any]:
    """Return a claim as a finding that names its voices itself."""
    names = [one["written"] for one, _ in voices]
    if len(set(names)) < len(names):
        names = [f"{name} ({place})" for place, name in enumerate(names)]
    nearest = [name for name, (one, _) in zip(names, voices, strict=True) if one["nearest"]]
    return {
        **_EMPTY,
        **{name: row[name] for name in _AS_FOUND},
        "rule": "",
        "scope": {"edtf": row["scope_edtf"], "place": row["scope_place"], "span": None},
        "sentence": [row["sentence_start"], row["sentence_end"]],
        "voice": row["voice"],
        "speaker": nearest[0] if nearest else None,
        "chain": names,
        "speakers": [pk for _, pk in voices],
        "voices": [],
        "candidates": [],
    }


def _rule(loading: Loading, rows: list[Row]) -> None:
    """Write what people ruled of the claims, as rulings of whoever imports."""
    Ruling.objects.bulk_create(
        Ruling(
            claim_id=loading.claims[row["uid"]],
            field=field,
            value=value,
            reason=loading.reason,
            batch=loading.batch.uid,
            actor=loading.actor,
            run_seen=loading.run(row["engine"] or ""),
        )
        for row in rows
        for field, value in _ruled(row)
    )


def _ruled(row: Row) -> Iterator[tuple[str, str]]:
    if row["status"] != Claim.Status.PROPOSED:
        yield "status", row["status"]
    if row["voice_label"] == export.CONFIRMED_LABEL:
        yield "voice_status", Claim.VoiceStatus.CONFIRMED.value
    if row["label"] == export.AWAITED_LABEL:
        yield "second", Claim.Second.AWAITED.value
