"""A speaker's figures over time: what can be drawn together, and the drawing of one of them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count

from claims import phrases, timeline
from claims.filters.base import BadQuestion
from claims.filters.claims import WITHOUT_UNIT
from claims.filters.readers import Reader
from claims.models.claim import ClaimQuerySet
from claims.pages import asking

MOST_SERIES: Final = 24
MOST_DRAWN: Final = 200
"""Figures of one series that are drawn and listed: the newest."""

_SAME: Final = ("kind", "unit", "per", "concept")
_SIGNS_UP: Final = frozenset({">", ">=", "~>"})
_SIGNS_DOWN: Final = frozenset({"<", "<=", "~<"})


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one kind, unit, rate and concept, which can stand on one axis."""

    key: str
    name: str
    number: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One series as a picture and as rows, oldest first; `left_out` older ones are in neither."""

    series: Series
    picture: timeline.Picture | None
    rows: asking.Rows
    left_out: int


def series_of(claims: ClaimQuerySet) -> list[Series]:
    """Return the series with two figures or more, largest first; one statement.

    Figures of which nobody knows what they count or measure are no series.
    """
    figures = claims.exclude(kind__in=("date", "ordinal")).exclude(number_low=None)
    figures = figures.exclude(concept="")
    counts = figures.order_by().values(*_SAME).annotate(number=Count("pk")).filter(number__gt=1)
    found = counts.order_by("-number", *_SAME)[:MOST_SERIES]
    return [_series(row) for row in found if row["unit"] or row["kind"] in WITHOUT_UNIT]


def chosen(series: Sequence[Series], key: str) -> Series | None:
    """Return the series with a key, or the largest if none is asked for; None if there is none.

    Raises:
        BadQuestion: for a key of no series.
    """
    if not key:
        return series[0] if series else None
    for one in series:
        if one.key == key:
            return one
    raise BadQuestion({"figure": "is none of the figures that can be drawn here"})


def drawn(claims: ClaimQuerySet, series: Series, reader: Reader) -> Drawn:
    """Return the picture and the rows of one series; two statements."""
    same = claims.filter(**series.fields, number_low__isnull=False)
    ids = same.order_by("-published_latest", "-pk").values_list("pk", flat=True)[:MOST_DRAWN]
    rows = sorted(asking.shown(ids, reader), key=_day_of)
    picture = timeline.drawn([_figure(row) for row in rows])
    return Drawn(series, picture, rows, series.number - len(rows))


def _series(row: Mapping[str, Any]) -> Series:
    fields = {name: row[name] for name in _SAME}
    key = hashlib.sha256("\n".join(fields.values()).encode()).hexdigest()[:10]
    unit = {"%": "percent", "pp": "percentage points"}.get(row["unit"], row["unit"])
    name = row["concept"] + (f" ({unit})" if unit else "")
    name += f" per {row['per']}" if row["per"] else ""
    return Series(key, name, row["number"], fields)


def _figure(row: Mapping[str, Any]) -> timeline.Figure:
    """Return a row as it is drawn: “at least” and its like are open at one end."""
    low, high = row["number_low"], row["number_high"]
    if not row["value"] and not (row["low"] and row["high"]):
        low, high = (low, None) if row["low"] else (None, high)
    elif row["value"] and row["comparator"] in _SIGNS_UP:
        high = None
    elif row["value"] and row["comparator"] in _SIGNS_DOWN:
        low = None
    return timeline.Figure(
        low=low,
        high=high,
        first=row["published_earliest"],
        last=row["published_latest"],
        says=f"{phrases.reading(row)}, {row['published'] or 'date unknown'}",
        rough=row["vague"] or row["comparator"].startswith("~"),
    )


def _day_of(row: Mapping[str, Any]) -> tuple[bool, int, int]:
    day = row["published_latest"] or row["published_earliest"]
    return day is None, day or 0, row["start"]
