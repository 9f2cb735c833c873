"""A claim's change in a form: which way it goes, from where, against what, each a field."""

from collections.abc import Mapping
from typing import Any

from django import forms

from claims import gate
from claims.admin.editing import EditForm

PARTS = ("change_direction", "change_start", "change_baseline", "change_ambiguous")

Held = Mapping[str, Any] | None
"""A change as it is stored."""


def parts_of(change: Held) -> dict[str, Any]:
    """Return what the fields of a change begin with."""
    return {name: (change or {}).get(name.removeprefix("change_")) or "" for name in PARTS}


class ChangeFields(forms.ModelForm):
    """The parts of a claim's change, as fields of a form for claims."""

    change_direction = forms.ChoiceField(
        required=False,
        label="change",
        choices=[("", "none"), ("increase", "increase"), ("decrease", "decrease")],
    )
    change_start = forms.CharField(required=False, max_length=80, label="change: from")
    change_baseline = forms.CharField(required=False, max_length=200, label="change: against")
    change_ambiguous = forms.BooleanField(required=False, label="change: “by” or “to” is open")

    def clean(self) -> dict[str, Any]:
        """Refuse parts of no change, and a beginning that is no exact value."""
        cleaned = super().clean() or self.cleaned_data
        if any(cleaned.get(name) for name in PARTS[1:]) and not cleaned.get("change_direction"):
            self.add_error("change_direction", "Choose increase or decrease, or empty the rest.")
        try:
            start = cleaned.get("change_start")
            cleaned["change_start"] = gate.exact("from", start) if start else ""
        except gate.Refused as problem:
            self.add_error("change_start", str(problem))
        return cleaned

    def change(self, held: Held) -> dict[str, Any] | None:
        """Return the change as the fields say it; what nobody edited is as `held`."""
        edited = [name for name in PARTS if name in self.changed_data]
        if not self.cleaned_data["change_direction"] or not edited:
            return dict(held) if held and not edited else None
        said = {name.removeprefix("change_"): self.cleaned_data[name] or None for name in edited}
        change = {"start": None, "baseline": None, "ambiguous": False, **(held or {}), **said}
        return change | {"ambiguous": bool(change["ambiguous"])}


class ChangeForm(ChangeFields, EditForm):
    """A form of a stored claim in which its change can be corrected part by part."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        parts = parts_of(kwargs["instance"].change)
        super().__init__(*args, **{**kwargs, "initial": parts | kwargs.get("initial", {})})

    def edits(self) -> dict[str, Any]:
        """Return the fields that the user changed; the parts of the change are one, `change`."""
        edits = super().edits()
        touched = [name for name in PARTS if name in edits]
        for name in touched:
            del edits[name]
        return edits | ({"change": self.change(self.instance.change)} if touched else {})
