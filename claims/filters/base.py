"""How questions are checked: nothing unknown, nothing twice, nothing without end."""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual
from django.http import QueryDict

from claims import gate, search
from claims.filters.readers import Reader, speakers_for
from claims.models import Speaker
from corpus import edtf

MOST_VALUES = 20
LONGEST_VALUE = 500
COUNTED = 10_000
"""Counts stop here: beyond it an answer says "more than"."""

_BEFORE, _AFTER = Value(-(2**62)), Value(2**62)
"""Days before and after all days."""


class BadQuestion(ValueError):
    """A question that cannot be answered: `errors` maps each parameter to what is wrong."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__("; ".join(f"{name}: {why}" for name, why in self.errors.items()))


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that fit, and for each date range asked for those whose date is not known.

    `asked` is the question as it was understood. `parts`, if there are any, have each of these rows
    once: they are walked quicker. `gathered` says that a page and the number of rows are found
    sooner together: by themselves each would take the same way.
    """

    rows: Any  # the QuerySet class that was asked, with its query words
    unknown: Mapping[str, QuerySet] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    parts: Sequence[QuerySet] = ()
    gathered: bool = False

    def left_out(self) -> dict[str, int]:
        """Count the rows left out for want of a date; `COUNTED` + 1 stands for any more."""
        return {name: counted(rows) for name, rows in self.unknown.items()}


def counted(rows: QuerySet) -> int:
    """Count rows, but no further than `COUNTED` + 1."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


class SeveralField(forms.Field):
    """One or more texts, given by repeating the parameter."""

    widget = forms.MultipleHiddenInput


class WordsField(forms.CharField):
    """A full-text query (see `claims.search`)."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if words:
            _checked(search.parse, words)
        return words


class NumberField(forms.CharField):
    """A plain decimal."""

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        return float(_checked(gate.decimal, "value", number)) if number else None


class DayField(forms.CharField):
    """A year, month or day; `last` takes its last day, otherwise its first."""

    last = False

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        try:
            first, last = edtf.bounds(words)
        except ValueError as error:
            raise ValidationError("is no date; write 2025, 2025-04 or 2025-04-28") from error
        day = last if self.last else first
        if "/" in words or day is None:
            raise ValidationError("is no single date; write 2025, 2025-04 or 2025-04-28")
        return day


class LastDayField(DayField):
    """A year, month or day, standing for its last day."""

    last = True


class Several(django_filters.Filter):
    """Any of the texts given; the parameter may be repeated."""

    field_class = SeveralField


class Choice(django_filters.MultipleChoiceFilter):
    """Any of the choices given; the parameter may be repeated."""

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        wrong = f"%(value)s is none of {', '.join(value for value, _ in choices)}"
        messages = {"invalid_choice": wrong}
        super().__init__(*args, choices=choices, distinct=False, error_messages=messages, **kwargs)


class Words(django_filters.Filter):
    """A full-text query."""

    field_class = WordsField


class Bound(django_filters.Filter):
    """One end of a range; the filter set puts the ends together."""

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        return qs


class Number(Bound):
    """An end of a range of values."""

    field_class = NumberField


class FirstDay(Bound):
    """The day a range of dates starts on."""

    field_class = DayField


class LastDay(Bound):
    """The day a range of dates ends on."""

    field_class = LastDayField


@dataclass(frozen=True, slots=True)
class Dates:
    """A range of dates: the columns of the interval, and which rows have such a date at all."""

    earliest: str
    latest: str
    among: Q = field(default_factory=Q)

    def unknown(self) -> Q:
        """Match rows that should have the date but for which it is not known."""
        return self.among & self._ends(known=(False, False))

    def overlapping(self, first: int | None, last: int | None) -> Q:
        """Match intervals that share a day with `[first, last]`; an open end reaches any day.

        Put as alternatives instead, an open end leads SQLite to an index of half the rows.
        """
        found = ~self._ends(known=(False, False))
        if first is not None:
            found &= Q(GreaterThanOrEqual(Coalesce(self.latest, _AFTER), first))
        if last is not None:
            found &= Q(LessThanOrEqual(Coalesce(self.earliest, _BEFORE), last))
        return found

    def closed(self, first: int | None, last: int | None) -> Q:
        """Match those of `overlapping` whose ends are both known, in words that an index has."""
        found = self._ends(known=(True, True))
        if first is not None:
            found &= Q(**{f"{self.latest}__gte": first})
        if last is not None:
            found &= Q(**{f"{self.earliest}__lte": last})
        return found

    def open(self, first: int | None, last: int | None) -> Q:
        """Match those of `overlapping` of which one end is known."""
        ends = self._ends(known=(False, True)) | self._ends(known=(True, False))
        return ends & self.overlapping(first, last)

    def _ends(self, known: tuple[bool, bool]) -> Q:
        earliest, latest = known
        return Q(**{f"{self.earliest}__isnull": not earliest, f"{self.latest}__isnull": not latest})


