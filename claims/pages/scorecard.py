"""The scorecard: how well the engine reads, by kind, with intervals and denominators."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims import scorecard
from claims.agreement import Share
from claims.models import Measurement

TITLES = {
    Measurement.What.GOLD: "On texts marked by hand",
    Measurement.What.RULINGS: "On what editors ruled",
    Measurement.What.SAMPLE: "On readings drawn at random",
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show what was measured last; nothing is measured for a page."""
    found = list(scorecard.cards())
    groups = [
        {
            "what": what,
            "title": title,
            "cards": [_card(card) for card in found if card.what == what],
        }
        for what, title in TITLES.items()
    ]
    return render(request, "pages/scorecard.html", {"groups": groups, "any": bool(found)})


def _card(card: scorecard.Card) -> dict[str, Any]:
    return {
        "engine": card.engine,
        "about": card.about,
        "at": card.at,
        "tables": [
            (name, [_line(line) for line in lines])
            for name, lines in (("Figures", card.figures), ("Voices", card.voices))
            if lines
        ],
        "recall": any(line.recall for line in card.figures),
    }


def _line(line: scorecard.Line) -> dict[str, Any]:
    kind = "all kinds" if line.kind == scorecard.ALL else line.kind
    return {"kind": kind, "shares": [_share(one) for one in (line.precision, line.recall) if one]}


def _share(found: Share) -> dict[str, Any]:
    """Return a share in percent, and its places on a scale of 100 for the drawing."""
    value = found.value
    return {
        "value": "–" if value is None else f"{100 * value:.1f} %",
        "interval": "" if value is None else f"{100 * found.low:.1f}–{100 * found.high:.1f}",
        "counts": f"{found.count:,} of {found.of:,}",
        "at": None if value is None else f"{99 * value:.2f}",  # the mark is 1 wide
        "low": f"{100 * found.low:.2f}",
        "width": f"{100 * (found.high - found.low):.2f}",
    }
