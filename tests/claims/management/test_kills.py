"""An import killed at random moments and started again ends like one that nobody disturbed.

`ON_RECORD_KILLS` and `ON_RECORD_KILL_ARTICLES` set how often and over how many articles:
20 kills over 500 articles by hand, two over 40 in the usual run.
"""

import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("ON_RECORD_KILLS", "2"))
ARTICLES = int(os.environ.get("ON_RECORD_KILL_ARTICLES", "40"))
EACH_TIME_DIFFERENT = re.compile(
    r"(.*_)?(uid|id|sha256|article|attribution|run|at|created|changed_seq)\Z"
)
WORK = (
    "import sys; from django.core.management import call_command as c; import django; "
    "django.setup(); c('import_texts', sys.argv[1], visibility='public'); "
    "c('extract_claims', tier='light')"
)

ASK = (
    "import sys; from pathlib import Path; import django; django.setup(); "
    "from django.contrib.auth.models import User; from claims import jobs; "
    "given = {'outlet': '', 'visibility': 'public', 'published': ''}; "
    "actor = User.objects.create(username='editor'); "
    "[jobs.to_import(path.read_bytes(), path.name, given, extract=True, actor=actor) "
    "for path in sorted(Path(sys.argv[1]).iterdir())]"
)
STORED = "SELECT (SELECT count(*) FROM claims_article) + (SELECT count(*) FROM claims_reading)"
WORKER = ("manage.py", "work", "--until-done", "--lease", "1")


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """Files of ten articles each, half of them glued text, half JSON Lines."""
    folder = tmp_path_factory.mktemp("texts")
    for file in range(ARTICLES // 10):
        articles = [_article(file * 10 + n) for n in range(10)]
        if file % 2:
            lines = [json.dumps({"text": text, "published": "2031-05-08"}) for text in articles]
            (folder / f"{file:03}.jsonl").write_text("\n".join(lines))
        else:
            (folder / f"{file:03}.txt").write_text("\n\n".join(articles))
    return folder


def _article(n):
    name = ("Lena Ortiz", "Ada Rao", "Jonas Weil", "Mira Okafor")[n % 4]
    return (
        f"Harbour notes of day {n}: ferries carry {n + 20} crates\n\n"
        f"The harbour office counted {n + 1},200 passengers last month, {name} said on Tuesday.\n"
        f"At least {n + 3} percent of them travelled with a bicycle, according to the port's "
        f"annual report.\n"
        f"“We spent €{n + 5} million on {n % 9 + 2} piers,” she said.\n"
    )


def manage(data, *command, **options):
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        env=environment(data), capture_output=True, text=True, **options,
    )  # fmt: skip


def environment(data):
    return os.environ | {
        "ON_RECORD_DATA": str(data),
        "DATABASE_URL": f"sqlite:///{data}/on_record.sqlite3",
        "DJANGO_SETTINGS_MODULE": "claims.settings",
        "PYTHONPATH": str(ROOT),
    }


def work(data, texts):
    """Begin to import and extract in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", WORK, texts],
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def worker(data):
    """Begin a worker that ends when there is nothing left to do."""
    return subprocess.Popen(
        [sys.executable, *WORKER],
        cwd=ROOT,
        env=environment(data),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def exported(data):
    """Return every claim without what differs from one import to the next."""
    lines = manage(data, "export_claims", check=True).stdout.splitlines()
    return [_without(json.loads(line)) for line in lines]


def _without(value):
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not EACH_TIME_DIFFERENT.match(k)}
        return {key: _without(inner) for key, inner in kept.items()}
    return [_without(inner) for inner in value] if isinstance(value, list) else value


def moments():
    """Return at how many stored articles and readings to kill: later and later, at random."""
    return sorted(random.Random().sample(range(1, 2 * ARTICLES), KILLS))


def killed_at(moment, process, data, stored=STORED):
    """Kill a process once so much is stored; return whether it was still at work."""
    with closing(sqlite3.connect(Path(data, "on_record.sqlite3"), timeout=30)) as database:
        while process.poll() is None and database.execute(stored).fetchone()[0] < moment:
            time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def test_killed_and_started_again_equals_undisturbed(texts, tmp_path, install):
    whole, killed = install(tmp_path / "whole"), install(tmp_path / "killed")
    assert work(whole, texts).wait() == 0

    interrupted = 0
    for moment in moments():
        interrupted += killed_at(moment, work(killed, texts), killed)
        half = manage(killed, "verify")
        assert "No fault found" in half.stdout, half.stdout
    assert interrupted > 0
    assert work(killed, texts).wait() == 0

    expected = exported(whole)
    assert len(expected) > ARTICLES
    assert exported(killed) == expected
    assert "Note" not in manage(killed, "verify", check=True).stdout


def test_jobs_whose_workers_are_killed_end_like_undisturbed_ones(texts, tmp_path, install):
    whole, killed = install(tmp_path / "whole"), tmp_path / "killed"
    subprocess.run([sys.executable, "-c", ASK, texts], env=environment(whole), check=True)
    shutil.copytree(whole, killed)
    undisturbed, _ = worker(whole).communicate()
    assert f"{ARTICLES // 10} jobs" in undisturbed

    interrupted = 0
    for moment in moments():
        interrupted += killed_at(moment, worker(killed), killed)
        half = manage(killed, "verify")
        assert "No fault found" in half.stdout, half.stdout
        time.sleep(1.1)  # until the lease of the dead one is over
    assert interrupted > 0
    last, _ = worker(killed).communicate()
    assert "brought to an end" in last

    expected = exported(whole)
    assert len(expected) > ARTICLES
    # Workers go on with several jobs in turn: a death may change the order of their articles.
    assert sorted(exported(killed), key=repr) == sorted(expected, key=repr)
    assert "Note" not in manage(killed, "verify", check=True).stdout


def test_a_worker_told_to_end_finishes_its_article_and_says_so(texts, tmp_path, install):
    install(tmp_path)
    subprocess.run([sys.executable, "-c", ASK, texts], env=environment(tmp_path), check=True)
    process = worker(tmp_path)
    assert process.stdout is not None
    assert "waits for work" in process.stdout.readline()
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    assert "ends;" in process.communicate(timeout=60)[0]
    assert process.returncode == 0
    second = worker(tmp_path)  # no lease stands in its way
    assert f"{ARTICLES // 10} jobs" in second.communicate()[0]
    assert "Note" not in manage(tmp_path, "verify", check=True).stdout