class StrictFilterSet(django_filters.FilterSet):
    """Questions about one kind of row, checked before anything is asked of the database."""

    dates: ClassVar[Mapping[str, Dates]] = {}

    def __init__(
        self, params: QueryDict, rows: QuerySet, reader: Reader, *, beside: Collection[str] = ()
    ) -> None:
        """Prepare to ask `params` of `rows`; `beside` names parameters that others read."""
        self.params = params
        self.rows = rows
        self.reader = reader
        self.beside = frozenset(beside)
        known = self.known().items()
        self.base_filters = OrderedDict((name, of) for name, of in known if name in params)
        super().__init__(params, queryset=rows)

    @classmethod
    def known(cls) -> Mapping[str, django_filters.Filter]:
        """Return all questions; an instance has only those asked, as making one takes time."""
        found: Mapping[str, django_filters.Filter] = cls.base_filters
        return found

    @property
    def asked(self) -> Mapping[str, Any]:
        """The values of a valid question; None or nothing for what is not asked."""
        return defaultdict(lambda: None, self.form.cleaned_data)

    def ask(self) -> Answer:
        """Return the rows that fit.

        Raises:
            BadQuestion: naming each parameter that is unknown, empty, repeated or malformed, or
                that names something the reader knows nothing of.
        """
        self._check_names()
        if not self.is_valid():
            raise BadQuestion({name: str(why[0]) for name, why in self.form.errors.items()})
        asked = self.asked
        self.check(asked)
        ranges = {
            name: dates.overlapping(asked[f"{name}_from"], asked[f"{name}_to"])
            for name, dates in self.dates.items()
            if asked[f"{name}_from"] is not None or asked[f"{name}_to"] is not None
        }
        rows = self.filter_queryset(self.rows)
        return Answer(
            rows.filter(*ranges.values()),
            unknown={
                name: rows.filter(
                    self.dates[name].unknown(),
                    *(other for key, other in ranges.items() if key != name),
                )
                for name in ranges
            },
            asked=asked,
            parts=self.parts(rows),
            gathered=self.gathers(asked),
        )

    def parts(self, rows: QuerySet) -> Sequence[QuerySet]:
        """Return the parts of the answer (see `Answer`), of rows that fit but for their dates."""
        return ()

    def gathers(self, asked: Mapping[str, Any]) -> bool:
        """Tell whether the answer is gathered (see `Answer`)."""
        return False

    def check(self, asked: Mapping[str, Any]) -> None:
        """Refuse values that do not go together."""
        for name in self.dates:
            in_order(asked, f"{name}_from", f"{name}_to")

    def found(self, name: str, keys: Collection[str], rows: QuerySet, key: str) -> list[int]:
        """Return the ids of the rows named by `keys`; what a reader may not see is unknown."""
        ids = dict(rows.filter(**{f"{key}__in": keys}).values_list(key, "pk"))
        if missing := sorted(set(keys) - ids.keys()):
            raise BadQuestion({name: f"nothing is known of {missing[0][:60]!r}"})
        return list(ids.values())

    def voices(self, name: str, uids: Collection[str]) -> QuerySet:
        """Return the ids of all rows of the voices named by `uids`, canonical rows or merged."""
        rows = Speaker.objects.filter(uid__in=uids)
        heads = dict(rows.values_list("uid", Coalesce("canonical", "pk")))
        seen = set(
            speakers_for(self.reader).filter(pk__in=heads.values()).values_list("pk", flat=True)
        )
        if missing := sorted(uid for uid in uids if heads.get(uid) not in seen):
            raise BadQuestion({name: f"nothing is known of {missing[0][:60]!r}"})
        # One after the other: asked for together, PostgreSQL would look into every row.
        ids = Speaker.objects.order_by().values("pk")
        return ids.filter(canonical__in=seen).union(ids.filter(pk__in=seen), all=True)

    def _check_names(self) -> None:
        errors: dict[str, str] = {}
        for name, values in self.params.lists():
            if name not in self.filters:
                if name not in self.beside:
                    errors[name[:60]] = "is no parameter here"
            else:
                errors |= self._check_values(name, values)
        if errors:
            raise BadQuestion(errors)

    def _check_values(self, name: str, values: list[str]) -> dict[str, str]:
        most = MOST_VALUES if isinstance(self.filters[name], Several | Choice) else 1
        if len(values) > most:
            return {name: f"given {len(values)} times; at most {most}"}
        if not all(values):
            return {name: "is empty; leave it out instead"}
        try:
            for value in values:
                gate.text(name, value, longest=LONGEST_VALUE)
        except gate.Refused as refused:
            return {name: _reason(refused)}
        return {}


def allow(asked: Mapping[str, Any], name: str, allowed: Collection[str]) -> None:
    """Refuse choices that are not open to the reader."""
    if not set(allowed).issuperset(asked[name] or ()):
        raise BadQuestion({name: f"you may ask for {' or '.join(sorted(allowed))} only"})


def in_order(asked: Mapping[str, Any], low: str, high: str) -> None:
    """Refuse a range whose lower end lies above its upper end."""
    if asked[low] is not None and asked[high] is not None and asked[low] > asked[high]:
        raise BadQuestion({low: f"comes after {high}"})


def _checked(check: Any, *args: Any) -> Any:
    try:
        return check(*args)
    except gate.Refused as refused:
        raise ValidationError(_reason(refused)) from refused


def _reason(refused: gate.Refused) -> str:
    """Return what the gate says, without the name of the field it begins with."""
    return str(refused).partition(": ")[2]
