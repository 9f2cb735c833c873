"""Backups while four others write, and restores that are killed: one moment, or what was before.

`ON_RECORD_KILLS` says how many restores are killed: 20 by hand, a few in the usual run.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from claims.models import Outlet, Topic

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("ON_RECORD_KILLS", "2"))
WRITE = """
import sys, time, django; django.setup()
from django.db import transaction
from claims.models import Outlet, Topic
number = 0
while True:
    number += 1
    with transaction.atomic():
        Outlet.objects.create(name=f"{sys.argv[1]}-{number}", domain="d" * 200)
        Topic.objects.create(scheme=sys.argv[1], code=str(number), label="t" * 100)
    time.sleep(0.02)
"""
FILL = """
import django; django.setup()
from claims.models import Outlet
Outlet.objects.bulk_create([Outlet(name=f"{n}", domain="d" * 200) for n in range(5000)])
"""
MORE = """
import django; django.setup()
from claims.models import Outlet
Outlet.objects.create(name="later")
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def environment(tmp_path, install):
    """Return the environment of processes with a database of their own."""
    one = connection.settings_dict
    given = f"sqlite:///{install(tmp_path)}/on_record.sqlite3"
    if connection.vendor == "postgresql":
        where = f"{one['USER']}:{one['PASSWORD']}@{one['HOST']}:{one['PORT']}"
        given = f"postgres://{where}/{one['NAME']}"
    return os.environ | {
        "ON_RECORD_DATA": str(tmp_path),
        "DATABASE_URL": given,
        "DJANGO_SETTINGS_MODULE": "claims.settings",
        "PYTHONPATH": str(ROOT),
    }


def manage(environment, *command):
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *command],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def python(environment, code):
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


def counted(environment):
    """Return the numbers of outlets and topics that are stored."""
    if connection.vendor == "postgresql":
        return Outlet.objects.count(), Topic.objects.count()
    question = "SELECT (SELECT count(*) FROM claims_outlet), (SELECT count(*) FROM claims_topic)"
    with closing(sqlite3.connect(Path(environment["ON_RECORD_DATA"], "on_record.sqlite3"))) as file:
        return file.execute(question).fetchone()


def test_a_backup_made_while_four_write_is_of_one_moment(environment, tmp_path):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE, name], env=environment) for name in "abcd"
    ]
    try:
        while min(counted(environment)) < 40 and all(one.poll() is None for one in writers):
            time.sleep(0.2)
        before = counted(environment)
        manage(environment, "backup", str(tmp_path / "backups"))
        after = counted(environment)
        assert all(writer.poll() is None for writer in writers), "nobody was stopped by it"
    finally:
        for writer in writers:
            writer.terminate()
            writer.wait()
    (path,) = (tmp_path / "backups").glob("*.zip")
    assert "No fault found." in manage(environment, "restore", str(path), "--replace")
    outlets, topics = counted(environment)
    assert outlets == topics, "both rows of a transaction, or neither"
    assert max(before) <= outlets < min(after)


def test_a_restore_killed_at_any_moment_leaves_the_old_rows_or_the_new(environment, tmp_path):
    python(environment, FILL)
    manage(environment, "backup", str(tmp_path / "backups"))
    (path,) = (tmp_path / "backups").glob("*.zip")
    restore = [sys.executable, ROOT / "manage.py", "restore", path, "--replace"]
    began = time.monotonic()
    subprocess.run(restore, env=environment, check=True, capture_output=True)
    lasts, chance = time.monotonic() - began, random.Random(7)
    for _ in range(KILLS):
        python(environment, MORE)
        with subprocess.Popen(restore, env=environment, stdout=subprocess.DEVNULL) as process:
            time.sleep(lasts * chance.uniform(0.3, 0.9))
            process.send_signal(signal.SIGKILL)
        assert counted(environment) in {(5001, 0), (5000, 0)}
        manage(environment, "restore", str(path), "--replace")
        assert counted(environment) == (5000, 0)
