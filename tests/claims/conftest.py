"""What every test of `claims` needs: files in a folder of its own."""

import pytest


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
