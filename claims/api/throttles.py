"""How often a program may ask: so many times a minute, an hour and a day, for each kind of work.

Accounts are counted by account, everybody else by address. A window begins with the first request
after the last one ended; a request that is refused counts in none. Counts are kept in Django's
cache, which the processes of one machine share in production: those that share none count apart.
Of requests of one caller in the very same moment one may go uncounted.
"""

import math
import re
import time
from functools import cache as remembered
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

_SECONDS: Final = {"second": 1, "min": 60, "hour": 3_600, "day": 86_400}
_RATE: Final = re.compile(rf"([0-9]{{1,9}})/({'|'.join(_SECONDS)})\Z")

Windows = dict[int, int]
"""Seconds: how many requests are let in."""


@remembered
def windows(rates: str) -> Windows:
    """Read rates such as `120/min,3000/hour`; no rate at all is no limit.

    Raises:
        ImproperlyConfigured: naming what is no rate.
    """
    found: Windows = {}
    for rate in filter(None, (part.strip() for part in rates.split(","))):
        read = _RATE.match(rate)
        if read is None:
            raise ImproperlyConfigured(
                f"{rate!r} is no rate; write 120/min, with {', '.join(_SECONDS)}"
            )
        found[_SECONDS[read[2]]] = int(read[1])
    return found


class ReadThrottle(BaseThrottle):
    """Reading; the other kinds of work are counted apart, each by a class of its own."""

    scope = "read"
    _wait = 0.0

    def allow_request(self, request: Request, view: object) -> bool:
        """Tell whether no window is full, and count the request in each."""
        signed_in = bool(request.user and request.user.is_authenticated)
        who = str(request.user.pk) if signed_in else f"address {self.get_ident(request)}"
        allowed = windows(settings.API_RATES[self.scope]["user" if signed_in else "anonymous"])
        if not allowed:
            return True
        key, now = f"throttle {self.scope} {who}".replace(" ", ":"), time.time()
        kept: dict[int, tuple[float, int]] = cache.get(key) or {}
        counts = {
            seconds: kept[seconds] if now < kept.get(seconds, (0, 0))[0] + seconds else (now, 0)
            for seconds in allowed
        }
        full = [s for s, (_, count) in counts.items() if count >= allowed[s]]
        if full:
            self._wait = max(counts[s][0] + s - now for s in full)
            return False
        counted = {s: (start, count + 1) for s, (start, count) in counts.items()}
        cache.set(key, counted, max(allowed))
        return True

    def wait(self) -> float:
        """Return after how many seconds all windows let the next request in."""
        return math.ceil(self._wait)


class WriteThrottle(ReadThrottle):
    """Rulings."""

    scope = "write"


class ExportThrottle(ReadThrottle):
    """Whole files."""

    scope = "export"


class ExtractThrottle(ReadThrottle):
    """Texts that the engine reads."""

    scope = "extract"
