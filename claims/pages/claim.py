"""The page of a claim, and of each of its versions: what a researcher cites."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from claims import citation, export, feed, versions
from claims.api import rows
from claims.filters.readers import Reader, claims_for, reader_of
from claims.models import Article, Claim, Evidence, Report, Topic
from claims.pages import corrections, passage, told
from claims.pages.answering import gone, moved, page

Row = Mapping[str, Any]

_CLAIMS: Final = (reverse_lazy("search"), "Claims")
_BASES: Final = dict(Article.Basis.choices)
_RELATIONS: Final = dict(Evidence.Relation.choices)


@page()
def claim(request: HttpRequest, uid: str) -> HttpResponse:
    """Show a claim as it stands: words, voices, reading, evidence, history, how to cite it."""
    reader = reader_of(request.user)
    row = rows.claim(claims_for(reader).filter(uid=uid), reader)
    if row is None:
        return _elsewhere(request, uid, reader)
    stored = Claim.objects.select_related("article__outlet").get(uid=uid)
    words = passage.words_of(stored, row, reader)
    voices = passage.voices_of(stored, row, words)
    context = _shared(request, stored, row, stored.version, reader) | {
        "crumbs": [_CLAIMS],
        "here": uid,
        "words": words,
        "lit": words and passage.lit(words, row, voices),
        "voices": voices,
        "said": {"Figure": told.figure(row)} | told.fields(row),
        "outlet": stored.article.outlet,
        "date_basis": _BASES[row["published_basis"]],
        "topics": Topic.objects.filter(
            claim_links__claim=stored, claim_links__removed=False
        ).order_by("label", "pk"),
        "evidence": [one | {"what": _RELATIONS[one["relation"]]} for one in row["evidence"]],
        "replies": Report.objects.published().filter(claim=stored),
    }
    return render(request, "pages/claim.html", context)


@page()
def version(request: HttpRequest, uid: str, number: str) -> HttpResponse:
    """Show a claim as it was cited, beside what holds today."""
    reader = reader_of(request.user)
    today = rows.claim(claims_for(reader).filter(uid=uid), reader)
    if today is None:
        return _elsewhere(request, uid, reader)
    stored = Claim.objects.select_related("article__outlet").get(uid=uid)
    cited = versions.at(stored, int(number), reader)
    if cited is None:
        raise Http404
    fields = told.beside(cited, today)
    context = _shared(request, stored, cited, int(number), reader) | {
        "today": stored.version,
        "fields": fields,
        "differ": [one.name for one in fields if one.differs],
        "crumbs": [_CLAIMS, (reverse("claim_page", args=[uid]), uid)],
        "here": f"version {number}",
    }
    return render(request, "pages/version.html", context)


@page()
def cite(
    request: HttpRequest, uid: str, form: Literal["bib", "json"], number: str = ""
) -> HttpResponse:
    """Send the citation of a claim, or of one version of it, as a file for reference managers."""
    reader = reader_of(request.user)
    row = rows.claim(claims_for(reader).filter(uid=uid), reader)
    if row is None:
        return _elsewhere(request, uid, reader)
    stored = Claim.objects.get(uid=uid)
    at = int(number or stored.version)
    if number:
        row = versions.at(stored, at, reader)
        if row is None:
            raise Http404
    cited = _cited(request, row, at)
    answer = (
        HttpResponse(citation.bibtex(cited), content_type="application/x-bibtex; charset=utf-8")
        if form == "bib"
        else JsonResponse(
            [citation.csl(cited)],
            safe=False,
            content_type="application/vnd.citationstyles.csl+json",
            json_dumps_params={"ensure_ascii": False, "indent": 2},
        )
    )
    name = f"onrecord-{cited.uid}-v{cited.version}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _shared(
    request: HttpRequest, stored: Claim, row: Row, number: int, reader: Reader
) -> dict[str, Any]:
    """Return what the pages of a claim and of its versions both show."""
    names = [stored.uid, number]
    return {
        "claim": row,
        "figure": told.figure(row),
        "of_what": row["concept"],
        "number": number,
        "lasts": stored.is_public,
        "plain": citation.plain(_cited(request, row, number)),
        "bibtex": reverse("claim_version_cite", args=[*names, "bib"]),
        "csl": reverse("claim_version_cite", args=[*names, "json"]),
        "history": [
            (one, corrections.differences(one)) for one in versions.history(stored, reader)
        ],
        "permalink": request.build_absolute_uri(reverse("claim_version", args=names)),
    }


def _cited(request: HttpRequest, row: Row, number: int) -> citation.Cited:
    address = reverse("claim_version", args=[row["uid"], number])
    voice = row["voice_label"]
    labels = [row["label"], *([f"voice: {voice}"] if voice == export.UNVERIFIED_LABEL else [])]
    return citation.Cited(
        uid=row["uid"],
        version=number,
        url=request.build_absolute_uri(address),
        figure=told.figure_of_what(row),
        label="; ".join(labels),
        headline=row["headline"] or "",
        outlet=row["outlet"] or "",
        published=row["published"] or "",
        voices=[voice["name"] for voice in row["chain"]],
        accessed=timezone.localdate(),
    )


def _elsewhere(request: HttpRequest, uid: str, reader: Reader) -> HttpResponse:
    """Lead to what took a claim's place; say that it was public once, or that nothing is there."""
    if found := moved("claim_page", rows.claims_now(uid, reader)):
        return found
    if why := feed.gone("claim", uid, reader):
        return gone(request, "claim", why)
    raise Http404
