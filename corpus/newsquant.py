"""Quantities in the shape of NewsQuant and its kin: floats, units in words, no dates."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from corpus.findings import Claim
from corpus.lexicon import load
from corpus.quantities.nouns import is_plural, singular

_CURRENCIES = load("currencies")["currency"]
UNIT_WORDS: dict[str, str] = {
    "%": "percentage",
    "pp": "percentage point",
    "bp": "basis point",
    **{
        unit["code"]: unit.get("name") or unit["forms"][:2][-1]
        for unit in load("units")["unit"]
        if unit["forms"] or "name" in unit
    },
    **{money["code"]: money["name"] for money in _CURRENCIES},
}
_PARTS = {money["code"]: money.get("parts", 100) for money in _CURRENCIES}
_LEFT_OUT = frozenset(
    ("a", "an", "the", "and", "or", "of", "its", "his", "her", "their", "our", "these", "those")
)
_WORD = re.compile(r"[^\s\"“”‘,;]+")
_ARTICLE = re.compile(r"an?\s(?!half|quarter|third)", re.IGNORECASE)
_SIDE = re.compile(
    r"(?!shipping|building|housing|mining|banking|training|parking|nursing)[a-z]{2,}(?:ly|ed|ing)"
)
_POSSESSIVE = re.compile(r"['’]s?\Z")


def mentions(claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """Return the quantities among `claims`; those sets mark no dates, no "several", no "a week"."""
    return [_mention(claim) for claim in claims if claim.kind != "date" and not _is_unmarked(claim)]


def _is_unmarked(claim: Claim) -> bool:
    if claim.kind == "duration" and _ARTICLE.match(claim.surface):
        return True
    return claim.vague and _magnitude(claim) is None


def _magnitude(claim: Claim) -> Fraction | None:
    """Return the 1,000 of "thousands" and the 12 of "dozens"; None for "several"."""
    low = Fraction(claim.low or 0)
    if low == 24:
        return Fraction(12)
    return low if re.fullmatch("10+", claim.low or "") else None


def _mention(claim: Claim) -> dict[str, Any]:
    low, value, high = _ends(claim)
    return {
        "start": claim.start,
        "end": claim.end,
        "kind": _kind(claim, low is not None and high is not None),
        "value": _float(value),
        "low": _float(low),
        "high": _float(high),
        "unit": _unit(claim),
        "comparator": "~" if claim.comparator in ("~<", "~>") else claim.comparator,
        "change": _label(claim),
    }


def _label(claim: Claim) -> str | None:
    """Return "up" or "down" where a verb says so; a noun ("a 3 percent drop") and a move from one
    value to another have no label in those sets.
    """
    change = claim.change
    if change is None or change.start or (change.span and change.span.start >= claim.end):
        return None
    return "up" if change.direction == "increase" else "down"


def _ends(claim: Claim) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Return low, value and high, in minor units where the text has them ("19 cents").

    A move from one value to another has both, in the order told; a vague amount reaches up to
    ten times its word.
    """
    parts = _PARTS[claim.unit] if claim.unit and claim.rule == "minor money" else 1
    low, value, high = (
        Fraction(end) * parts if end is not None else None
        for end in (claim.low, claim.value, claim.high)
    )
    if claim.vague and (magnitude := _magnitude(claim)):
        return magnitude, None, magnitude * 10
    if claim.change and claim.change.start and value is not None:
        return Fraction(claim.change.start) * parts, None, value
    return low, value, high


def _kind(claim: Claim, ends: bool) -> str:
    if claim.kind == "duration":
        return "age" if claim.concept == "age" else "duration"
    if claim.kind in ("count", "share"):
        return "range" if ends else "cardinal"
    return claim.kind


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _unit(claim: Claim) -> str | None:
    """Return the unit in words; a count is measured in what it counts."""
    if claim.rule == "minor money":
        last = claim.surface.lower().split()[-1].split("-")[-1]
        words: str | None = "penny" if last.endswith("p") else last.removesuffix("s")
    elif claim.unit:
        words = UNIT_WORDS.get(claim.unit, claim.unit)
    elif claim.kind == "share":
        words = f"% {_counted(claim) or '-'}"
    else:
        words = _counted(claim)
    return f"{words} per {claim.per}" if words and claim.per else words


def _counted(claim: Claim) -> str | None:
    """Return "johnson deputy" for "Johnson's deputies": one name alone keeps its plural."""
    found = [_POSSESSIVE.sub("", word) for word in _WORD.findall(claim.concept or "")]
    *others, last = found or [""]
    kept = [word for word in others if word.lower() not in _LEFT_OUT and not _SIDE.fullmatch(word)]
    if "of" in others:
        kept[:1] = [singular(kept[0].lower())]
    if is_plural(last.lower()) and (kept or last[0].islower()):
        last = singular(last.lower())
    return " ".join((*kept, last)).lower() or None
