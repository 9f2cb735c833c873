"""How pages of single rows write counts and the places of a picture."""

from collections.abc import Sequence
from typing import Any

from django import template

from claims.filters.base import COUNTED
from claims.timeline import Shape

register = template.Library()


@register.filter
def capped(number: int) -> str:
    """Return a count that may have stopped at the cap."""
    return f"{COUNTED:,}+" if number > COUNTED else f"{number:,}"


@register.filter
def plus(place: float, more: int) -> float:
    """Return a place of a picture moved on."""
    return round(place + more, 1)


@register.filter
def minus(place: float, less: int) -> float:
    """Return a place of a picture moved back."""
    return round(place - less, 1)


@register.filter
def last_says(shapes: Sequence[Shape]) -> Any:
    """Return what the last shape of a picture says."""
    return shapes[-1].says
