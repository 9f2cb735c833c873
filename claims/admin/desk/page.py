"""The desk's page for one article: its words with all marks, and its claims as cards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from claims import phrases
from claims.admin.desk.card import CardForm, open_card, said_of
from claims.admin.desk.certain import lit
from claims.admin.desk.repair_form import RepairForm, form_of
from claims.admin.editing import may_undo
from claims.filters.queues import Queue
from claims.marks import Mark, flat
from claims.models import Article, Assignment, Attribution, Claim, Ruling

LEGEND = (
    ("c", "claim"),
    ("s", "who speaks"),
    ("q", "words that attribute"),
    ("k", "what is attributed"),
)
_STATES = {"proposed": "c cp", "accepted": "c ca", "rejected": "c cr"}


@dataclass(frozen=True, slots=True)
class Line:
    """A card that is not open: one line."""

    claim: Claim
    number: int
    reading: str
    waits: bool
    ruled: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says besides the article: a stale save to repeat, a form to mend."""

    conflict: Mapping[str, Any] | None = None
    form: CardForm | None = None
    repair: RepairForm | None = None
    open: int | None = None
    status: int = 200


def find_article(pk: int) -> Article:
    """Return an article with everything the desk's head says of it; one query.

    Raises:
        Http404: if there is none.
    """
    rows = Article.objects.select_related("outlet", "body", "assignment__editor")
    article: Article | None = rows.filter(pk=pk).first()
    if article is None:
        raise Http404(f"There is no article {pk}.")
    return article


def desk_page(
    request: HttpRequest, article: Article, queue: Queue, shown: Shown | None = None
) -> HttpResponse:
    """Show the desk for an article, with one card open."""
    shown = shown or Shown()
    waiting = queue.waiting().filter(pk=OuterRef("pk"))
    claims = list(claims_of(article).annotate(waits=Exists(waiting)))
    attributions = attributions_of(article)
    standing = _standing(article)
    chosen = _chosen(claims, shown.open or request.GET.get("card", ""))
    text = article.body.text
    card = None
    if chosen:
        rulings = standing[chosen.pk]
        card = open_card(chosen, text, attributions, rulings, claims, shown.form)
    context = {
        **frame(request, article, queue),
        "words": flat(text, marks_of(claims, attributions, chosen)),
        "lines": [_line(n, claim, standing) for n, claim in enumerate(claims, 1)],
        "card": card,
        "voices": _known_voices(attributions.values(), claims),
        "walk": walk(claims, chosen),
        "progress": _progress(queue),
        "waiting_here": sum(claim.waits for claim in claims),
        "conflict": shown.conflict,
        "form_open": shown.form is not None,
        "repair": shown.repair or form_of(request, article),
        "repair_open": shown.repair is not None,
        "evidence": text[slice(*article.published_evidence)] if article.published_evidence else "",
    }
    return TemplateResponse(request, "admin/claims/desk/article.html", context, status=shown.status)


def frame(request: HttpRequest, article: Article, queue: Queue) -> dict[str, Any]:
    """Return what every page of the desk about one article says around it."""
    return {
        **admin.site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "title": f"Review: {article}",
        "article": article,
        "queue": queue,
        "legend": LEGEND,
        "query": queue.carried,
        "assignment": _assignment(article),
        "may_rule": request.user.has_perm("claims.change_claim"),
        "may_undo": may_undo(request),
    }


def claims_of(article: Article) -> Any:
    """Return the claims of an article in reading order."""
    rows = Claim.objects.current().filter(article=article)
    rows = rows.select_related("speaker__canonical", "ultimate__canonical", "last_run")
    return rows.order_by("start", "end", "pk")


def attributions_of(article: Article) -> dict[int, Attribution]:
    """Return the attributions of an article by id, with their speakers."""
    rows = article.attributions.select_related("speaker__canonical").order_by("pk")
    return {row.pk: row for row in rows}


def marks_of(
    claims: Iterable[Claim], attributions: Mapping[int, Attribution], chosen: Claim | None
) -> list[Mark]:
    """Return all marks of an article; those of the open card are lit."""
    said = said_of(chosen, attributions) if chosen else []
    lit_up = {row.pk for row in said}
    marks = [
        Mark(row.start, row.end, _STATES[row.status], anchor=f"w{row.pk}", href=f"#c{row.pk}")
        for row in claims
    ]
    for row in attributions.values():
        if not row.gone or row.pk in lit_up:
            marks += _spoken(row, "")
    for row in said:
        marks += _spoken(row, "l")
    if chosen:
        marks.append(Mark(chosen.start, chosen.end, "here"))
    return marks


def walk(claims: Sequence[Any], chosen: Claim | None) -> dict[str, Claim | None]:
    """Return the claims before and after the open one, and the next one that waits.

    The next that waits comes after it in reading order; if there is none, before it.
    """
    if chosen is None:
        return {"previous": None, "next": None, "waiting": None}
    at = next(n for n, claim in enumerate(claims) if claim.pk == chosen.pk)
    others = [*claims[at + 1 :], *claims[:at]]
    return {
        "previous": claims[at - 1] if at else None,
        "next": claims[at + 1] if at + 1 < len(claims) else None,
        "waiting": next((claim for claim in others if claim.waits), None),
    }


def _spoken(row: Attribution, lit_up: str) -> Iterator[Mark]:
    """Yield the marks of an attribution; with `lit_up` before their roles."""
    source = lit(row) if lit_up else row.source
    for role, spans in (("s", source), ("q", row.cue), ("k", row.content)):
        yield from (Mark(start, end, lit_up + role) for start, end in spans)


def _chosen(claims: Sequence[Any], wanted: str | int) -> Claim | None:
    """Return the claim asked for, else the first that waits, else the first."""
    asked = [claim for claim in claims if str(claim.pk) == str(wanted)]
    found: Claim | None = next(iter([*asked, *(one for one in claims if one.waits), *claims]), None)
    return found


def _standing(article: Article) -> dict[int, dict[str, Ruling]]:
    """Return the standing rulings of an article's claims, by claim and field; one query."""
    found: dict[int, dict[str, Ruling]] = defaultdict(dict)
    rows = Ruling.objects.standing().filter(claim__article=article).select_related("actor")
    for ruling in rows:
        found[ruling.claim_id or 0][ruling.field] = ruling
    return found


def _line(number: int, claim: Any, standing: Mapping[int, Mapping[str, Ruling]]) -> Line:
    ruled = standing[claim.pk].keys() - {"status", "voice_status", "second"}
    return Line(claim, number, phrases.reading_of(claim), claim.waits, bool(ruled))


def _known_voices(
    attributions: Iterable[Attribution], claims: Iterable[Claim]
) -> list[tuple[int, str]]:
    """Return the voices of an article, one row for each name, to choose from."""
    rows = [row.speaker for row in attributions if row.speaker and not row.gone]
    rows += [claim.speaker for claim in claims if claim.speaker]
    names = {str(row.head): row.pk for row in reversed(rows)}
    return sorted(((pk, name) for name, pk in names.items()), key=lambda pair: pair[1].lower())


def _assignment(article: Article) -> Assignment | None:
    held: Assignment | None = getattr(article, "assignment", None)
    return held if held and held.is_current else None


def _progress(queue: Queue) -> dict[str, int]:
    """Return how many claims were left when the editor began, and how many are done since."""
    left = queue.left()
    total = max(left, queue.began or 0)
    return {"left": left, "total": total, "done": total - left}
