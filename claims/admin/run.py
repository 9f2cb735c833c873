"""Runs, readings and source files for editors: to look at, never to change."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join

from claims.admin.editing import ReadOnly
from claims.admin.listing import QuickList, RowFilter
from claims.admin.staged import StagedViews
from claims.admin.words import shown
from claims.models import Article, Reading, Run, SourceFile

_MOST_ROWS = 500
_LONGEST_READING = 200_000


class OfRun(RowFilter):
    """Readings of one run."""

    title, parameter_name, model = "run", "run", Run


class OfArticle(RowFilter):
    """Readings of one article."""

    title, parameter_name, model = "article", "article", Article


@admin.register(Run)
class RunAdmin(StagedViews, QuickList, ReadOnly):
    """What the engine did, when, and what it could not read."""

    list_display = ("__str__", "origin", "tier", "standing", "started", "ended", "counted")
    actions = None
    fields = ("origin", "engine", "tier", "figures_only", "config_hash", "state", "started",
              "ended", "counted", "failed", "fell_back", "readings")  # fmt: skip
    change_form_template = "admin/claims/run/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of what a staged run would do, and of the decision about it."""
        return [*self.staged_urls(), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the run's jobs, and what can be decided about it."""
        run: Run = context["original"]
        context |= {
            "run": run,
            "jobs": run.jobs.all()[:_MOST_ROWS],
            "may_decide": request.user.has_perm("claims.run_engine"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description="state", ordering="state")
    def standing(self, run: Run) -> str:
        """Return the state in one word."""
        return format_html('<span class="badge {0}">{0}</span>', run.state)

    @admin.display(description="counts")
    def counted(self, run: Run) -> str:
        """Return the counts in words."""
        return ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in run.counts.items()) or "–"

    @admin.display(description="could not be read")
    def failed(self, run: Run) -> str:
        """Return the articles that could not be read, and why."""
        return _table(run.errors)

    @admin.display(description="read with less care")
    def fell_back(self, run: Run) -> str:
        """Return the passages where the engine read with less care than asked, and why."""
        found = run.readings.filter(fallbacks__gt=0).select_related("article")
        rows = found.defer("article__parts", "article__extra").order_by("pk")[:_MOST_ROWS]
        links = [
            (
                reverse("admin:claims_article_change", args=[reading.article_id]),
                reading.article,
                f"characters {one['start']:,} to {one['end']:,}: {one['reason']}",
            )
            for reading in rows
            for one in reading.data["fallbacks"]
        ]
        return _list('<a href="{}"><bdi>{}</bdi></a> {}', links) if links else "nowhere"

    @admin.display(description="readings")
    def readings(self, run: Run) -> str:
        """Return a link to the run's readings."""
        address = reverse("admin:claims_reading_changelist")
        return format_html('<a href="{}?run={}">Readings of this run</a>', address, run.pk)


@admin.register(Reading)
class ReadingAdmin(QuickList, ReadOnly):
    """What one run said of one article, as the engine wrote it."""

    list_display = ("__str__", "run", "article", "applied")
    list_filter = (OfRun, OfArticle)
    list_select_related = ("run", "article")
    actions = None
    fields = ("run", "article", "text_sha256", "applied", "as_written")

    def rows_for_list(self, rows: Any) -> Any:
        """Leave the reading itself where it is."""
        return rows.defer("data", "article__parts", "article__extra")

    @admin.display(description="reading")
    def as_written(self, reading: Reading) -> str:
        """Return the reading as indented JSON, cut where it is very long."""
        text = json.dumps(reading.data, ensure_ascii=False, indent=1)
        rest = "\n… cut here" if len(text) > _LONGEST_READING else ""
        return format_html('<pre class="json">{}{}</pre>', text[:_LONGEST_READING], rest)


@admin.register(SourceFile)
class SourceFileAdmin(QuickList, ReadOnly):
    """Files as received: what is in which article, and what is in none."""

    list_display = ("name", "media_type", "encoding", "size", "complete", "received")
    search_fields = ("sha256",)
    search_help_text = "The beginning of the SHA-256"
    actions = None
    fields = ("name", "media_type", "encoding", "size", "sha256", "complete", "received",
              "articles", "ranges", "failed")  # fmt: skip

    def rows_for_list(self, rows: Any) -> Any:
        """Leave out what no list shows."""
        return rows.defer("layout", "errors")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Find by the beginning of the digest."""
        start = search_term.lower()
        found = queryset.filter(sha256__gte=start, sha256__lt=start + "g") if start else queryset
        return found, False

    @admin.display(description="articles")
    def articles(self, file: SourceFile) -> str:
        """Return the articles found in the file, in its order."""
        rows = file.placements.select_related("article").order_by("line", "start")[:_MOST_ROWS]
        links = (
            (
                reverse("admin:claims_article_change", args=[row.article_id]),
                row.article,
                f"line {row.line}" if row.line else "",
            )
            for row in rows
        )
        return _list('<a href="{}"><bdi>{}</bdi></a> {}', links)

    @admin.display(description="in no article")
    def ranges(self, file: SourceFile) -> str:
        """Return the stretches of the file that are in no article, and why."""
        return _table(file.layout)

    @admin.display(description="could not be read")
    def failed(self, file: SourceFile) -> str:
        """Return the lines that could not be read, and why."""
        return _table(file.errors)


def _table(rows: list[Any]) -> str:
    """Return rows of one shape as a table; rows of words as a list."""
    if not rows:
        return "none"
    if not all(isinstance(row, dict) for row in rows):
        return _list("{}", ((shown(row),) for row in rows[:_MOST_ROWS]))
    names = list(rows[0])
    head = format_html_join("", "<th>{}</th>", ((name,) for name in names))
    body = format_html_join(
        "",
        "<tr>{}</tr>",
        (
            (format_html_join("", "<td><bdi>{}</bdi></td>", ((shown(row.get(n)),) for n in names)),)
            for row in rows[:_MOST_ROWS]
        ),
    )
    table = format_html('<table class="rows"><tr>{}</tr>{}</table>', head, body)
    rest = len(rows) - _MOST_ROWS
    return format_html("{}<p>and {} more</p>", table, rest) if rest > 0 else table


def _list(form: str, rows: Any) -> str:
    items = format_html_join("", f"<li>{form}</li>", rows)
    return format_html('<ul class="plain">{}</ul>', items)
