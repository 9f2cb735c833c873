"""The measure of files runs, and compares the same rows."""

import json

import pytest
from django.db import connection

from claims.files import flat
from claims.files.reading import batches, snapshot
from claims.filters.readers import Reader, claims_for
from tests.benchmarks import exports
from tests.claims import make
from tests.claims.datapackage import rich

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", exports.FORMS)
def test_a_file_is_measured(form):
    make.accepted()
    found = exports.measured(form)
    assert found["rows"] == 1
    assert found["cpu"] > 0
    assert found["bytes"] > 500


def test_the_statement_gives_the_rows_of_our_files():
    rich.fill(2, articles=6)
    with connection.cursor() as cursor:
        cursor.execute(exports.STATEMENT.format(**exports.JSON[connection.vendor]))
        stated = [[_plain(value) for value in row] for row in cursor.fetchall()]
    ours = flat.flat(claims_for(Reader.EDITOR), Reader.EDITOR)
    with snapshot():
        read = [[_plain(value) for value in row] for part in batches(ours) for row in part]
    assert stated == read
    assert len(read) > 3


def _plain(value):
    """Return a value as both statements have it: nothing for empty text, lists for JSON."""
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        value = json.loads(value)
    return value or None
