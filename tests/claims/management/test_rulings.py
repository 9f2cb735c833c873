"""Rulings of every kind outlast a new engine whose run is killed twice, staged or not.

`ON_RECORD_RULINGS` sets how many: 300 by hand, fewer in the usual run.
"""

import json
import os
import random
import subprocess
import sys

import pytest
from django.db import connection

from tests.claims.management.test_kills import ROOT, environment, killed_at, manage

RULINGS = int(os.environ.get("ON_RECORD_RULINGS", "36"))
KILLS = 2

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="its processes work on SQLite files of their own"
)

IMPORT = """
import sys, random, django; django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from claims.curation import pointing, records, review
from claims.ingest import Options, import_bytes
from claims.models import Claim, Speaker
from claims.runs.pointing import read_marked

number, chance = int(sys.argv[1]), random.Random(5)
names = ("Lena Ortiz", "Ada Rao", "Jonas Weil", "Mira Okafor")
for n in range(-(-number // 6)):
    text = (f"Harbour notes of day {n}: ferries carry {n + 20} crates\\n\\n"
            f"The harbour office counted {n + 1},200 passengers last month, {names[n % 4]} said.\\n"
            f"At least {n + 3} percent of them travelled with a bicycle, {names[n % 3]} said.\\n"
            f"The city spent €{n + 5} million on {n % 9 + 2} piers on 9 March 2031.\\n")
    import_bytes(text.encode(), f"{n}.txt", Options(visibility="public"))
call_command("extract_claims")
editor = User.objects.create(username="editor", is_superuser=True)
speaker = Speaker(name="Mara Voss", kind="person")
records.create(speaker, actor=editor)
one = lambda claim: Claim.objects.filter(pk=claim.pk)
accept = lambda claim: review.accept(one(claim), actor=editor, voice=True)
reject = lambda claim: review.reject(one(claim), actor=editor, reason="wrong")
value = lambda claim: review.correct(
    claim, {"value": "77", "low": "", "high": "", "kind": "count", "edtf": ""},
    actor=editor, version=claim.version)
def who(claim):
    return review.correct(claim, {"voice": "attributed", "chain": [speaker.pk]}, actor=editor,
                          version=claim.version)
def concept(claim):
    return review.correct(claim, {"concept": "ruled"}, actor=editor, version=claim.version)
def span(claim):
    text = claim.article.body.text
    end = text.find(" ", claim.end + 1)
    marked = read_marked(claim.article, claim.start, end if end > 0 else len(text))
    try:
        return pointing.move_claim(claim, marked.place, {}, actor=editor, version=claim.version)
    except ValueError:  # another claim stands there
        return accept(claim)
rows = chance.sample(list(Claim.objects.order_by("pk")), number)
for n, claim in enumerate(rows):
    (accept, reject, value, who, concept, span)[n % 6](claim)
"""

NEWER = """
import sys, hashlib, django; django.setup()
from dataclasses import replace
from django.core.management import call_command
from corpus import extract

real, extract.ENGINE = extract.extract, "99"
def change(claim):
    luck = int(hashlib.sha256(f"{claim.surface}{claim.span.start}".encode()).hexdigest(), 16) % 10
    if luck < 2:
        return None
    if luck < 6:
        return replace(claim, concept="other", value="1" if claim.value else None)
    return replace(claim, voice="own", attribution=None, speaker=None, chain=(), voices=())
def newer(text, *given, **named):
    reading = real(text, *given, **named)
    kept = tuple(filter(None, map(change, reading.claims)))
    return replace(reading, engine="99", claims=kept)
extract.extract = newer
call_command(*sys.argv[1:])
"""

READ = (
    "SELECT count(*) FROM claims_reading g JOIN claims_run r ON r.id = g.run_id "
    "WHERE r.engine = '99'"
)
APPLIED = f"{READ} AND g.applied IS NOT NULL"

STATE = """
import json, django; django.setup()
from claims.models import Claim, Ruling, Run
said = ("status", "voice_status", "value", "low", "high", "kind", "edtf", "start", "end",
        "surface", "voice", "speaker", "concept")
ruled = Claim.objects.filter(rulings__standing=True).distinct().order_by("pk")
queue = Claim.objects.queue().values("pk")
print(json.dumps({
    "claims": list(ruled.values("pk", "uid", *said)),
    "rulings": list(Ruling.objects.standing().order_by("pk").values("claim", "field", "value")),
    "returned": ruled.filter(status="rejected", pk__in=queue).count(),
    "gone": ruled.filter(gone=True).count(),
    "staged": list(Run.objects.filter(staging=True).values_list("pk", flat=True)),
    "anew": Claim.objects.filter(first_run__engine="99").count(),
}))
"""


def python(data, script, *arguments, check=True):
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment(data), cwd=ROOT, capture_output=True, text=True, check=check,
    )  # fmt: skip


def state(data):
    return json.loads(python(data, STATE).stdout)


def killed_and_done(data, stored, *command):
    """Run a command of the newer engine, killed once random numbers are stored, to its end."""
    killed, articles = 0, -(-RULINGS // 6)
    for moment in sorted(random.Random().sample(range(1, articles // 2 + 1), KILLS)):
        process = subprocess.Popen(
            [sys.executable, "-c", NEWER, *command],
            env=environment(data), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        interrupted = killed_at(moment, process, data, stored)
        assert "No fault found" in manage(data, "verify").stdout
        if not interrupted:
            return killed  # it was at its end already: once more would be another run
        killed += 1
    done = python(data, NEWER, *command, check=False)
    assert done.returncode == 0 or "only a staged run" in done.stderr, done.stderr
    return killed


@pytest.mark.parametrize("staged", [False, True], ids=["applied at once", "staged first"])
def test_rulings_outlast_a_new_engine_and_killed_runs(tmp_path, install, staged):
    install(tmp_path)
    python(tmp_path, IMPORT, str(RULINGS))
    before = state(tmp_path)
    assert len(before["claims"]) == RULINGS
    killed = killed_and_done(tmp_path, READ, "extract_claims", *(["--stage"] if staged else []))
    if staged:
        (run,) = state(tmp_path)["staged"]
        assert state(tmp_path)["claims"] == before["claims"]
        killed += killed_and_done(tmp_path, APPLIED, "apply_run", str(run))
    after = state(tmp_path)
    assert killed > 0
    assert after["claims"] == before["claims"]
    assert after["rulings"] == before["rulings"]
    assert (after["returned"], after["gone"]) == (0, 0)
    assert "No fault found" in manage(tmp_path, "verify", check=True).stdout
