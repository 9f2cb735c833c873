"""From probabilities to attributions: which pieces make up cue, source and content."""

from __future__ import annotations

import numpy as np
import pytest

from corpus.spans import Span
from corpus.tagging.roles import (
    CONTENT,
    NONE,
    SOURCE,
    TRUST,
    Cue,
    attribution,
    candidates,
    likeliest,
    runs,
    shares,
)
from corpus.tagging.runtime import Floats
from corpus.tagging.trust import evidence, trusted
from corpus.tagging.windows import Window

RUNS = [
    # labels, stretches labelled 1 or 2
    ([0, 0], []),
    ([1, 2, 2], [(0, 3)]),
    ([1, 1, 2], [(0, 1), (1, 3)]),
    ([0, 2, 2, 0, 1], [(1, 3), (4, 5)]),
    ([3, 4, 1, 3, 2], [(2, 3), (4, 5)]),
    ([], []),
]
# One letter for each piece: what it is surely, S and C begin a source and a content.
ROLES = {".": 0, "S": 1, "s": 2, "C": 3, "c": 4}
READ = [
    # roles of the pieces, the cue's place, source, content
    ("Ss.Ccc", (2, 3), [(0, 2)], [(3, 6)]),
    ("Ccc.Ss.Cc", (3, 4), [(4, 6)], [(0, 3), (7, 9)]),
    (".CcC", (0, 1), [], [(1, 4)]),
    ("ss.cc", (2, 3), [(0, 2)], [(3, 5)]),
    ("Ss....", (2, 3), None, None),
    ("......", (2, 3), None, None),
]


def window(pieces: int, own: tuple[int, int] | None = None, words: tuple[int, ...] = ()) -> Window:
    """Return a window on a text of one-letter words with a blank between them."""
    places = tuple((2 * at, 2 * at + 1) for at in range(pieces))
    words = words or tuple(range(pieces))
    return Window((0,) * pieces, (0,) * pieces, places, words, own or (0, pieces), 0)


def sure(roles: str) -> Floats:
    """Return rows in which each piece has its role with a probability of 0.9."""
    return np.array([np.where(np.arange(5) == ROLES[one], 0.9, 0.025) for one in roles], np.float32)


def places(stretches: list[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(2 * start, 2 * end - 1) for start, end in stretches)


@pytest.mark.parametrize(("labels", "found"), RUNS)
def test_a_stretch_begins_with_its_first_label_or_with_the_next_one_alone(
    labels: list[int], found: list[tuple[int, int]]
) -> None:
    assert runs(labels, 1) == found


@pytest.mark.parametrize(("roles", "at", "source", "content"), READ)
def test_source_and_content_of_a_cue(
    roles: str,
    at: tuple[int, int],
    source: list[tuple[int, int]] | None,
    content: list[tuple[int, int]] | None,
) -> None:
    tagged = attribution(window(len(roles)), Cue(*at, 1.0), sure(roles))
    if source is None or content is None:
        assert tagged is None
    else:
        assert tagged is not None
        assert (tagged.source, tagged.content) == (places(source), places(content))
        assert tagged.cue == places([at])
        weighed = evidence(1.0, 0.925, 0.925 if source else None)
        assert tagged.score == pytest.approx(trusted(TRUST, weighed), abs=0.001)


def test_a_word_is_labelled_as_its_first_piece_is_and_never_cut() -> None:
    words = (0, 0, 2, 3, 3, 5, 5)
    tagged = attribution(window(7, words=words), Cue(2, 3, 1.0), sure("S..C.Cc"))
    assert tagged is not None
    assert (tagged.source, tagged.content) == (places([(0, 2)]), places([(3, 7)]))


def test_an_unlikely_cue_gives_no_attribution() -> None:
    assert attribution(window(6), Cue(2, 3, 0.3), sure("Ss.Ccc")) is None


def test_of_two_sources_the_surer_is_kept() -> None:
    roles = sure("S.Ss.Cc")
    roles[0] = [0.3, 0.5, 0.1, 0.05, 0.05]
    tagged = attribution(window(7), Cue(4, 5, 1.0), roles)
    assert tagged is not None
    assert tagged.source == places([(2, 4)])


LIKELY = [
    # probability of a source for each piece, the source taken
    ([0.4, 0.3, 0.0, 0.0, 0.0, 0.0], [(0, 2)]),
    ([0.0, 0.4, 0.3, 0.0, 0.0, 0.0], [(1, 2)]),
    ([0.4, 0.1, 0.0, 0.0, 0.0, 0.0], [(0, 1)]),
    ([0.0, 0.0, 0.0, 0.0, 0.0, 0.3], [(5, 6)]),
    ([0.0, 0.1, 0.1, 0.0, 0.0, 0.0], []),
    ([0.0, 0.0, 0.0, 0.4, 0.4, 0.0], []),
]


@pytest.mark.parametrize(("chances", "source"), LIKELY)
def test_where_no_source_is_labelled_the_likeliest_one_is_taken(
    chances: list[float], source: list[tuple[int, int]]
) -> None:
    roles = np.zeros((6, 5), np.float32)
    roles[:, SOURCE] = chances
    roles[:, NONE] = 1 - roles[:, SOURCE]
    roles[3:5, CONTENT] = 1 - roles[3:5, SOURCE]
    roles[3:5, NONE] = 0
    tagged = attribution(window(6), Cue(2, 3, 1.0), roles)
    assert tagged is not None
    assert tagged.source == places(source)


CUES = [
    # probabilities of the three labels by piece, the window's own pieces, cues found
    ([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.9, 0.1, 0.0]], (0, 3), [(0, 2)]),
    ([[0.1, 0.8, 0.1], [0.1, 0.8, 0.1], [0.9, 0.1, 0.0]], (0, 3), [(0, 1), (1, 2)]),
    ([[0.9, 0.1, 0.0], [0.4, 0.5, 0.1], [0.6, 0.1, 0.3]], (0, 3), [(1, 3)]),
    ([[0.9, 0.1, 0.0], [0.6, 0.3, 0.1], [0.9, 0.1, 0.0]], (0, 3), []),
    ([[0.1, 0.8, 0.1], [0.9, 0.1, 0.0], [0.1, 0.8, 0.1]], (1, 2), []),
    ([[0.9, 0.1, 0.0], [0.8, 0.1, 0.1], [0.9, 0.1, 0.0]], (0, 3), []),
]


@pytest.mark.parametrize(("chances", "own", "found"), CUES)
def test_cues_are_the_likely_pieces_of_the_windows_own(
    chances: list[list[float]], own: tuple[int, int], found: list[tuple[int, int]]
) -> None:
    cues = candidates(window(3, own), np.array(chances, np.float32))
    assert [(cue.start, cue.end) for cue in cues] == found


def test_the_likeliest_cues_stay_in_their_order() -> None:
    cues = [Cue(0, 1, 0.5), Cue(2, 3, 0.9), Cue(4, 5, 0.4), Cue(6, 7, 0.9)]
    assert likeliest(cues, 3) == [cues[0], cues[1], cues[3]]
    assert likeliest(cues, 9) == cues


def test_shares_add_up_to_one_also_for_large_scores() -> None:
    found = shares(np.array([[1000.0, 1000.0, -1000.0], [0.0, 0.0, 0.0]], np.float32))
    assert found.tolist() == [pytest.approx([0.5, 0.5, 0.0]), pytest.approx([1 / 3] * 3)]
