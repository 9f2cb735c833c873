"""Figures put into words, for editors and readers alike."""

from collections.abc import Mapping
from typing import Any, Final

from claims.models import Claim

_SIGNS: Final = {
    "=": "",
    "~": "about ",
    "<": "less than ",
    "<=": "at most ",
    ">": "more than ",
    ">=": "at least ",
    "~<": "nearly ",
    "~>": "a little over ",
}
_UNITS: Final = {"%": "%", "pp": " percentage points"}


def reading(fields: Mapping[str, Any]) -> str:
    """Return a figure as a phrase: comparator, exact value or bounds, unit, rate.

    `fields` holds a claim's columns, or what a finding gives for them.

    >>> reading({"kind": "count", "value": "1200", "comparator": ">=", "unit": "", "per": "week"})
    'at least 1,200 per week'
    """
    if fields["kind"] == "date":
        return str(fields.get("edtf") or f"not resolved: {fields.get('unresolved') or 'no reason'}")
    value, low, high = (grouped(fields.get(name) or "") for name in ("value", "low", "high"))
    figure = value or (f"{low} to {high}" if low and high else low or high)
    if not value and bool(low) != bool(high):
        figure = f"{low} or more" if low else f"up to {high}"
    unit = _unit(fields, figure)
    words = _SIGNS.get(fields.get("comparator") or "=", "") + figure
    words += _UNITS.get(unit, f" {unit}" if unit else "")
    words += f" per {fields['per']}" if fields.get("per") else ""
    return words + change(fields.get("change")) + (" (vague)" if fields.get("vague") else "")


def _unit(fields: Mapping[str, Any], figure: str) -> str:
    """Return the unit of a figure; spans of time as words, one or several."""
    unit: str = fields.get("unit") or ""
    if fields["kind"] != "duration" or figure == "1":
        return unit
    return f"{unit.removesuffix('y')}ies" if unit == "century" else f"{unit}s" * bool(unit)


def grouped(exact: str) -> str:
    """Return an exact value with its thousands apart: "-1234.5" as "-1,234.5"."""
    parts = []
    for number in exact.split("/"):
        whole, point, rest = number.removeprefix("-").partition(".")
        sign = "-" if number.startswith("-") else ""
        parts.append(sign + (f"{int(whole):,}" if whole.isdecimal() else whole) + point + rest)
    return "/".join(parts)


def change(movement: Mapping[str, Any] | None) -> str:
    """Return a finding's change as a phrase that follows the figure."""
    if not movement:
        return ""
    words = f", {movement.get('direction')}"
    if movement.get("from") or movement.get("start"):
        words += f" from {grouped(str(movement.get('from') or movement.get('start')))}"
    return words + (f" against {movement['baseline']}" if movement.get("baseline") else "")


def reading_of(claim: Claim) -> str:
    """Return a claim's effective reading as a phrase."""
    names = ("kind", "value", "low", "high", "comparator", "unit", "per", "change", "vague")
    return reading({name: getattr(claim, name) for name in (*names, "edtf", "unresolved")})
