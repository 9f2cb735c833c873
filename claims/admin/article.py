"""Articles for editors: the words with their claims marked, and what is known about them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from claims import phrases, search
from claims.admin.boundaries import boundaries_view, later_view
from claims.admin.editing import Edited, EditForm
from claims.admin.listing import ChoiceFilter, ListFilter, QuickList, RowFilter
from claims.admin.upload import import_view
from claims.curation import articles
from claims.filters.reviewed import STATES, with_review
from claims.marks import Mark, marked
from claims.models import Article, Claim, Outlet
from claims.models.article import ArticleQuerySet

LEGEND = {
    "proposed": "proposed claims",
    "accepted": "accepted claims",
    "rejected": "rejected claims",
    "evidence": "what the date rests on",
    "headline": "headline",
    "meta": "byline, dateline, metadata",
}
_PARTS = {"headline": "headline", "byline": "meta", "dateline": "meta", "metadata": "meta"}
_MOST_RANGES = 50


class Visibility(ChoiceFilter):
    """Who may see the article."""

    title = "visibility"
    parameter_name = "visibility"
    choices_of_column = Article.Visibility.choices


class Reviewed(ListFilter):
    """How far the article is reviewed."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the states."""
        return [(state, state.capitalize()) for state, _ in STATES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep articles in one of the states."""
        return queryset.filter(review=self.value()) if self.value() else queryset


class Dated(ListFilter):
    """Whether the day it was published is known."""

    title = "publication date"
    parameter_name = "dated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the two states."""
        return [("yes", "Known, at least the earliest day"), ("no", "Not known")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep articles in one of the states."""
        if not self.value():
            return queryset
        return queryset.filter(published_earliest__isnull=self.value() == "no")


class OfOutlet(RowFilter):
    """Articles of one outlet."""

    title, parameter_name, model = "outlet", "outlet", Outlet


class ArticleForm(EditForm):
    """What an editor may correct of an article; its text is never in a form."""

    url = forms.URLField(
        required=False,
        max_length=1000,
        assume_scheme="https",
        label="address (URL)",
        widget=AdminURLFieldWidget,
    )

    class Meta:
        model = Article
        fields = articles.FIELDS
        labels = {"published": "published (EDTF)"}

    def edits(self) -> dict[str, Any]:
        """Return the fields that the user changed; the outlet as its id."""
        edits = super().edits()
        if "outlet" in edits:
            edits["outlet"] = edits["outlet"].pk if edits["outlet"] else None
        return edits


@admin.register(Article)
class ArticleAdmin(QuickList, Edited):
    """Articles come in by import; here they are read and what is known of them is corrected."""

    form = ArticleForm
    list_display = (
        "title",
        "outlet",
        "day",
        "published_basis",
        "seen",
        "review",
        "claims",
        "imported",
    )
    list_filter = (Visibility, Reviewed, Dated, OfOutlet)
    list_select_related = ("outlet",)
    sortable_by = ("day",)
    search_fields = ("headline",)
    search_help_text = "Words of headline or text; “exact phrase”, OR, -without"
    actions = None
    autocomplete_fields = ("outlet",)
    readonly_fields = ("date_rests_on", "outlet_basis", "reviewed", "unread", "uid", "imported")
    change_form_template = "admin/claims/article/change_form.html"
    change_list_template = "admin/claims/article/change_list.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("headline", "published", "date_rests_on", "outlet", "outlet_basis"),
                    *("visibility", "complete", "reviewed", "byline", "section", "url", "language"),
                    *("unread", "uid", "imported"),
                ]
            },
        )
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let only those publish and withdraw who may."""
        found = super().get_readonly_fields(request, obj)
        may = request.user.has_perm("claims.publish_article")
        return found if may else (*found, "visibility")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Articles come in by import only."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses where files come in and where boundaries and versions are put right."""
        guard = self.admin_site.admin_view
        return [
            path("import/", guard(self.import_view), name="claims_article_import"),
            path(
                "<int:pk>/boundaries/",
                guard(self.boundaries_view),
                name="claims_article_boundaries",
            ),
            path("<int:pk>/later/", guard(self.later_view), name="claims_article_later"),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Import a file by upload."""
        return import_view(request, self)

    def boundaries_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put right where the article begins and ends in its file."""
        return boundaries_view(request, self, pk)

    def later_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let a later version take the article's place."""
        return later_view(request, self, pk)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Return the articles with how far they are reviewed."""
        return with_review(Article.objects.order_by(*self.get_ordering(request)))

    def rows_for_list(self, rows: ArticleQuerySet) -> ArticleQuerySet:
        """Leave out what no list shows; the text is in a table of its own."""
        return rows.defer("parts", "extra", "published_evidence")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Search headline and text by their full-text index."""
        found = search.articles_matching(search_term, queryset) if search_term else queryset
        return found, False

    def save_edits(self, row: Any, edits: Mapping[str, Any], *, actor: User, form: Any) -> None:
        """Rule on the edited fields; a new date re-resolves relative dates at once."""
        articles.correct(row, edits, actor=actor, version=form.cleaned_data["version_seen"])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the marked text, its claims and where it stands in files."""
        article: Article = context["original"]
        rows = list(_claims_of(article))
        marks = [*_claim_marks(rows), *_part_marks(article)]
        present = {mark.role for mark in marks}
        context |= {
            "title": str(article),
            "subtitle": None,
            "article": article,
            "heirs": Article.objects.filter(
                forebears__old=article, forebears__old__superseded=True
            ),
            "words": marked(article.body.text, marks),
            "legend": [(role, name) for role, name in LEGEND.items() if role in present],
            "claims": [(claim, phrases.reading_of(claim)) for claim in rows],
            "placements": [_place(one) for one in article.placements.select_related("source_file")],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="article")
    def title(self, article: Article) -> str:
        """Return the headline, apart from the direction of what stands around it."""
        return format_html("<bdi>{}</bdi>", article)

    @admin.display(description="published", ordering="published_earliest", empty_value="unknown")
    def day(self, article: Article) -> str:
        """Return the publication date as EDTF."""
        return article.published

    @admin.display(description="visibility")
    def seen(self, article: Article) -> str:
        """Return who may see it, in one word."""
        return article.visibility

    @admin.display(description="review")
    def review(self, article: Any) -> str:
        """Return how far it is reviewed."""
        return str(article.review)

    @admin.display(description="claims")
    def claims(self, article: Article) -> str:
        """Return how many claims there are, as a link to them."""
        address = reverse("admin:claims_claim_changelist")
        return format_html(
            '<a href="{}?article={}&amp;work=all">{}</a>', address, article.pk, article.claim_count
        )

    @admin.display(description="review")
    def reviewed(self, article: Any) -> str:
        """Return how far it is reviewed, and who said last whether it is complete, and when."""
        said = article.rulings.standing().filter(field="complete").select_related("actor").first()
        if said is None:
            return str(article.review)
        what = "complete" if said.value else "not complete"
        return f"{article.review}; {what}, said {said.actor} on {said.at:%Y-%m-%d}"

    @admin.display(description="the date rests on")
    def date_rests_on(self, article: Article) -> str:
        """Return the basis of the date, with the words it rests on."""
        basis = article.get_published_basis_display()
        if not article.published_evidence:
            return basis
        start, end = article.published_evidence
        return format_html("{}: “<bdi>{}</bdi>”", basis, article.body.text[start:end])


def _claims_of(article: Article) -> QuerySet[Claim]:
    rows = Claim.objects.current().filter(article=article).select_related("speaker")
    return rows.defer("machine", "machine_chain", "newer").order_by("start", "end")


def _claim_marks(claims: list[Claim]) -> list[Mark]:
    return [
        Mark(
            claim.start,
            claim.end,
            claim.status,
            f"{claim.kind}: {phrases.reading_of(claim)} ({claim.status})",
            anchor=f"claim-{claim.pk}",
            href=reverse("admin:claims_claim_change", args=[claim.pk]),
        )
        for claim in claims
    ]


def _part_marks(article: Article) -> list[Mark]:
    marks = [
        Mark(part["start"], part["end"], _PARTS[part["role"]], part["role"])
        for part in article.parts
        if part["role"] in _PARTS
    ]
    if article.published_evidence:
        start, end = article.published_evidence
        marks.append(Mark(start, end, "evidence", "what the publication date rests on"))
    return marks


def _place(placement: Any) -> dict[str, Any]:
    """Return where an article stands in a file, and what the file holds beside articles."""
    layout = [one for one in placement.source_file.layout if one["line"] == placement.line]
    return {
        "file": placement.source_file,
        "line": placement.line,
        "slices": placement.slices,
        "layout": layout[:_MOST_RANGES],
        "further": max(0, len(layout) - _MOST_RANGES),
    }
