"""From readings to claims: the engine over articles, readings made elsewhere, both stored alike."""

from claims.runs.apply import apply
from claims.runs.engine import Progress, run_engine
from claims.runs.load import Line, load
from claims.runs.proposals import Counts
from claims.runs.readings import (
    finish,
    read_article,
    start_load,
    start_run,
    store_reading,
    to_read,
)
from claims.runs.score import compare_readings, score_rulings

__all__ = [
    "Counts",
    "Line",
    "Progress",
    "apply",
    "compare_readings",
    "finish",
    "load",
    "read_article",
    "run_engine",
    "score_rulings",
    "start_load",
    "start_run",
    "store_reading",
    "to_read",
]
