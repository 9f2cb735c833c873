"""Claims for editors: the queue, one claim's page, and every ruling on them."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from claims import phrases, search
from claims.admin import claim_page, evidence, rulings, words
from claims.admin.bulk import bulk_view
from claims.admin.claim_form import FIELDS, ClaimForm
from claims.admin.claim_page import whole_words
from claims.admin.editing import Edited, editor, may_undo
from claims.admin.evidence import EvidenceInline, NoteInline
from claims.admin.listing import (
    ChoiceFilter,
    IdsFirst,
    ListFilter,
    QuickList,
    RowFilter,
    VoiceFilter,
)
from claims.curation import review
from claims.filters.queues import HEAPS
from claims.marks import Mark, marked
from claims.models import Article, Claim, ClaimTopic, Outlet, Ruling, Run, Topic
from claims.models.claim import ClaimQuerySet

_AROUND = 110  # characters of the sentence before and after the figure in the list


class Work(ListFilter):
    """What is to be done: the queue unless something else is asked for."""

    title = "work"
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the heaps of work; the first is shown if none is asked for."""
        return [
            ("waiting", "Waiting for an editor"),
            ("again", "To confirm again"),
            ("second", "To be confirmed by a second editor"),
            ("disputed", "Two editors differ"),
            ("voices", "Accepted, voice unreviewed"),
            ("lost", "Ruled on, no longer found"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
            ("all", "All"),
        ]

    def choices(self, changelist: Any) -> Any:
        """Yield the links; there is no other “All”."""
        for value, label in self.lookup_choices:
            yield {
                "selected": (self.value() or "waiting") == value,
                "query_string": changelist.get_query_string({"work": value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the claims of one heap; each is answered by an index."""
        match self.value() or "waiting":
            case "waiting":
                return queryset.filter(status=Claim.Status.PROPOSED, gone=False)
            case "again":
                return queryset.filter(to_confirm=True)
            case "voices":
                return queryset.filter(
                    status=Claim.Status.ACCEPTED, voice_status=Claim.VoiceStatus.UNREVIEWED
                )
            case "second":
                mine = Ruling.objects.standing().filter(field="second", actor=editor(request))
                return queryset.filter(HEAPS["second"]).exclude(pk__in=mine.values("claim"))
            case "disputed":
                return queryset.filter(HEAPS["disputed"])
            case "lost":
                return queryset.filter(orphaned=True)
            case "all":
                return queryset
            case status:
                return queryset.filter(status=status)


class Kind(ChoiceFilter):
    """The kind of quantity."""

    title = "kind"
    parameter_name = "kind"
    choices_of_column = Claim._meta.get_field("kind").flatchoices


class TopicFilter(ListFilter):
    """What the claims are about; topics are few and read in one query."""

    title = "topic"
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return all topics."""
        found = Topic.objects.order_by("label").values_list("pk", "label")
        return [(str(pk), label) for pk, label in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep claims under the topic."""
        topic = self.value()
        if not topic:
            return queryset
        links = ClaimTopic.objects.filter(topic__pk=topic, removed=False)
        return queryset.filter(pk__in=links.values("claim"))  # joined, they would be sorted


class OfArticle(RowFilter):
    """Claims of one article."""

    title, parameter_name, model = "article", "article", Article


class OfOutlet(RowFilter):
    """Claims of one outlet's articles."""

    title, parameter_name, model = "outlet", "outlet", Outlet


class OfRun(RowFilter):
    """Claims that one run was the last to find."""

    title, parameter_name, model = "run", "last_run", Run


@admin.register(Claim)
class ClaimAdmin(QuickList, Edited):
    """The queue an editor clears, and the page of one claim."""

    form = ClaimForm
    changelist = IdsFirst
    list_display = ("reading", "concept", "in_its_sentence", "voice_words", "standing")
    list_filter = (Work, Kind, TopicFilter, OfArticle, OfOutlet, VoiceFilter, OfRun)
    search_fields = ("passage",)
    search_help_text = "Words of the sentence or concept; “exact phrase”, OR, -without"
    actions = [rulings.action(name) for name in rulings.IN_LIST]
    change_form_template = "admin/claims/claim/change_form.html"
    inlines = (EvidenceInline, NoteInline)
    fieldsets = [(None, {"fields": FIELDS})]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Claims are found by the engine."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of the ruling buttons and of rulings on all that match a filter."""
        guard = self.admin_site.admin_view
        return [
            path("<int:pk>/rule/", guard(self.rule_view), name="claims_claim_rule"),
            path("bulk/", guard(self.bulk_view), name="claims_claim_bulk"),
            *super().get_urls(),
        ]

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """Rule on all claims that match the filter in the address."""
        return bulk_view(request, self)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Oldest first in the queue, so that an article is read downwards; else newest first."""
        return ("-id",) if request.GET.get("work") in {"all", "accepted", "rejected"} else ("id",)

    def rows_for_list(self, rows: ClaimQuerySet) -> ClaimQuerySet:
        """Fetch what the list shows; what the machine found is left where it is."""
        return rows.for_list().defer(
            *("machine", "machine_chain", "newer", "attribution__machine"),
            *("article__parts", "article__extra"),
        )

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Search the words of sentence and concept by their full-text index."""
        found = search.claims_matching(search_term, queryset) if search_term else queryset
        return found, False

    def save_edits(self, row: Any, edits: Mapping[str, Any], *, actor: User, form: Any) -> None:
        """Rule on the edited fields."""
        given = form.cleaned_data
        review.correct(
            row, edits, actor=actor, version=given["version_seen"], reason=given["reason"]
        )

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Hand evidence and notes to curation."""
        evidence.save(request, formset)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the article's words, the machine's reasons, both readings and the log."""
        claim: Claim = context["original"]
        voices = claim_page.voices_found(claim)
        may_change = self.has_change_permission(request, claim)
        form = context["adminform"].form if may_change else None
        context |= {
            "title": f"Claim: {phrases.reading_of(claim)}",
            "subtitle": None,
            "claim": claim,
            "passage": claim_page.passage(claim, voices),
            "rows": claim_page.rows(claim, form),
            "reasons": claim_page.reasons(claim, voices),
            "newer": claim_page.newer(claim),
            "log": words.log(claim, most=20),
            "next_waiting": claim_page.next_waiting(claim),
            "topic_links": claim.topic_links.filter(removed=False).select_related("topic"),
            "topic_form": rulings.TopicForm(),
            "may_undo": may_undo(request),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def rule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Rule on one claim as its page showed it, and come back to it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        claim = self.get_object(request, str(pk))
        if claim is None:
            raise Http404(f"There is no claim {pk}.")
        if not self.has_change_permission(request, claim):
            raise PermissionDenied
        name = request.POST.get("ruling", "")
        asked: Mapping[str, Any] = {}
        if name not in rulings.RULINGS:
            self.message_user(request, f"There is no ruling {name[:40]!r}.", messages.ERROR)
        elif (form := rulings.form_of(name, request.POST)) and not form.is_valid():
            self.message_user(request, f"{name}: {form.errors.as_text()}", messages.ERROR)
        else:
            asked = form.cleaned_data if form else {}
            rulings.apply(self, request, name, Claim.objects.by_id(pk), asked)
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[pk]))

    @admin.display(description="reading")
    def reading(self, claim: Claim) -> str:
        """Return the effective reading, with the version shown for actions."""
        return format_html(
            '{}<input type="hidden" name="version" value="{}:{}">',
            phrases.reading_of(claim),
            claim.pk,
            claim.version,
        )

    @admin.display(description="in its sentence")
    def in_its_sentence(self, claim: Claim) -> str:
        """Return the sentence with the figure marked, cut where it is long, and its article."""
        start = claim.start - claim.sentence_start
        end = claim.end - claim.sentence_start
        left, right = whole_words(claim.passage, start - _AROUND, start, end, end + _AROUND)
        html = marked(claim.passage, [Mark(start, end, "claim")], left, right)
        before, after = "…" if left else "", "…" if right < len(claim.passage) else ""
        address = reverse("admin:claims_article_change", args=[claim.article_id])
        return format_html(
            '<bdi class="passage">{}{}{}</bdi> '
            '<a class="place" href="{}#claim-{}"><bdi>{}</bdi></a> <span class="quiet">{}</span>',
            *(before, html, after, address, claim.pk, claim.article),
            claim.outlet or "outlet unknown",
        )

    @admin.display(description="voice")
    def voice_words(self, claim: Claim) -> str:
        """Return whose words they are, marked while nobody has reviewed it."""
        cites = claim.ultimate if claim.ultimate_id != claim.speaker_id else None
        reviewed = claim.voice_status == Claim.VoiceStatus.CONFIRMED
        return format_html(
            '<bdi>{}</bdi> <bdi>{}</bdi> <span class="badge {}">{}</span>',
            claim.speaker.head if claim.speaker else claim.get_voice_display(),
            f"citing {cites.head}" if cites else "",
            *(("confirmed", "✓ confirmed") if reviewed else ("unreviewed", "? unreviewed")),
        )

    @admin.display(description="status")
    def standing(self, claim: Claim) -> str:
        """Return the status, and what the claim asks for, if anything."""
        badge = format_html('<span class="badge {0}">{0}</span>', claim.status)
        waits = {"awaited": "awaits a second editor", "disputed": "editors differ"}
        asks = "asks again" if claim.to_confirm else waits.get(claim.second, "")
        asks = "no longer found" if claim.gone or claim.orphaned else asks
        return format_html('{} <span class="badge asks">{}</span>', badge, asks) if asks else badge
