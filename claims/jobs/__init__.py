"""Background work on the database: asked for, taken by a worker, paused, cancelled, resumed."""

from claims.jobs.asking import (
    NotNow,
    cancel,
    pause,
    resume,
    retry,
    to_apply,
    to_import,
    to_read,
    to_weigh,
)
from claims.jobs.worker import Stop, help_with, work

__all__ = [
    "NotNow",
    "Stop",
    "cancel",
    "help_with",
    "pause",
    "resume",
    "retry",
    "to_apply",
    "to_import",
    "to_read",
    "to_weigh",
    "work",
]
