"""The form on a claim's page: every field an editor may correct, and the chain of its voices."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect

from claims.admin.change_form import ChangeForm
from claims.models import Claim, ClaimVoice, Speaker

FIELDS = (
    *("kind", "comparator", "value", "low", "high", "vague", "unit", "per", "concept"),
    *("edtf", "modality", "scope_edtf", "scope_place", "voice"),
)
VOICES = ("voice_1", "voice_2", "voice_3", "voice_4")
"""Slots for the chain of voices, nearest first; a longer chain keeps its end as it is."""


class SpeakerPicker(AutocompleteSelect):
    """Finds speakers by the beginning of a name; the voices of `article` come first."""

    article: int | None = None

    def get_url(self) -> str:
        """Return the address that answers, which learns the article."""
        return f"{super().get_url()}?{urlencode({'article': self.article or ''})}"


def speaker_field(label: str) -> forms.ModelChoiceField:
    """Return a field for one speaker, found by the beginning of the name."""
    picker = SpeakerPicker(ClaimVoice._meta.get_field("speaker"), admin.site)
    return forms.ModelChoiceField(Speaker.objects.all(), required=False, label=label, widget=picker)


class ClaimForm(ChangeForm):
    """Corrections of one claim: each field left alone keeps following the machine."""

    voice_1 = speaker_field("nearest voice")
    voice_2 = speaker_field("who cites")
    voice_3 = speaker_field("who cites")
    voice_4 = speaker_field("who cites")
    reason = forms.CharField(
        required=False,
        max_length=500,
        help_text="Why, for whoever looks at it later. Optional.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = Claim
        fields = FIELDS
        labels = {"edtf": "date (EDTF)", "per": "per", "modality": "modality"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        claim: Claim = kwargs["instance"]
        self.chain = list(claim.voices.order_by("position").values_list("speaker", flat=True))
        slots = dict(zip(VOICES, [*self.chain, *[None] * len(VOICES)], strict=False))
        super().__init__(*args, **{**kwargs, "initial": slots | kwargs.get("initial", {})})
        for name in VOICES:
            self.fields[name].widget.article = claim.article_id

    def edits(self) -> dict[str, Any]:
        """Return the fields that the user changed; the slots of voices are one field, `chain`."""
        edits = super().edits()
        slots = [name for name in VOICES if name in edits]
        for name in slots:
            del edits[name]
        if slots:
            chosen = [self.cleaned_data.get(name) for name in VOICES]
            edits["chain"] = [voice.pk for voice in chosen if voice] + self.chain[len(VOICES) :]
        return edits
