"""What is done when the app starts and when connections are made."""

import sqlite3

import pytest
from django.db.utils import ConnectionHandler

pytestmark = pytest.mark.django_db


def test_json_is_known_while_somebody_else_writes(tmp_path):
    name = str(tmp_path / "busy.sqlite3")
    other = sqlite3.connect(name, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    options = {"timeout": 0, "transaction_mode": "IMMEDIATE"}
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
    connection = ConnectionHandler({"default": engine})["default"]
    connection.ensure_connection()
    assert vars(connection.features)["supports_json_field"] is True
    connection.close()
    other.close()
