"""What a row of a claim says, field by field in words: for one version, or two side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from claims import phrases
from claims.when import in_words

COMPARATORS: Final = {
    "~": "about",
    "<": "less than",
    "<=": "at most",
    ">": "more than",
    ">=": "at least",
    "~<": "nearly, from below",
    "~>": "a little over",
}
"""Comparators in words; “=” needs none."""

_UNITS: Final = {"%": "percent (%)", "pp": "percentage points (pp)"}


@dataclass(frozen=True, slots=True)
class Beside:
    """One field of two versions, in words; empty: nothing is said, or it is not shown."""

    name: str
    cited: str
    today: str

    @property
    def differs(self) -> bool:
        """Whether the two versions say something else."""
        return self.cited != self.today


def figure(row: Mapping[str, Any]) -> str:
    """Return the figure of a row as a phrase, dates as readers write them."""
    if row["kind"] == "date" and row["edtf"]:
        return in_words(row["edtf"])
    return phrases.reading(row)


def figure_of_what(row: Mapping[str, Any]) -> str:
    """Return the figure and what is counted or measured."""
    concept = row["concept"]
    return f"{figure(row)} {concept}" if concept and concept not in figure(row) else figure(row)


def fields(row: Mapping[str, Any]) -> dict[str, str]:
    """Return what a row says: names of fields in words, with their values; "" for nothing."""
    kind = "date" if row["kind"] == "date" else row["kind"]
    said: dict[str, Any] = {
        "Kind": kind,
        "Value, exact": row["value"],
        "Lower bound, exact": row["low"],
        "Upper bound, exact": row["high"],
        "Stated as": COMPARATORS.get(row["comparator"]),
        "Vague": "yes: a lower bound only" if row["vague"] else "",
        "Unit": _UNITS.get(row["unit"] or "", row["unit"]),
        "Per": row["per"],
        "Change": phrases.change(row["change"]).removeprefix(", "),
        "Of what": row["concept"],
        "Date": _date(row["edtf"]),
        "Not resolved": row["unresolved"],
        "Period": _date(row["scope_edtf"]),
        "Place": row["scope_place"],
        "Put as": "" if row["modality"] == "asserted" else row["modality"],
    }
    return {name: value or "" for name, value in said.items()}


def voice(row: Mapping[str, Any]) -> str:
    """Return whose words a row says it is, as far as the reader may know."""
    if row["voice"] == "attributed":
        return ", citing ".join(one["name"] for one in row["chain"])
    return {"own": "the article itself", "undetermined": "not determined"}.get(row["voice"], "")


def beside(cited: Mapping[str, Any], today: Mapping[str, Any]) -> list[Beside]:
    """Return what either of two versions of a claim says, in the order it is read."""
    sides = [
        {"Words": row["surface"] or "", "Figure": figure(row), "Stated by": voice(row)}
        | fields(row)
        | {"Checked": " · ".join(filter(None, (row["label"], row["voice_label"])))}
        for row in (cited, today)
    ]
    rows = [Beside(name, value, sides[1][name]) for name, value in sides[0].items()]
    return [row for row in rows if row.cited or row.today]


def _date(edtf: str | None) -> str:
    if not edtf:
        return ""
    words = in_words(edtf)
    return words if words == edtf else f"{words} ({edtf})"
