"""Pages for editors: the Django admin over articles, claims, speakers and the log."""

from django.contrib import admin

from claims.admin import (
    article,
    attribution,
    claim,
    history,
    identity,
    outlet,
    redaction,
    run,
    sample,
    speaker,
)

__all__ = [
    "article",
    "attribution",
    "claim",
    "history",
    "identity",
    "outlet",
    "redaction",
    "run",
    "sample",
    "speaker",
]

admin.site.site_header = "On Record"
admin.site.site_title = "On Record"
admin.site.index_title = "What waits, and everything there is"
