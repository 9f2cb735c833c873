"""What a written source knows: nothing later than its own year, but what it foresees."""

from __future__ import annotations

import pytest

from corpus.extract import extract

DATED = [
    # text, the figure, its voice
    ("The 1945 roster lists 71 guards. It says 12 of them died in 1993.", "1993", "undetermined"),
    ("According to the 1945 roster, 12 guards died in 1993.", "1993", "undetermined"),
    ("According to the May 1945 roster, 12 guards died in 1993.", "1993", "undetermined"),
    ("According to a roster dated 1945, 12 guards died in 1993.", "1993", "undetermined"),
    ("According to the 1945 roster, 12 guards died in 1943.", "1943", "attributed"),
    ("According to the roster, 12 guards died in 1993.", "1993", "attributed"),
    ("According to the 2020 report, 40 boats will sail in 2030.", "2030", "attributed"),
    ("The 2020 report forecasts 40 boats in 2030.", "2030", "attributed"),
]


@pytest.mark.parametrize(("text", "figure", "voice"), DATED)
def test_a_written_source_knows_nothing_later_than_itself(
    text: str, figure: str, voice: str
) -> None:
    claims = {claim.surface: claim for claim in extract(text, tier="light").claims}
    assert claims[figure].voice == voice
