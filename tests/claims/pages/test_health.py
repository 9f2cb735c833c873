"""What a supervisor asks: up, and ready; what is missing is named, secrets are not."""

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


def test_health_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"up": True})
    assert "no-store" in answer["Cache-Control"]


def test_ready_is_what_can_serve(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "missing": []})


def missing(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    return answer.json()["missing"]


def test_without_a_database_it_is_not_ready_and_says_nothing_of_how_it_is_reached(
    client, monkeypatch
):
    def refused(self):
        raise DatabaseError("password authentication failed for user secret")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", refused)
    assert missing(client) == ["The database cannot be reached."]
    assert client.get("/healthz").status_code == 200


def test_a_migration_that_is_not_applied_is_named(client):
    last = max(
        name for app, name in MigrationRecorder(connection).applied_migrations() if app == "claims"
    )
    MigrationRecorder(connection).record_unapplied("claims", last)
    (told,) = missing(client)
    assert told == f"Migrations are not applied (claims.{last}): run manage.py migrate."


def test_a_storage_that_takes_no_files_is_named(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    (tmp_path / "file").write_text("in the way")
    assert missing(client) == ["The storage for files cannot be written to."]


def test_static_files_that_were_never_collected_are_named(client, monkeypatch):
    never = SimpleNamespace(hashed_files={})  # as a storage with a manifest that is not there
    monkeypatch.setattr("claims.pages.health.staticfiles_storage", never)
    assert missing(client) == [
        "Static files are not collected: run manage.py collectstatic in production mode."
    ]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_they_answer_without_https_and_to_reads_only(address, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(address).status_code == 200
    assert client.get("/").status_code == 301
    assert client.post(address, secure=True).status_code == 405
