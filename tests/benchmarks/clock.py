"""CPU time of several ways to do the same thing, measured in turns: for benchmarks only."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from django.db import connection


def cpu() -> float:
    """Return the CPU seconds of this process and of its server process in PostgreSQL.

    The server must run on this machine.
    """
    spent = time.process_time()
    if connection.vendor != "postgresql":
        return spent
    connection.ensure_connection()
    schedule = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return spent + int(schedule.read_text().split()[0]) / 1e9


def seconds(way: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    begun = cpu()
    way()
    return cpu() - begun


def milliseconds(ways: Mapping[str, Callable[[], object]], runs: int = 7) -> dict[str, float]:
    """Return the median CPU milliseconds of each way, called in turns after one call to warm up."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way()
    for _ in range(runs):
        for name, way in ways.items():
            spent[name].append(seconds(way))
    return {name: 1000 * statistics.median(times) for name, times in spent.items()}


def tell(what: str, value: float, most: float, against: str) -> None:
    """Print one figure beside its target."""
    verdict = "as asked" if value <= most else "MISSED"
    print(f"{what}: {value:.2f} of {against} (asked: at most {most:g}) {verdict}")
