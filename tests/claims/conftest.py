"""What tests of `claims` need: files in a folder of their own, and a new installation to copy."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """Keep the bytes of imported files in the test's own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path  # there, and without files: WhiteNoise warns of a missing one
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def _light(monkeypatch):
    """Let the light tier be the best there is: few tests are about how well voices are read."""
    monkeypatch.setattr("corpus.tagging.installed", lambda: False)


@pytest.fixture(autouse=True)
def _unmeasured(monkeypatch):
    """Let no test measure the tables: what the planner learns outlives a test's own rows."""
    monkeypatch.setattr("claims.statistics.refresh", lambda: None)


@pytest.fixture(scope="session")
def _migrated(tmp_path_factory, worker_id):
    """Return the data folder of a migrated SQLite database, made once for all workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "migrated"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        data = folder / "data"
        if not data.exists():
            begun = folder / "begun"
            address = f"sqlite:///{begun}/on_record.sqlite3"
            found = os.environ | {"ON_RECORD_DATA": str(begun), "DATABASE_URL": address}
            manage = [sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0"]
            subprocess.run(manage, env=found, check=True)
            begun.rename(data)
    return data


@pytest.fixture(scope="session")
def install(_migrated):
    """Return a function that makes a folder the data folder of a new installation on SQLite."""
    return lambda folder: shutil.copytree(_migrated, folder, dirs_exist_ok=True)
