"""Rulings of every kind outlive a newer engine whose run is killed twice.

`ON_RECORD_RULED_FILES` says over how many files, six rulings each: 50 by hand, a few usually.
"""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.claims.management.test_kills import ROOT, environment, manage

FILES = int(os.environ.get("ON_RECORD_RULED_FILES", "5"))

RULE = """
import sys, django; django.setup()
from claims.curation import pointing, review
from claims.ingest import Options, import_bytes
from claims.models import Article, Claim, SourceFile
from claims.runs import run_engine
from claims.runs.pointing import read_marked
from claims.succession import resplit, stretches
from tests.claims import make
FERRY = (
    "Ferry counts rise at pier {n}\\n\\n"
    "The harbour office counted 3.{n}4 million passengers in 2030, Lena Ortiz said on Tuesday.\\n"
    "At least 1,{n} of them travelled with a bicycle, she said, and the city was glad of it.\\n"
)
CHOIR = (
    "The choir of hall {n} sang for 60 minutes on Friday, and 7{n} people came to listen to it.\\n"
    "Its leader, Ada Rao, said that 14 more concerts would follow before the end of the year.\\n"
)
editor, voice = make.editor(), make.speaker("Mara Voss")
for n in range(100, 100 + int(sys.argv[1])):
    import_bytes((FERRY + CHOIR).format(n=n).encode(), f"{n}.txt", Options())
list(run_engine(Article.objects.all()))

def claim(article, surface):
    return Claim.objects.current().get(article=article, surface=surface)

for article in Article.objects.order_by("pk"):
    file = article.placements.get().source_file
    n = int(file.name.removesuffix(".txt"))
    one = claim(article, f"3.{n}4 million")
    review.accept(Claim.objects.filter(pk=one.pk), actor=editor, voice=True)
    one = claim(article, "60 minutes")
    review.reject(Claim.objects.filter(pk=one.pk), actor=editor)
    one = claim(article, "14")
    review.correct(one, {"value": "15"}, actor=editor, version=one.version)
    one = claim(article, f"7{n}")
    start = article.body.text.index(f"7{n} people")
    place = read_marked(article, start, start + len(f"7{n} people")).place
    pointing.move_claim(one, place, {}, actor=editor, version=one.version)
    one = Claim.objects.current().get(article=article, surface__endswith=f"1,{n}")
    fields = {"voice": "attributed", "chain": [voice.pk]}
    review.correct(one, fields, actor=editor, version=one.version)
    found = stretches(file, 0)
    first = next(line.start for line in found if line.words.startswith("The choir"))
    owners = {line.start: "choir" for line in found if line.start >= first}
    versions = dict(Article.objects.values_list("pk", "version"))
    resplit(file, 0, owners, actor=editor, versions=versions)
"""

READ_NEWER = """
import zlib, django; django.setup()
from dataclasses import replace
from django.core.management import call_command
from corpus import extract
real = extract.extract

def changed(claim):
    luck = zlib.crc32(f"{claim.start} {claim.surface}".encode()) % 3
    if luck == 0:
        return None
    if luck == 1 and claim.value and claim.value.isdigit():
        return replace(claim, value=claim.value + "1", concept="other")
    return replace(claim, voice="own", attribution=None, speaker=None, chain=(), voices=())

def newer(*given, **named):
    reading = real(*given, **named)
    claims = tuple(claim for claim in map(changed, reading.claims) if claim)
    return replace(reading, engine="99", claims=claims)

extract.ENGINE, extract.extract = "99", newer
call_command("extract_claims", tier="light")
"""

ON_CLAIMS = """
SELECT a.text_sha256, c.start, c.surface, c.value, c.status, c.voice_status, c.voice, s.name,
    r.field, r.value
FROM claims_ruling r JOIN claims_claim c ON c.id = r.claim_id
JOIN claims_article a ON a.id = c.article_id LEFT JOIN claims_speaker s ON s.id = c.speaker_id
WHERE r.standing AND NOT a.superseded AND NOT c.gone ORDER BY 1, 2, 3, r.field
"""
PLACES = """
SELECT a.text_sha256, c.start, c.surface FROM claims_claim c JOIN claims_article a
ON a.id = c.article_id WHERE NOT a.superseded AND NOT c.gone AND c.status = '{}' ORDER BY 1, 2
"""
READ = "SELECT count(*) FROM claims_reading g JOIN claims_run r ON r.id = g.run_id {}"


@pytest.fixture(scope="module")
def data(tmp_path_factory, install):
    """Return the folder of a database in which each file has six rulings, boundaries among them."""
    folder = install(tmp_path_factory.mktemp("ruled"))
    rule = [sys.executable, "-c", RULE, str(FILES)]
    done = subprocess.run(rule, env=environment(folder), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def asked(folder, sql):
    database = sqlite3.connect(Path(folder, "on_record.sqlite3"), timeout=30)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def read_newer(folder):
    """Begin to read all articles with a newer engine, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", READ_NEWER],
        env=environment(folder),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def killed_after(folder, readings):
    """Kill a run once so many articles are read; return how many it had read then."""
    process = read_newer(folder)
    until = time.monotonic() + 120
    while asked(folder, READ.format("WHERE r.engine = '99'"))[0][0] < readings:
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < until
        time.sleep(0.02)
    process.kill()
    process.communicate()
    return asked(folder, READ.format("WHERE r.engine = '99'"))[0][0]


def test_every_ruling_is_kept_and_no_rejection_returns(data):
    before = asked(data, ON_CLAIMS)
    ruled = {row[:3] for row in before}
    rejected = set(asked(data, PLACES.format("rejected")))
    assert (len(ruled), len(rejected)) == (5 * FILES, FILES)
    articles = asked(data, "SELECT count(*) FROM claims_article WHERE NOT superseded")[0][0]
    assert articles == 2 * FILES, "the sixth ruling of each file split it"
    for part in (1, 2):
        assert killed_after(data, part * articles // 4) < articles
    process = read_newer(data)
    assert process.communicate()[1] is not None
    assert process.returncode == 0
    assert (
        asked(
            data,
            READ.format(
                "JOIN claims_article a ON a.id = g.article_id "
                "WHERE r.engine = '99' AND NOT a.superseded"
            ),
        )[0][0]
        == articles
    )
    assert asked(data, ON_CLAIMS) == before
    proposed = set(asked(data, PLACES.format("proposed")))
    assert not rejected & proposed
    assert set(asked(data, PLACES.format("rejected"))) == rejected
    assert "No fault found" in manage(data, "verify").stdout
    sys.stdout.write(f"{len(ruled)} rulings on claims and {FILES} on boundaries kept\n")
