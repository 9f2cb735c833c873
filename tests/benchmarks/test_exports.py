"""The measure of files runs, and compares the same rows."""

import pytest
from django.db import connection

from tests.benchmarks import exports
from tests.claims import make

pytestmark = pytest.mark.django_db


def test_a_file_is_measured():
    make.accepted()
    found = exports.measured("jsonl")
    assert found["rows"] == 1
    assert found["cpu"] > 0
    assert found["bytes"] > 500


def test_the_statement_with_its_values_gives_the_rows_of_our_files():
    made = make.accepted()
    with connection.cursor() as cursor:
        cursor.execute(exports.statement())
        (row,) = cursor.fetchall()
    assert row[0] == made.uid
