"""Files of all claims against the database's own export of the same query: CPU time and memory.

python -m tests.benchmarks.exports [--rounds 5]

Works on the database of DATABASE_URL as `tests.benchmarks.synthetic` fills it. The measure is
`sqlite3 -csv` or `psql` with COPY, running the very statement of our files. Each file is written
in a process of its own, by turns; on PostgreSQL the time of the server's process counts too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
if not apps.ready:
    django.setup()

from django.db import connection

from claims import export
from claims.files import flat, forms, parquet
from claims.files.reading import batches, snapshot
from claims.filters.readers import Reader, claims_for

TICKS = os.sysconf("SC_CLK_TCK")
STAT = "SELECT pg_read_file('/proc/self/stat')"


def rows() -> Any:
    """Return all claims as editors get them, as a query."""
    return flat.flat(claims_for(Reader.EDITOR), Reader.EDITOR)


def measured(form: str) -> dict[str, Any]:
    """Write one file in this process; return what it took."""
    number = 0

    def counted() -> Any:
        nonlocal number
        for some in batches(rows()):
            number += len(some)
            yield some

    before, begun = _server(), time.process_time()
    with snapshot():
        size = sum(map(len, forms.lines(form, export.COLUMNS, counted(), {})))
    cpu = time.process_time() - begun + _server() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"rows": number, "cpu": cpu, "peak": peak, "bytes": size}


def _server() -> float:
    """Return the CPU time that the server's process of this connection has used."""
    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute(STAT)
        return _seconds(cursor.fetchone()[0])


def _seconds(stat: str) -> float:
    return sum(map(int, stat.rpartition(")")[2].split()[11:13])) / TICKS


def statement() -> str:
    """Return the statement of our files, with its values written in."""
    sql, params = rows().query.sql_with_params()
    written = (f"'{one}'" if isinstance(one, str) else str(int(one)) for one in params)
    return str(sql.replace("%s", "{}").format(*written))


def own() -> float:
    """Let the database's own program write the rows; return the CPU time it took."""
    before = _children()
    if connection.vendor == "sqlite":
        with tempfile.TemporaryFile("w+") as script:
            script.write(f"{statement()};\n")
            script.seek(0)
            name = str(connection.settings_dict["NAME"])
            subprocess.run(
                ["sqlite3", "-csv", name], stdin=script, stdout=subprocess.DEVNULL, check=True
            )
        return _children() - before
    held = connection.settings_dict
    address = f"postgresql://{held['USER']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    copy = f"COPY ({statement()}) TO STDOUT (FORMAT csv)"
    command = ["psql", "-qAt", address, "-c", STAT, "-c", copy, "-c", STAT]
    with tempfile.TemporaryFile("w+") as out:
        subprocess.run(command, stdout=out, check=True)
        out.seek(0)
        stats = [line for line in out if "(postgres)" in line]
    return _children() - before + _seconds(stats[-1]) - _seconds(stats[0])


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", choices=list(forms.MEDIA_TYPES), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(measured(options.one)))
        return 0
    names = [name for name in forms.MEDIA_TYPES if name != "parquet" or parquet.installed()]
    measure: list[float] = []
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(options.rounds):
        measure.append(own())
        for name in names:
            command = [sys.executable, "-m", "tests.benchmarks.exports", "--one", name]
            root = Path(__file__).parents[2]
            told = subprocess.run(command, capture_output=True, check=True, cwd=root)
            found[name].append(json.loads(told.stdout))
    floor = statistics.median(measure)
    print(f"the database's own: {floor:.2f} s CPU")
    for name, some in found.items():
        cpu = statistics.median(one["cpu"] for one in some)
        print(
            f"{name}: {some[0]['rows']} rows, {cpu:.2f} s CPU, {cpu / floor:.2f} of it, "
            f"peak {max(one['peak'] for one in some)} MB"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
