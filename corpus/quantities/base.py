"""What a rule of this package returns: quantities, designators and their parts."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.quantities.calendar import Expression
from corpus.spans import Span

KINDS = ("count", "money", "percent", "share", "ordinal", "measure", "duration", "date")
COMPARATORS = ("=", "~", "<", "<=", ">", ">=", "~<", "~>")
MODALITIES = ("asserted", "planned", "forecast", "conditional", "presupposed", "denied")


@dataclass(frozen=True, slots=True)
class Change:
    """A movement: `direction` is `increase` or `decrease`.

    `start` is the exact value the figure moved from, in the figure's own unit ("from 3.1 to 3.6
    percent"), `baseline` the words it is compared with ("2019", "the previous year"), `span`
    the words that say so. `ambiguous` marks "a 178 percent of increase": by or to.
    """

    direction: str
    start: str | None = None
    baseline: str | None = None
    span: Span | None = None
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure or calendar expression, with everything the words around it say of it.

    `value`, `low` and `high` are exact: a decimal in plain digits ("1200000", "-0.5") or a
    rational ("1/3"). A figure with two ends has `low` and `high` and no `value`; a vague amount
    has `low` alone. `unit` is an ISO 4217 code, "%", "pp" or a unit code; None for plain counts.
    `calendar` is the unresolved calendar expression of a date (see `corpus.quantities.calendar`),
    `scope_span` the span of the date a figure is about, `place_span` that of the place.
    """

    span: Span
    kind: str
    rule: str
    value: str | None = None
    low: str | None = None
    high: str | None = None
    comparator: str = "="
    vague: bool = False
    unit: str | None = None
    per: str | None = None
    change: Change | None = None
    concept: str | None = None
    concept_head: str | None = None
    concept_span: Span | None = None
    hedge_span: Span | None = None
    scope_span: Span | None = None
    place_span: Span | None = None
    modality: str = "asserted"
    calendar: Expression | None = None
    score: float = 0.9

    @property
    def end(self) -> int:
        """Where it ends with what it counts."""
        return max(self.span.end, self.concept_span.end if self.concept_span else 0)


@dataclass(frozen=True, slots=True)
class Designator:
    """A number that only names something ("Unit 731"), and why it is no claim."""

    span: Span
    reason: str
