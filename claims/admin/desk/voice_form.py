"""The form that marks who speaks: words of the article, and the speaker they stand for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict

from claims import history
from claims.curation import pointing, records
from claims.models import Article, Attribution, Claim, Speaker
from claims.runs.pointing import marking_run, trimmed

_SPANS = ("source", "cue")


class VoiceMarkForm(forms.Form):
    """Who speaks and where it says so; the words are `[start, end)` in code points."""

    speaker = forms.ModelChoiceField(
        Speaker.objects.none(), required=False, empty_label="a new one, named below"
    )
    name = forms.CharField(required=False, max_length=200, label="new name")
    kind = forms.ChoiceField(choices=Speaker.Kind.choices, required=False)
    manner = forms.ChoiceField(choices=Attribution.Manner.choices, initial="indirect")
    source_start = forms.IntegerField(required=False, min_value=0, label="who speaks: first place")
    source_end = forms.IntegerField(required=False, min_value=1, label="last place")
    cue_start = forms.IntegerField(required=False, min_value=0, label="cue: first place")
    cue_end = forms.IntegerField(required=False, min_value=1, label="last place")
    version_seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        claim: Claim,
        text: str,
        pointed: Mapping[str, tuple[int, int]],
        data: QueryDict | None = None,
    ) -> None:
        self.claim, self.text = claim, text
        self.pointed = dict(pointed)
        self.conflict: history.Stale | None = None
        spans = _present(claim) | self.pointed
        named = text[slice(*spans["source"])] if "source" in spans else ""
        known = voices_of(claim.article_id)
        likely = next((row for row in known if named and _alike(str(row), named)), None)
        initial: dict[str, Any] = {"version_seen": claim.version, "name": named[:200]}
        initial |= {"speaker": likely, "kind": Speaker.Kind.PERSON}
        for name, (start, end) in spans.items():
            initial |= {f"{name}_start": start, f"{name}_end": end}
        super().__init__(data, initial=initial, prefix="voice")
        chooser: Any = self.fields["speaker"]
        chooser.queryset = Speaker.objects.filter(pk__in=[row.pk for row in known])

    def clean(self) -> dict[str, Any]:
        """Refuse a form without a speaker."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("speaker") and not (cleaned.get("name") and cleaned.get("kind")):
            raise forms.ValidationError("choose a speaker, or give a name and a kind")
        return cleaned

    def spans(self) -> dict[str, list[int]]:
        """Return the spans that are given, without blanks at their ends.

        Raises:
            Refused: if one marks no words of the article.
        """
        found = {}
        for name in _SPANS:
            start, end = (self.cleaned_data[f"{name}_{edge}"] for edge in ("start", "end"))
            if start is not None and end is not None:
                span = trimmed(self.text, start, end)
                found[name] = [span.start, span.end]
        return found

    def again(self, problem: history.Stale) -> "VoiceMarkForm":
        """Return the form as it was sent, with the version stored now: one step to repeat."""
        sent: Any = self.data
        data = sent.copy()
        data["voice-version_seen"] = str(getattr(problem.row, "version", ""))
        form = VoiceMarkForm(self.claim, self.text, self.pointed, data)
        form.conflict = problem
        return form


@transaction.atomic
def save_voice(form: VoiceMarkForm, *, actor: User) -> None:
    """Store what the form says, with the speaker if nobody knew it; or nothing of it.

    Raises:
        Stale: if the claim changed since it was shown.
        Refused: for words or names that make no sense.
    """
    given = form.cleaned_data
    spans = form.spans()
    speaker = given["speaker"] or _new_speaker(form.claim.article, given["name"], given["kind"])
    if speaker.pk is None:
        records.create(speaker, actor=actor)
    pointing.mark_voice(
        form.claim,
        speaker,
        spans,
        manner=given["manner"],
        run=marking_run(),
        actor=actor,
        version=given["version_seen"],
    )


def voices_of(article: int) -> list[Speaker]:
    """Return the speakers of an article's attributions and claims, by name."""
    said = Attribution.objects.filter(article=article, gone=False).values("speaker")
    ruled = Claim.objects.current().filter(article=article).values("speaker")
    rows = Speaker.objects.filter(pk__in=said) | Speaker.objects.filter(pk__in=ruled)
    return list(rows.distinct().order_by("name"))


def _new_speaker(article: Article, name: str, kind: str) -> Speaker:
    """Return the speaker of that name that the article has already, or one not stored yet.

    As with names that the engine reads, whether another article's is the same is judged apart.
    """
    row = Speaker.objects.filter(article=article, read_as=name, kind=kind).first()
    return row or Speaker(article=article, name=name, read_as=name, kind=kind)


def _present(claim: Claim) -> dict[str, tuple[int, int]]:
    """Return the words that say who speaks as they are marked now."""
    row = claim.attribution
    if row is None:
        return {}
    spans = {name: getattr(row, name) for name in _SPANS}
    return {name: (found[0][0], found[0][1]) for name, found in spans.items() if found}


def _alike(name: str, words: str) -> bool:
    return name.casefold() in words.casefold() or words.casefold() in name.casefold()
