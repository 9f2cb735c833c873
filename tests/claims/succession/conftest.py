"""What tests of successors share."""

import pytest

from claims.ingest import Options, import_bytes
from claims.models import SourceFile
from tests.claims.succession.files import CHOIR, FERRY, run


@pytest.fixture
def glued(db):
    """Return a file whose two reports were taken for one article, read by the engine."""
    import_bytes((FERRY + CHOIR).encode(), "file.txt", Options(outlet="The Saltmere Courier"))
    run()
    return SourceFile.objects.get()
