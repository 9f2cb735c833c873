"""How long one question to the database may take where anybody may ask: pages and API reads.

A question that takes longer than `READ_SECONDS` is stopped, and the answer says so (503). Writes,
the admin, commands and what is streamed as a file are not limited.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

TOO_SLOW: Final = (
    "This question took longer than {} seconds and was stopped. Ask for less: narrow the filters, "
    "or take the export."
)
_STEPS: Final = 10_000
"""Instructions of SQLite's machine between two looks at the clock; about a millisecond."""
_CANCELLED: Final = "57014"  # PostgreSQL's code for a statement that was stopped


class ReadLimit:
    """Middleware: gives each question of a page or an API read its time, and answers for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"} or request.path.startswith("/admin/"):
            return self.get_response(request)
        with limited(settings.READ_SECONDS):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 503 where the time ran out; leave every other error alone."""
        return _too_slow(request) if ran_out(error) else None


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop each statement of this thread that takes longer; it raises OperationalError."""
    watch = _Watch(seconds)
    try:
        with connection.execute_wrapper(watch):
            yield
    finally:
        watch.end()


def ran_out(error: Exception) -> bool:
    """Tell whether an error is that of a statement that was stopped."""
    if not isinstance(error, OperationalError):
        return False
    return str(error) == "interrupted" or getattr(error.__cause__, "sqlstate", "") == _CANCELLED


class _Watch:
    """Looks at the clock while statements run; it costs nothing where none is run."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until = 0.0
        self.raw: Any = None

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if self.raw is None:
            self._begin()
        self.until = time.monotonic() + self.seconds
        return execute(*statement)

    def _begin(self) -> None:
        self.raw = connection.connection
        if connection.vendor == "sqlite":
            self.raw.set_progress_handler(lambda: time.monotonic() > self.until, _STEPS)
        else:
            self.raw.execute(f"SET statement_timeout = {int(self.seconds * 1000)}")

    def end(self) -> None:
        """Take the limit away again: the connection outlives the request."""
        if self.raw is None or self.raw is not connection.connection:
            return
        if connection.vendor == "sqlite":
            self.raw.set_progress_handler(None, _STEPS)
        elif self.raw.info.transaction_status.name != "INERROR":  # a rollback takes it away too
            self.raw.execute("RESET statement_timeout")


def _too_slow(request: HttpRequest) -> HttpResponse:
    status, said = HTTPStatus.SERVICE_UNAVAILABLE, TOO_SLOW.format(settings.READ_SECONDS)
    if not request.path.startswith("/api/"):
        return render(request, "503.html", {"said": said}, status=status)
    problem = {"type": "about:blank", "title": status.phrase, "status": status, "detail": said}
    return JsonResponse(problem, status=status, content_type="application/problem+json")
