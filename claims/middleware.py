"""What every answer carries, whichever package made it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from claims import history

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)

READS = ("GET", "HEAD", "OPTIONS")
EXPOSED = "ETag, Retry-After, Link, Left-Out, As-Of"

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Forbid scripts, styles and images from anywhere but this server, and a browser's devices.

    A view that needs more sets the header itself; it is left as set. Django 6 has a middleware
    for this, Django 5.2 has none.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def cross_origin(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let pages of any origin read what everybody may read in the API, and nothing else.

    No credentials are allowed, so a browser sends none, and no method that writes.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            return get_response(request)
        asked = request.headers.get("Access-Control-Request-Method")
        if request.method == "OPTIONS" and asked:
            response: HttpResponseBase = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = ", ".join(READS)
            response["Access-Control-Allow-Headers"] = "If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        else:
            response = get_response(request)
        if request.method in READS:
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = EXPOSED
        return response

    return middleware


def way_of_change(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let the log know by what way a change came."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        first, second, *_ = (*request.path.strip("/").split("/"), "", "")
        way = {"api": "api", "admin": "desk" if second == "desk" else "admin"}.get(first, "page")
        with history.through(way):
            return get_response(request)

    return middleware
