"""Pages for editors: the Django admin over articles, claims, speakers and the log."""

from django.contrib import admin

from claims import sign_in
from claims.admin import (
    account,
    article,
    attribution,
    claim,
    history,
    identity,
    job,
    outlet,
    redaction,
    report,
    run,
    sample,
    speaker,
)

__all__ = [
    "account",
    "article",
    "attribution",
    "claim",
    "history",
    "identity",
    "job",
    "outlet",
    "redaction",
    "report",
    "run",
    "sample",
    "speaker",
]

admin.site.site_header = "On Record"
admin.site.site_title = "On Record"
admin.site.index_title = "What waits, and everything there is"
admin.site.login_form = sign_in.AdminSignInForm
