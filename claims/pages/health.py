"""What a supervisor asks: is the process up, and can it do its work?"""

import tempfile
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; nothing else is asked, so nothing else can fail."""
    return JsonResponse({"up": True})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether requests can be served; if not (503), what is missing."""
    missing = [*_database(), *_storage(), *_static_files()]
    status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
    return JsonResponse({"ready": not missing, "missing": missing}, status=status)


def _database() -> Iterator[str]:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        yield "The database cannot be reached."
        return
    if unapplied := sorted(f"{app}.{name}" for app, name in _latest() - applied.keys()):
        yield f"Migrations are not applied ({', '.join(unapplied)}): run manage.py migrate."


@cache
def _latest() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _storage() -> Iterator[str]:
    storage = Path(settings.MEDIA_ROOT)
    try:
        storage.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=storage) as file:
            file.write(b"ready?")
    except OSError:
        yield "The storage for files cannot be written to."


def _static_files() -> Iterator[str]:
    if getattr(staticfiles_storage, "hashed_files", True) == {}:
        yield "Static files are not collected: run manage.py collectstatic in production mode."
