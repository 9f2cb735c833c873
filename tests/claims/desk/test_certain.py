"""One key for figure and voice only where the voice is certain."""

from types import SimpleNamespace

import pytest

from claims.admin.desk.certain import MARGIN, is_certain, lit
from claims.models import Attribution

CLAIM = {"voice": "attributed", "machine": {}, "sentence_start": 100, "sentence_end": 200}
VOICE = {
    "speaker_id": 7,
    "gone": False,
    "source": [[100, 110]],
    "cue": [[111, 115]],
    "mention": [100, 110],
    "resolved_by": "name",
    "machine": {"stance": "asserted"},
    "candidates": [],
    "score": MARGIN,
    "manner": "indirect",
}


def certain(claim=None, chain=(7,), *voices):
    said = [SimpleNamespace(**VOICE | one) for one in voices or ({},)]
    return is_certain(SimpleNamespace(**CLAIM | (claim or {})), chain, said)


CERTAIN = [
    {},
    {"score": 1.0},
    {"resolved_by": "surname"},
    {"manner": "direct", "source": [[10, 20]], "cue": [[21, 25]]},
    {"cue": []},
]
NOT_CERTAIN = [
    {"score": MARGIN - 0.0001},
    {"resolved_by": "pronoun"},
    {"resolved_by": "description"},
    {"resolved_by": "unresolved"},
    {"source": []},
    {"source": [[90, 110]]},
    {"cue": [[195, 203]]},
    {"gone": True},
    {"candidates": ["Lena Ortiz", "Tom Brandt"]},
    {"machine": {"stance": "negated"}},
    {"machine": {"stance": "doubtful"}},
    {"speaker_id": 8},
    {"speaker_id": None},
]


@pytest.mark.parametrize("voice", CERTAIN)
def test_a_voice_is_certain_that_is_named_in_lit_words_nearby_with_a_high_score(voice):
    assert certain(None, (7,), voice)


@pytest.mark.parametrize("voice", NOT_CERTAIN)
def test_no_other_voice_is_certain(voice):
    assert not certain(None, (7,), voice)


CLAIMS = [
    {"voice": "own"},
    {"voice": "undetermined"},
    {"machine": {"candidates": ["Lena Ortiz"]}},
]


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_claim_that_wavers_has_no_certain_voice(claim):
    assert not certain(claim)


def test_every_voice_of_the_chain_must_be_certain_and_lit():
    far = {"speaker_id": 9, "score": 0.2}
    assert certain(None, (7, 9), {}, {"speaker_id": 9})
    assert not certain(None, (7, 9), {}, far)
    assert not certain(None, (7, 9), {})
    assert not certain(None, (9, 7), {}, {"speaker_id": 9})
    assert not certain(None, ())


def test_who_speaks_and_the_name_are_lit_each_once():
    voice = Attribution(source=[[4, 7]], mention=[20, 30])
    assert lit(voice) == [[4, 7], [20, 30]]
    assert lit(Attribution(source=[[4, 7]], mention=[4, 7])) == [[4, 7]]
    assert lit(Attribution(source=[], mention=None)) == []
