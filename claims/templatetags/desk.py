"""What waits at the desk, for pages that lead there."""

from django import template
from django.urls import reverse

from claims.filters.base import counted
from claims.filters.queues import HEAP_NAMES, HEAPS
from claims.models import Claim

register = template.Library()


@register.simple_tag
def heaps_of_work() -> list[dict[str, object]]:
    """Return the heaps of the desk that are not empty: name, how many claims, address."""
    rows = Claim.objects.current()
    found = [(work, name, counted(rows.filter(HEAPS[work]))) for work, name in HEAP_NAMES]
    return [
        {"name": name, "left": left, "address": f"{reverse('desk')}?work={work}"}
        for work, name, left in found
        if left
    ]
