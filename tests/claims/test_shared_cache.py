"""The cache in files: other processes read what one stores, and it seldom looks for room."""

import subprocess
import sys

from claims.shared_cache import SharedFiles

OTHER = """
import sys
from claims.shared_cache import SharedFiles
from django.conf import settings
settings.configure()
cache = SharedFiles(sys.argv[1], {})
cache.set("count", cache.get("count") + 1, 60)
"""


def test_another_process_goes_on_counting(tmp_path):
    cache = SharedFiles(str(tmp_path), {})
    cache.set("count", 1, 60)
    subprocess.run([sys.executable, "-c", OTHER, str(tmp_path)], check=True)
    assert cache.get("count") == 2


def test_there_is_an_end_to_it_which_is_looked_for_now_and_then(tmp_path, monkeypatch):
    cache = SharedFiles(str(tmp_path), {"OPTIONS": {"MAX_ENTRIES": 10}})
    monkeypatch.setattr("random.randrange", lambda end: 1)
    for number in range(30):
        cache.set(str(number), number, 60)
    assert len(list(tmp_path.iterdir())) == 30
    monkeypatch.setattr("random.randrange", lambda end: 0)
    cache.set("one-more", 1, 60)
    assert len(list(tmp_path.iterdir())) <= 21
    assert cache.get("one-more") == 1
