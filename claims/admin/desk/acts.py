"""What can be ruled from the open card: as on a claim's page, and with voices by one key."""

from collections.abc import Mapping
from typing import Any

from django import forms

from claims import gate
from claims.admin.desk.card import said_of
from claims.admin.desk.certain import is_certain
from claims.admin.desk.page import attributions_of
from claims.admin.rulings import RULINGS as ON_PAGE
from claims.admin.rulings import Ruling
from claims.curation import review
from claims.curation.rulings import Outcome
from claims.models import Claim, Speaker
from claims.models.claim import ClaimQuerySet


class VoiceForm(forms.Form):
    """Whose words a claim is: a speaker, or else a state."""

    speaker = forms.ModelChoiceField(Speaker.objects.all(), required=False)
    voice = forms.ChoiceField(choices=Claim.Voice.choices, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a form that says neither."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("speaker") and not cleaned.get("voice"):
            raise forms.ValidationError("choose a speaker or a state")
        return cleaned


def accept_both(
    claims: ClaimQuerySet, actor: Any, seen: Mapping[int, int], asked: Mapping[str, Any]
) -> Outcome:
    """Accept figure and voice, where the desk offers that: the voice is certain.

    Raises:
        Refused: if the voice of a claim is not certain.
    """
    for claim in claims.select_related("article"):
        chain = list(claim.voices.order_by("position").values_list("speaker", flat=True))
        if not is_certain(claim, chain, said_of(claim, attributions_of(claim.article))):
            raise gate.Refused(
                f"voice: “{claim}” has none that one key may accept; accept the figure, then "
                "confirm the voice if it is right"
            )
    return review.accept(claims, actor=actor, voice=True, versions=seen)


def set_voice(
    claims: ClaimQuerySet, actor: Any, seen: Mapping[int, int], asked: Mapping[str, Any]
) -> Outcome:
    """Rule whose words a claim is: a speaker as the nearest voice, or a state of the voice.

    Whoever says so has reviewed the voice.
    """
    (claim,) = claims
    fields: dict[str, Any] = {"voice_status": Claim.VoiceStatus.CONFIRMED.value}
    if asked["speaker"]:
        pk = asked["speaker"].pk
        others = list(claim.voices.order_by("position").values_list("speaker", flat=True))
        chain = [pk, *(one for one in others[1:] if one != pk)]
        fields |= {"voice": Claim.Voice.ATTRIBUTED.value, "chain": chain}
    else:
        fields["voice"] = asked["voice"]
    return review.correct(claim, fields, actor=actor, version=seen[claim.pk])


RULINGS: Mapping[str, Ruling] = {
    **ON_PAGE,
    "accept_both": Ruling("Accept figure and voice", "Figure and voice accepted", accept_both),
    "set_voice": Ruling("Set voice", "Voice set", set_voice, VoiceForm),
}
"""The rulings of a claim's page, and those that the desk has its own way with."""

ONWARD = frozenset({"accept", "accept_both", "reject", "take_newer", "keep", "confirm"})
"""The rulings after which the next card opens; after the others the editor is not done."""
