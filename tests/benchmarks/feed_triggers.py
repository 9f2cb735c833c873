"""What the triggers of the changes feed cost a bulk load: the same claims with and without them.

`python -m tests.benchmarks.feed_triggers [ARTICLES]`, on an empty database of its own
(`DATABASE_URL`). Processor time of this process and of the database's own, interleaved, median.
"""

import importlib
import os
import statistics
import sys
import time
from pathlib import Path

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from claims import columns  # noqa: E402
from claims.models import Claim, Speaker  # noqa: E402
from tests.claims import make  # noqa: E402

TRIGGERS = importlib.import_module("claims.migrations._feed")
LINES = 20
ROUNDS = 5


def spent():
    """Return the seconds of processor time of this process and, if it has one, of its server."""
    used = time.process_time()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2]
        used += sum(map(int, fields.split()[11:13])) / os.sysconf("SC_CLK_TCK")
    return used


def load(articles, start):
    """Store articles with attributed claims, each in one transaction; return the seconds."""
    run = make.first_run()
    before = spent()
    for number in range(start, start + articles):
        lines = [
            f"Office {number} counted {n + 1000} boats, Lena Ortiz said." for n in range(LINES)
        ]
        text = f"Notes {number}\n\n" + "\n".join(lines) + "\n"
        with transaction.atomic():
            article = make.article(text)
            speaker = make.speaker("Lena Ortiz", article=article)
            told = make.attribution(article, speaker, run=run)
            columns.create([_claim(article, run, told, n) for n in range(LINES)])
    return spent() - before


def _claim(article, run, told, n):
    found = make.finding_on(article.body.text, str(n + 1000), value=str(n + 1000))
    found |= {"voice": "attributed", "speaker": "Lena Ortiz", "chain": ["Lena Ortiz"]}
    first, last = found["sentence"]
    return Claim(
        article=article,
        **{name: found[name] for name in ("start", "end", "surface", "kind")},
        **{"sentence_start": first, "sentence_end": last, "passage": article.body.text[first:last]},
        **{"anchor_key": f"{article.pk}-{n}", "machine": found, "machine_chain": [told.pk]},
        **{"first_run": run, "last_run": run},
    )


def main(articles):
    """Load in turns with and without triggers, and print the ratio."""
    load(20, 10**6)
    took = {"with": [], "without": []}
    for turn in range(ROUNDS):
        at = 2 * turn * articles
        took["with"].append(load(articles, at))
        with connection.schema_editor(atomic=False) as editor:
            TRIGGERS.drop(apps, editor)
        took["without"].append(load(articles, at + articles))
        with connection.schema_editor(atomic=False) as editor:
            TRIGGERS.create(apps, editor)
    middle = {name: statistics.median(seconds) for name, seconds in took.items()}
    rows = articles * LINES
    ratio = middle["with"] / middle["without"]
    print(f"{connection.vendor}: {rows} claims and voices, {Speaker.objects.count()} speakers")
    print(f"with {middle['with']:.2f} s, without {middle['without']:.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
