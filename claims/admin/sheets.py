"""Sheets in the admin: rows out as CSV, and back after a look at every difference."""

from typing import Any, ClassVar, Final
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from claims import history, sheets
from claims.admin.editing import editor
from claims.admin.listing import QuickList

_MOST_BYTES: Final = 1_000_000
_SALT: Final = "claims.admin.sheets"
_LASTS: Final = 24 * 3600  # seconds in which a look may be followed by the import


class SheetForm(forms.Form):
    """A CSV file, as a spreadsheet program saves it."""

    file = forms.FileField(
        label="sheet (CSV)",
        help_text="With a heading. Rows with an id are edits, and need the version that they were "
        "downloaded with; rows without an id are new. Nothing is ever deleted by a sheet.",
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file above the size cap."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > _MOST_BYTES:
            raise forms.ValidationError(f"At most {_MOST_BYTES:,} bytes; split the sheet.")
        return file


class SheetList(QuickList):
    """A list that hands its rows out as a sheet and takes one back.

    `sheets_of` names the sheets, see `claims.sheets.SHEETS`: the list's own first.
    """

    sheets_of: ClassVar[tuple[str, ...]] = ()
    change_list_template = "admin/claims/sheet/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the addresses of the sheets."""
        view, name = self.admin_site.admin_view, f"claims_{self.opts.model_name}"
        return [
            path("sheet/<str:sheet>/", view(self.sheet_view), name=f"{name}_sheet"),
            path("sheet/<str:sheet>/rows.csv", view(self.rows_view), name=f"{name}_rows"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list, with links to its sheets for those who may."""
        return super().changelist_view(
            request, {**(extra_context or {}), "sheet_links": self._links(request)}
        )

    def rows_view(self, request: HttpRequest, sheet: str) -> HttpResponse:
        """Send the rows that the list shows with this filter, or what belongs to them."""
        self._check(request, sheet, "view")

        def answer() -> HttpResponseBase:
            shown = self.get_changelist_instance(request).queryset.order_by()
            asked = sheets.SHEETS[sheet]
            within = {f"{asked.owner or 'pk'}__in": shown.values("pk")}
            lines = sheets.written(sheet, asked.model._default_manager.filter(**within))
            found = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
            found["Content-Disposition"] = f'attachment; filename="{sheet}.csv"'
            return found

        answered: HttpResponse = self.answered(request, answer)
        return answered

    def sheet_view(self, request: HttpRequest, sheet: str) -> HttpResponse:
        """Ask for a sheet; show every difference; store it when that is confirmed."""
        for right in ("add", "change"):
            self._check(request, sheet, right)
        form = SheetForm(None)
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": f"Upload a sheet: {sheets.SHEETS[sheet].model._meta.verbose_name_plural}",
            "opts": self.opts,
            "sheet": sheet,
            "columns": [*sheets.SHEETS[sheet].columns],
            "owner": sheets.SHEETS[sheet].owner,
        }
        if request.method == "POST" and "looked" in request.POST:
            context |= _stored(request, sheet)
        elif request.method == "POST":
            form = SheetForm(request.POST, request.FILES)
            if form.is_valid():
                context |= _looked(request, sheet, form.cleaned_data["file"].read())
        return TemplateResponse(request, "admin/claims/sheet/sheet.html", context | {"form": form})

    def _links(self, request: HttpRequest) -> list[tuple[str, str, str]]:
        """Return for each sheet its name and the addresses of its rows and of its upload."""
        found = []
        for sheet in self.sheets_of:
            rows, upload = (
                reverse(f"admin:claims_{self.opts.model_name}_{page}", args=[sheet])
                for page in ("rows", "sheet")
            )
            may = request.user.has_perms([f"claims.add_{sheet}", f"claims.change_{sheet}"])
            name = str(sheets.SHEETS[sheet].model._meta.verbose_name_plural)
            found.append((name, rows, upload if may else ""))
        return found

    def _check(self, request: HttpRequest, sheet: str, right: str) -> None:
        if sheet not in self.sheets_of:
            raise Http404(f"There is no sheet {sheet[:40]!r} here.")
        if not request.user.has_perm(f"claims.{right}_{sheet}"):
            raise PermissionDenied


def _looked(request: HttpRequest, sheet: str, data: bytes) -> dict[str, Any]:
    report = sheets.look(sheet, data, actor=editor(request))
    found: dict[str, Any] = _counted(report)
    if report.sound:
        signed = {"who": editor(request).pk, "sheet": sheet, "uid": uuid4().hex}
        signed["data"] = data.decode("latin-1")
        found["looked"] = signing.dumps(signed, salt=_SALT, compress=True)
    return found


def _stored(request: HttpRequest, sheet: str) -> dict[str, Any]:
    try:
        looked = signing.loads(request.POST["looked"], salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return {"problem": "This page is too old, or was changed. Nothing was stored."}
    if (looked["who"], looked["sheet"]) != (editor(request).pk, sheet):
        return {"problem": "Somebody else looked at this sheet. Nothing was stored."}
    with history.through("import"):
        data, uid = looked["data"].encode("latin-1"), UUID(looked["uid"])
        report = sheets.store(sheet, data, actor=editor(request), uid=uid)
    return _counted(report) | {"done": report.sound}


def _counted(report: sheets.Report) -> dict[str, Any]:
    return {
        "report": report,
        "problem": report.problem and f"{report.problem}. Nothing was stored.",
        "counts": {name: report.count(name) for name in ("new", "changed", "same", "refused")},
        "lines": [line for line in report.lines if line.outcome != "same"],
    }
