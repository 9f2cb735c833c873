"""Lists of the admin: quick on millions of rows, and strict about what the address asks."""

import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.core.paginator import Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property

from claims import gate, identity
from claims.models import Speaker

MAX_COUNTED = 10_000
"""Rows counted and reachable page by page; a longer list must be narrowed to see the rest."""

ID = re.compile(r"[0-9]{1,18}\Z")
"""A row's id as it may stand in an address."""

_ORDER = re.compile(r"-?[0-9]{1,2}(?:\.-?[0-9]{1,2}){0,9}\Z")
_LONGEST_PREFIX = 200


class BadQuestion(ValueError):
    """The address of a list asks something it cannot answer; the text names the parameter."""


class CappedPaginator(Paginator):
    """Pages of at most `MAX_COUNTED` rows: a count or a far page never walks a whole table."""

    @cached_property
    def count(self) -> int:
        """How many rows there are, at most `MAX_COUNTED`."""
        return min(self._counted, MAX_COUNTED)

    @property
    def more(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._counted > MAX_COUNTED

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        return int(rows.order_by()[: MAX_COUNTED + 1].count())


class ListFilter(admin.SimpleListFilter):
    """A filter that refuses a value it does not know, instead of ignoring it.

    Raises:
        BadQuestion: naming the parameter and the value.
    """

    def __init__(self, request: HttpRequest, params: Any, model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        value = self.value()
        if value is not None and value not in {str(key) for key, _ in self.lookup_choices}:
            raise BadQuestion(f"{self.parameter_name}: there is no {value[:40]!r} to choose")


class ChoiceFilter(ListFilter):
    """A filter over fixed choices: no query is needed to find them."""

    choices_of_column: Iterable[tuple[str, str]]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the column's choices; what stands before a colon is enough here."""
        return [(value, label.partition(":")[0]) for value, label in self.choices_of_column]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep rows with the value asked for."""
        value = self.value()
        return queryset.filter(**{self.parameter_name or "": value}) if value else queryset


class RowFilter(ListFilter):
    """A filter over a foreign key, reached by links from other pages: shown only when set."""

    model: type[Model]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the row asked for, if there is one."""
        value = request.GET.get(self.parameter_name or "", "")
        rows = self.model._default_manager.filter(pk=value) if ID.match(value) else ()
        return [(value, str(row)) for row in rows]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep rows that point at the one asked for."""
        value = self.value()
        return queryset.filter(**{self.parameter_name or "": value}) if value else queryset


class VoiceFilter(RowFilter):
    """A filter over a speaker: rows of the whole voice, under whatever row it is asked for."""

    title, parameter_name, model = "speaker", "speaker", Speaker

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep rows given to any row of the voice."""
        if not self.value():
            return queryset
        heads = set(identity.heads_of([int(self.value() or 0)]).values())
        return queryset.filter(speaker__in=Speaker.objects.under(heads).values("pk"))


class CheckedChangeList(ChangeList):
    """A list that refuses what it cannot answer, instead of ignoring it."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Return the rows asked for, with what the list shows fetched along."""
        rows = super().get_queryset(request, exclude_parameters)
        admin_of_list: Any = self.model_admin
        return admin_of_list.rows_for_list(rows)

    def get_results(self, request: HttpRequest) -> None:
        """Read one page of rows."""
        problem = BadQuestion(f"{PAGE_VAR}: there is no page {self.page_num}")
        try:
            super().get_results(request)
        except IncorrectLookupParameters as error:
            raise problem from error
        if not 1 <= self.page_num <= self.paginator.num_pages:  # a single page answers any number
            raise problem


class IdsFirst(CheckedChangeList):
    """A list that reads the ids of its page before what is shown of these rows.

    In one statement, the rows that a filter leaves are joined first, and then sorted.
    """

    def get_results(self, request: HttpRequest) -> None:
        """Find the ids of one page, and make ready to read their rows."""
        super().get_results(request)
        admin_of_list: Any = self.model_admin
        ids = list(self.result_list.values_list("pk", flat=True))
        rows = self.apply_select_related(self.root_queryset.filter(pk__in=ids))
        order = self.get_ordering(request, self.queryset)
        self.result_list = admin_of_list.rows_for_list(rows).order_by(*order)


class QuickList(admin.ModelAdmin):
    """A list without full counts, DISTINCT or sorting by anything that has no index.

    `list_filter` may hold only `ListFilter` classes, `sortable_by` only columns with an index.
    """

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    list_per_page = 100
    list_max_show_all = 0
    sortable_by: ClassVar[tuple[str, ...]] = ()
    changelist: ClassVar[type[ChangeList]] = CheckedChangeList

    def page_context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        """Return what every page beside the list and the form says around itself."""
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts}

    def rows_for_list(self, rows: Any) -> Any:
        """Return the rows of a list with what it shows, in a fixed number of queries."""
        return rows

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return the kind of list that checks its question."""
        return self.changelist

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list, or say in plain words what is wrong with the question (400)."""
        shown: HttpResponse = self.answered(
            request, lambda: super(QuickList, self).changelist_view(request, extra_context)
        )
        return shown

    def answered(self, request: HttpRequest, answer: Callable[[], Any]) -> Any:
        """Return the answer to the address's question, or say what is wrong with it (400)."""
        try:
            self._check_question(request)
            return answer()
        except (BadQuestion, gate.Refused) as problem:
            title = f"This list of {self.opts.verbose_name_plural} cannot be shown"
            context = self.page_context(request, title) | {"problem": str(problem)}
            return TemplateResponse(request, "admin/claims/bad_question.html", context, status=400)

    def _check_question(self, request: HttpRequest) -> None:
        filters = {getattr(item, "parameter_name", "") for item in self.get_list_filter(request)}
        known = {ORDER_VAR, PAGE_VAR, SEARCH_VAR, "_popup", "_to_field"} | filters
        for name, values in request.GET.lists():
            if name not in known:
                raise BadQuestion(f"{name[:40]}: this list knows no such parameter")
            if len(values) > 1:
                raise BadQuestion(f"{name}: given {len(values)} times; once is enough")
        if not ID.match(request.GET.get(PAGE_VAR, "1")):
            raise BadQuestion(f"{PAGE_VAR}: a page is a number from 1")
        gate.text(SEARCH_VAR, request.GET.get(SEARCH_VAR, ""))
        if order := request.GET.get(ORDER_VAR):
            self._check_order(request, order)

    def _check_order(self, request: HttpRequest, order: str) -> None:
        shown = ["action_checkbox", *self.get_list_display(request)]
        if not self.get_actions(request):
            shown = shown[1:]
        numbers = re.findall("[0-9]+", order) if _ORDER.match(order) else ["99"]
        for number in numbers:
            if int(number) >= len(shown) or shown[int(number)] not in self.sortable_by:
                raise BadQuestion(f"{ORDER_VAR}: this list cannot be sorted by {order[:40]!r}")


def starting_with(field: str, prefix: str) -> Q:
    """Return the condition that a text column starts with `prefix`, answered by its index.

    The prefix is tried as typed, with a capital, with every word capital and in capitals: a
    range over the index cannot ignore case.

    Raises:
        Refused: if the prefix is no text, or too long for a name.
    """
    typed = gate.text("search", " ".join(prefix.split()), longest=_LONGEST_PREFIX)
    found = Q()
    for form in {typed, typed[:1].upper() + typed[1:], typed.title(), typed.upper()}:
        found |= Q(**{f"{field}__gte": form, f"{field}__lt": form + "\U0010ffff"})
    return found


def list_url(model: str, **parameters: object) -> str:
    """Return the address of the list of `model`, filtered by `parameters`."""
    return f"{reverse(f'admin:claims_{model}_changelist')}?{urlencode(parameters)}"
