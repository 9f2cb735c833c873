"""A change in percent, worked out both ways: “by” so much and “to” so much."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from claims import gate, phrases
from claims.models import Claim

_AMOUNTS = ("count", "money", "measure")


@dataclass(frozen=True, slots=True)
class Working:
    """One way to read a change: how it is put, and the sum, exact where it says “=”."""

    way: str
    sums: list[str]


def both_ways(claim: Claim, beside: Iterable[Claim]) -> list[Working]:
    """Return what a change in percent implies if it is meant “by” and if it is meant “to”.

    `beside` are other claims; the amounts among them that share the claim's sentence are taken
    for what stands after the change. Empty for claims that are no change in percent.
    """
    if not claim.change or claim.unit != "%" or not claim.value:
        return []
    part = gate.fraction(claim.value) / 100
    rises = claim.change.get("direction") == "increase"
    by, to = (1 + part if rises else 1 - part), part
    amounts = [one for one in beside if _is_amount(one, claim)]
    verb = "rose" if rises else "fell"
    return [
        Working(f"{verb} {way} {phrases.grouped(claim.value)} %", _sums(factor, amounts))
        for way, factor in (("by", by), ("to", to))
    ]


def _is_amount(other: Claim, claim: Claim) -> bool:
    return (
        other.pk != claim.pk
        and other.kind in _AMOUNTS
        and bool(other.value)
        and (other.sentence_start, other.sentence_end) == (claim.sentence_start, claim.sentence_end)
    )


def _sums(factor: Fraction, amounts: Iterable[Claim]) -> list[str]:
    sums = [f"after = {_decimal(factor)} × before"]
    if factor > 0:
        sums += [
            f"if {phrases.reading_of(one)} is after: before = "
            f"{phrases.grouped(one.value)} ÷ {_decimal(factor)} "
            f"{_equal(gate.fraction(one.value) / factor)}"
            for one in amounts
        ]
    return sums


def _equal(number: Fraction) -> str:
    places = 2 if number >= 1 else 4
    return f"{'=' if number == round(number, places) else '≈'} {_decimal(number, places)}"


def _decimal(number: Fraction, places: int = 4) -> str:
    """Return a number with at most so many places."""
    rounded = f"{float(round(number, places)):.{places}f}"
    return phrases.grouped(rounded.rstrip("0").rstrip("."))
