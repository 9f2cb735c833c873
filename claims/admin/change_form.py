"""A claim's change in a form: which way it goes, from where, against what, each a field."""

from typing import Any

from django import forms

from claims import gate
from claims.admin.editing import EditForm

PARTS = ("change_direction", "change_start", "change_baseline", "change_ambiguous")


class ChangeForm(EditForm):
    """A form of a claim in which its change can be corrected part by part."""

    change_direction = forms.ChoiceField(
        required=False,
        label="change",
        choices=[("", "none"), ("increase", "increase"), ("decrease", "decrease")],
    )
    change_start = forms.CharField(required=False, max_length=80, label="change: from")
    change_baseline = forms.CharField(required=False, max_length=200, label="change: against")
    change_ambiguous = forms.BooleanField(required=False, label="change: “by” or “to” is open")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        held = kwargs["instance"].change or {}
        parts = {name: held.get(name.removeprefix("change_")) or "" for name in PARTS}
        super().__init__(*args, **{**kwargs, "initial": parts | kwargs.get("initial", {})})

    def clean(self) -> dict[str, Any]:
        """Refuse parts of no change, and a beginning that is no exact value."""
        cleaned = super().clean()
        if any(cleaned.get(name) for name in PARTS[1:]) and not cleaned.get("change_direction"):
            self.add_error("change_direction", "Choose increase or decrease, or empty the rest.")
        try:
            start = cleaned.get("change_start")
            cleaned["change_start"] = gate.exact("from", start) if start else ""
        except gate.Refused as problem:
            self.add_error("change_start", str(problem))
        return cleaned

    def edits(self) -> dict[str, Any]:
        """Return the fields that the user changed; the parts of the change are one, `change`."""
        edits = super().edits()
        touched = [name for name in PARTS if name in edits]
        for name in touched:
            del edits[name]
        return edits | ({"change": self._change()} if touched else {})

    def _change(self) -> dict[str, Any] | None:
        if not self.cleaned_data["change_direction"]:
            return None
        held = {"start": None, "baseline": None, "ambiguous": False, **(self.instance.change or {})}
        said = {
            name: self.cleaned_data[name] or None for name in PARTS if name in self.changed_data
        }
        change = held | {name.removeprefix("change_"): value for name, value in said.items()}
        return change | {"ambiguous": bool(change["ambiguous"])}
