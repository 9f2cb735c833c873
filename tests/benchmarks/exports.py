"""Files of all claims against the database's own export of the same query: CPU time and memory.

python -m tests.benchmarks.exports [--rounds 5] [--forms csv parquet]

Works on the database of DATABASE_URL as `tests.benchmarks.synthetic` fills it. The measure is
`sqlite3 -csv` or `psql` with COPY, running one statement for the same rows. Each file is written
in a process of its own, by turns; on PostgreSQL the time of the server's process counts too, which
does all the work alone. Measure where the extras are and pandas is not: pyarrow would load it.
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
from django.test import override_settings

from claims.files import forms, parquet
from claims.files.reading import snapshot
from claims.filters.readers import Reader, claims_for

FORMS = [form for form in forms.MEDIA_TYPES if form != "parquet" or parquet.installed()]
TICKS = os.sysconf("SC_CLK_TCK")
ALONE = "SET max_parallel_workers_per_gather = 0"
STAT = "SELECT pg_read_file('/proc/self/stat')"

STATEMENT = """
SELECT c.uid, c.status,
  CASE WHEN c.status = 'accepted' AND c.second IN ('awaited', 'disputed')
    THEN 'accepted by one editor, awaits another; truth not assessed'
    WHEN c.status = 'accepted' THEN 'reading checked; truth not assessed'
    WHEN c.status = 'rejected' THEN 'reading rejected'
    ELSE 'machine reading, unverified' END,
  a.uid, a.headline, o.name, a.url, a.published, c.published_earliest, c.published_latest,
  a.published_basis, c.kind, c.start, c."end", c.surface, c.sentence_start, c.sentence_end,
  c.passage, c.value, c.low, c.high, c.number_low, c.number_high, c.comparator, c.vague, c.unit,
  c.per, c.change, c.concept, c.modality, c.edtf, c.date_earliest, c.date_latest, c.unresolved,
  c.scope_edtf, c.scope_earliest, c.scope_latest, c.scope_place, c.voice,
  CASE WHEN c.voice_status = 'confirmed' THEN 'voice confirmed by an editor'
    ELSE 'machine reading, unverified' END,
  coalesce(sh.name, s.name), coalesce(sh.uid, s.uid),
  coalesce(uh.name, u.name), coalesce(uh.uid, u.uid),
  (SELECT {objects} FROM (
    SELECT {object}('uid', coalesce(h.uid, w.uid), 'name', coalesce(h.name, w.name),
      'kind', coalesce(h.kind, w.kind), 'written', w.name) AS item
    FROM claims_claimvoice v JOIN claims_speaker w ON w.id = v.speaker_id
    LEFT JOIN claims_speaker h ON h.id = w.canonical_id
    WHERE v.claim_id = c.id ORDER BY v.position) chain),
  CASE WHEN NOT n.gone THEN n.uid END,
  (SELECT {texts} FROM (
    SELECT (SELECT t.scheme || ':' || t.code FROM claims_topic t WHERE t.id = l.topic_id) AS item
    FROM claims_claimtopic l WHERE l.claim_id = c.id AND NOT l.removed ORDER BY 1) topics),
  c.score, (SELECT r.engine FROM claims_run r WHERE r.id = c.last_run_id)
FROM claims_claim c
JOIN claims_article a ON a.id = c.article_id
LEFT JOIN claims_outlet o ON o.id = a.outlet_id
LEFT JOIN claims_speaker s ON s.id = c.speaker_id
LEFT JOIN claims_speaker sh ON sh.id = s.canonical_id
LEFT JOIN claims_speaker u ON u.id = c.ultimate_id
LEFT JOIN claims_speaker uh ON uh.id = u.canonical_id
LEFT JOIN claims_attribution n ON n.id = c.attribution_id
WHERE NOT c.gone ORDER BY c.id
"""
"""The rows of our files as anybody would ask for them who knows the tables."""
JSON = {
    "sqlite": {
        "object": "json_object",
        "objects": "json_group_array(json(item))",
        "texts": "json_group_array(item)",
    },
    "postgresql": {
        "object": "json_build_object",
        "objects": "json_agg(item)",
        "texts": "json_agg(item)",
    },
}


def measured(form: str) -> dict[str, Any]:
    """Write one file in this process; return what it took."""
    number = 0

    def counted(found: Any) -> Any:
        nonlocal number
        for some in found:
            number += len(some)
            yield some

    _alone()
    before, begun = _server(), time.process_time()
    with override_settings(DEBUG=False), snapshot():  # or Django keeps what it asked
        given = (form, claims_for(Reader.EDITOR), Reader.EDITOR, {})
        size = sum(map(len, forms.of_claims(*given, counted)))
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


def _alone() -> None:
    """Let the server's process do all the work: that of helpers would not be counted."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(ALONE)


def own() -> float:
    """Let the database's own program write the rows; return the CPU time it took."""
    before = _children()
    statement = STATEMENT.format(**JSON[connection.vendor])
    if connection.vendor == "sqlite":
        with tempfile.TemporaryFile("w+") as script:
            script.write(f"{statement};\n")
            script.seek(0)
            name = str(connection.settings_dict["NAME"])
            subprocess.run(
                ["sqlite3", "-csv", name], stdin=script, stdout=subprocess.DEVNULL, check=True
            )
        return _children() - before
    held = connection.settings_dict
    address = f"postgresql://{held['USER']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"
    copy = f"COPY ({statement}) TO STDOUT (FORMAT csv)"
    command = ["psql", "-qAt", address, "-c", ALONE, "-c", STAT, "-c", copy, "-c", STAT]
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
    parser.add_argument("--forms", nargs="+", choices=FORMS, default=FORMS)
    parser.add_argument("--one", choices=FORMS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        print(json.dumps(measured(options.one)))
        return 0
    measure: list[float] = []
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in options.forms}
    for _ in range(options.rounds):
        measure.append(own())
        for name in options.forms:
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
