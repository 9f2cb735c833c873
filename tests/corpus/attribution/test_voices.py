"""Which bodies only pass on what another one says."""

from __future__ import annotations

import pytest

from corpus.attribution.base import Attribution
from corpus.attribution.voices import merely_reports

BODIES = [
    # speaker, kind, whether it is an outlet
    ("Oss Gazette", "organisation", True),
    ("the Gazette", "organisation", True),
    ("Radio Oss", "organisation", True),
    ("Times of Oss", "organisation", True),
    ("Mail on Sunday", "organisation", True),
    ("Associated Press", "organisation", True),
    ("Oss News Agency", "organisation", True),
    ("Oss Broadcasting Corporation", "organisation", True),
    ("Standard Bank", "organisation", False),
    ("Press Council", "organisation", False),
    ("Sun Trust", "organisation", False),
    ("Lantern Institute", "organisation", False),
    ("Council of the Press", "organisation", False),
    ("Transport Agency", "organisation", False),
    ("Ann Post", "person", False),
    (None, "organisation", False),
]


@pytest.mark.parametrize(("speaker", "kind", "outlet"), BODIES)
def test_an_outlet_is_told_from_a_body_with_such_a_word(
    speaker: str | None, kind: str, outlet: bool
) -> None:
    assert merely_reports(Attribution(0, "indirect", (), (), (), None, speaker, kind)) == outlet
