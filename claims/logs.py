"""The log: one JSON object a line, with nothing in it that a person wrote or kept secret.

Each request has one line: its id, method, path, status, milliseconds until the answer began, and
the account's number. Query strings, headers, bodies, names and addresses are in no line; where
addresses are needed the proxy's log has them, and the request's id leads from one to the other.
Messages of errors may quote what was sent or stored: an error's class and its lines of code are
kept, its words are not, and neither are the messages of other packages.
"""

import json
import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import SimpleLazyObject

PROBES: Final = frozenset({"/healthz", "/readyz"})
"""Addresses asked every few seconds; of those only what went wrong is worth a line."""
_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_LONGEST_PATH: Final = 500
_ID = re.compile("[0-9a-f]{32}")
_REQUESTS = logging.getLogger("claims.requests")
_request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if number := _request_id.get():
            line["request"] = number
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = _error(record.exc_info[1])
        return json.dumps(line)


def log_requests(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: one line for each request; the answer carries the request's id."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        before = _request_id.set(_id(request))
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = _request_id.get()
            if request.path not in PROBES or response.status_code >= 400:
                _write(request, response.status_code, time.perf_counter() - began)
            return response
        finally:
            _request_id.reset(before)

    return middleware


def _write(request: HttpRequest, status: int, seconds: float) -> None:
    fields = {
        "method": request.method if request.method in _METHODS else "other",
        "path": _path(request),
        "status": status,
        "ms": round(seconds * 1000, 1),
        "user": _account(request),
    }
    _REQUESTS.info("request", extra={"fields": fields})


def _id(request: HttpRequest) -> str:
    """Return the id that our own proxy gave the request, or a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if settings.BEHIND_PROXY and _ID.fullmatch(given) else uuid.uuid4().hex


def _path(request: HttpRequest) -> str:
    """Return the path without what gives rights to whoever has it: the token of a mailed link."""
    path, match = request.path, request.resolver_match
    if match and (token := match.kwargs.get("token")):
        path = path.replace(str(token), "…")
    return path[:_LONGEST_PATH]


def _account(request: HttpRequest) -> int | None:
    """Return the number of the account that asked, if the view looked for one."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):  # asking it would be a query that nobody needed
        user = request.__dict__.get("_cached_user")
    return getattr(user, "pk", None)


def _message(record: logging.LogRecord) -> str:
    """Return the words of our own records and of the server's start and end, else the place."""
    ours = record.name.split(".")[0] == "claims"
    if ours or (record.name == "gunicorn.error" and _of_processes(record)):
        return record.getMessage()
    return f"{record.module}.{record.funcName}, line {record.lineno}"


def _of_processes(record: logging.LogRecord) -> bool:
    """Tell whether gunicorn speaks of its processes; its other warnings quote requests."""
    begun = str(record.msg).upper().startswith("WORKER")
    return record.levelno == logging.INFO or begun


def _error(error: BaseException) -> dict[str, Any]:
    """Return the class of an error, its lines of code, and the same of its cause."""
    stack = traceback.extract_tb(error.__traceback__)
    said: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "stack": [f"{one.filename}:{one.lineno} {one.name}" for one in stack],
    }
    if cause := error.__cause__ or error.__context__:
        said["cause"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
    return said
