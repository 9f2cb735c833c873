"""Redaction: a text or a private name removed everywhere, for legal reasons.

Letters and digits are blacked out one for one, so that every span that is stored stays true; the
words go from texts, files, claims, readings, rulings, the log and the search index. What is left
are digests, a tombstone, and figures without their words. Nothing brings the words back: neither
undo nor the same file imported again. Backups, and the free pages of the database, are for whoever
runs it.
"""

from claims import search
from claims.redaction.files import settle
from claims.redaction.names import Preview, preview_name, redact_name
from claims.redaction.texts import redact_text

__all__ = ["Preview", "finish", "preview_name", "redact_name", "redact_text"]


def finish() -> None:
    """End removals that were killed after their commit: words go from files and the index too."""
    settle()
    search.forget()
