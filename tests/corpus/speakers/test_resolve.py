"""Short names, descriptions and pronouns, each resolved inside one text or left open."""

from __future__ import annotations

import pytest

from tests.corpus.attribution.reading import read


def last(text: str) -> tuple[str | None, str | None, tuple[str, ...]]:

    one = read(text)[-1]
    return one.speaker, one.resolved_by, one.candidates


RESOLVED = [
    # text (the last attribution counts), speaker, how
    ("Lena Ortiz came. Ortiz said 40 sank.", "Lena Ortiz", "surname"),
    ("Jin Wei came. Jin said 40 sank.", "Jin Wei", "surname"),
    ("Ana Cruz Vega came. Cruz said 40 sank.", "Ana Cruz Vega", "part of the name"),
    ("Ambassador Oren Tam came. The ambassador said 40 sank.", "Oren Tam", "description"),
    ("Ambassador Oren Tam came. The envoy said 40 sank.", "Oren Tam", "description"),
    ("Oren Tam said 40 sank. He said 50 swam.", "Oren Tam", "pronoun"),
    ("Mr Tam came.\nMs Roe came. Tam said 40 sank.", "Mr Tam", "surname"),
    ("The Oss Harbour Board met. The board said 40 sank.", "Oss Harbour Board", "description"),
    ("The Gull Point Trust met. Trust said 40 sank.", "Gull Point Trust", "part of the name"),
    ("Radio Oss City is closing. The broadcaster said 40 left.", "Radio Oss City", "description"),
    (
        "A cybersecurity expert said 40 sank. The expert said 50 swam.",
        "cybersecurity expert",
        "description",
    ),
    (
        "The City Audit Office said 40 sank. The auditors said 50 swam.",
        "City Audit Office",
        "description",
    ),
    ("The Oss Bank said 40 left. It said 50 came.", "Oss Bank", "pronoun"),
    ("The employers said 40 left. They said 50 came.", "employers", "pronoun"),
    ("A report by the Oss Bank said 40 left.", "Oss Bank", "author"),
    ("A report by the Oss Bank said 40 left. The report said 50 came.", "Oss Bank", "author"),
    ("The Oss Bank said 40 left. The announcement said 50 came.", "Oss Bank", "description"),
    ("The firemen said 40 left.", "firemen", "description"),
    ("The Oss Bank in Kestria said 40 left.", "Oss Bank", "name"),
    ("Mayor Ortiz said 40 left.", "Ortiz", "name"),
    ("Some residents said 40 left.", "residents", "description"),
    ("Its director, Paula Wern, said 40 left.", "Paula Wern", "name"),
    ("The testimony of Lena Ortiz says 40 left.", "Lena Ortiz", "author"),
    ("Lena Ortiz's report says 40 left.", "Lena Ortiz", "author"),
    ("The Oss Bank on Monday said 40 left.", "Oss Bank", "name"),
    ("Bob Roe came. The striker, 23, said 40 left.", "Bob Roe", "description"),
    ("Bob Roe, 23, met Ann Lee. The striker, 23, said 40 left.", "Bob Roe", "description"),
    ("The actress Ann Lee came with Bob Roe by sea. He said 40 sank.", "Bob Roe", "pronoun"),
    ("The pilot said 10 left. She said 40 left.", "pilot", "pronoun"),
    (
        "Ann Lee met Bob Lee. Ann Lee said it rained. The mayor said 40 left.",
        "mayor",
        "description",
    ),
    (
        "Finance chief Clara Voss said 10 left. Ms Voss said 40 left.\nEmil Voss came.",
        "Clara Voss",
        "surname",
    ),
    (
        "Clara Voss, the treasurer, has a sum. She said 10 left.\nEmil Voss said 20 left.\n"
        "Mr Voss said 40 left.",
        "Emil Voss",
        "surname",
    ),
    (
        "President Ann Lee met President Bob Roe. Bob Roe said no. The president said yes.",
        "Bob Roe",
        "description",
    ),
    (
        "Kestrian President Ann Lee met Oss President Bob Roe. The Kestrian president said no.",
        "Ann Lee",
        "description",
    ),
]
OPEN = [
    # text, candidates
    ("Ann Lee and Bob Lee came. Lee said 40 sank.", ("Ann Lee", "Bob Lee")),
    (
        "President Ann Lee met President Bob Roe. Then the president said no.",
        ("Ann Lee", "Bob Roe"),
    ),
    ("He said 40 sank.", ()),
    ("The Kestrian prince said 10 left. She said 40 left.", ()),
    ("The actress Ann Lee said 10 left. He said 40 sank.", ()),
    ("The pilot Ann Lee came. " + "rain fell; " * 100 + "so. He said 40 sank.", ()),
    (
        "Rain fell on Bob Roe, a pilot, and Tom Day, a pilot. He said 40 sank.",
        ("Bob Roe", "Tom Day"),
    ),
]


@pytest.mark.parametrize(("text", "speaker", "how"), RESOLVED)
def test_resolves_to_one_full_name(text: str, speaker: str, how: str) -> None:
    assert last(text) == (speaker, how, ())


@pytest.mark.parametrize(("text", "candidates"), OPEN)
def test_leaves_open_what_has_no_margin(text: str, candidates: tuple[str, ...]) -> None:
    speaker, how, named = last(text)
    assert (speaker, how) == (None, "unresolved")
    assert sorted(named) == list(candidates)
