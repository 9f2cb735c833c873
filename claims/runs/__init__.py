"""From readings to claims: the engine over articles, readings made elsewhere, both stored alike."""

from claims.runs.apply import apply, outlook
from claims.runs.engine import run_engine
from claims.runs.load import Line, load
from claims.runs.proposals import Counts, Progress, outcome
from claims.runs.readings import (
    begin_run,
    finish,
    read_article,
    start_load,
    start_run,
    store_reading,
    to_read,
)
from claims.runs.score import compare_readings, score_rulings
from claims.runs.staged import WrongState, apply_run, begin_applying, drop_run, weigh

__all__ = [
    "Counts",
    "Line",
    "Progress",
    "WrongState",
    "apply",
    "apply_run",
    "begin_applying",
    "begin_run",
    "compare_readings",
    "drop_run",
    "finish",
    "load",
    "outcome",
    "outlook",
    "read_article",
    "run_engine",
    "score_rulings",
    "start_load",
    "start_run",
    "store_reading",
    "to_read",
    "weigh",
]
