"""The desk's questions: which claims are left, and what a question may not ask."""

import pytest
from django.http import QueryDict

from claims.filters.base import BadQuestion
from claims.filters.queues import SHARES, Queue
from claims.models import Claim
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims():
    article = make.article(outlet=make.outlet(), published="2031-03-11")
    said = make.attribution(article, make.speaker())
    newer = {"finding": {}, "chain": [], "dismissed": False}
    rows = {
        "proposed": make.claim(article, voices=[said], score=0.4),
        "accepted": make.accepted(article, "1,200", value="1200"),
        "confirmed": make.accepted(article, "2030", kind="date", voice_status="confirmed"),
        "rejected": make.claim(article, "Tuesday", kind="date", status="rejected"),
        "again": make.accepted(article, "9 March 2031", kind="date", voice_status="confirmed"),
        "lost": make.accepted(article, "€412 million", kind="money", voice_status="confirmed"),
        "gone": make.claim(article, "bicycle"),
    }
    Claim.objects.filter(pk=rows["again"].pk).update(newer=newer, to_confirm=True)
    Claim.objects.filter(pk=rows["lost"].pk).update(missing=True, orphaned=True)
    Claim.objects.filter(pk=rows["gone"].pk).update(missing=True, gone=True)
    make.tag(rows["proposed"], make.topic())
    return rows


def asked(question):
    return Queue(QueryDict(question))


QUESTIONS = [
    ("", {"proposed"}),
    ("work=waiting", {"proposed"}),
    ("work=again", {"again"}),
    ("work=voices", {"accepted"}),
    ("work=lost", {"lost"}),
    ("kind=count", {"proposed"}),
    ("kind=money", set()),
    ("work=lost&kind=money", {"lost"}),
    ("score_min=0.3&score_max=0.5", {"proposed"}),
    ("score_min=0.5", set()),
    ("score_max=0.3", set()),
    ("topic=on-record:transport", {"proposed"}),
    ("outlet=The+Saltmere+Courier", {"proposed"}),
    ("text=passengers", {"proposed"}),
    ("kind=&topic=&score_min=&card=7&of=9", {"proposed"}),
]


@pytest.mark.parametrize("question", ["", "work=&card=7", "kind=count", "work=lost"])
def test_the_places_of_an_article_are_those_of_what_is_left_there(claims, question):
    elsewhere = make.article("Elsewhere at least 1,200 bicycles stood.\n")
    make.claim(elsewhere, "1,200")
    here = claims["lost"].article_id
    left = asked(question).waiting().filter(article=here)
    assert asked(question).places(here) == sorted(left.values_list("start", "end", "pk"))
    assert len(left) == 1


@pytest.mark.parametrize(("question", "names"), QUESTIONS)
def test_a_question_leads_to_its_claims(claims, question, names):
    queue = asked(question)
    assert set(queue.waiting()) == {claims[name] for name in names}
    assert queue.left() == len(names)


def test_a_voice_is_asked_for_by_its_uid(claims):
    uid = claims["proposed"].speaker.uid
    assert set(asked(f"speaker={uid}").waiting()) == {claims["proposed"]}
    assert set(asked(f"article={claims['proposed'].article.uid}").waiting()) == {claims["proposed"]}


def test_a_random_share_goes_by_the_uid_and_the_smaller_is_in_the_larger(claims):
    article = make.article("Of 31 boats 7 sank, 9 swam, 12 lay and 3 were lost.\n")
    endings = dict(zip("09fgz", ("31", "7", "9", "12", "3"), strict=True))
    for last, words in endings.items():
        claim = make.claim(article, words)
        Claim.objects.filter(pk=claim.pk).update(uid=f"00000000000{last}")
    Claim.objects.filter(uid=claims["proposed"].uid).update(uid="0000000000zz")
    for share, ends in [("8", "09f"), ("32", "0"), ("", "09fgzz")]:
        found = asked(f"share={share}").waiting().values_list("uid", flat=True)
        assert sorted(uid[-1] for uid in found) == list(ends)


def test_shares_are_as_large_as_they_say():
    for share, (_, ends) in SHARES.items():
        assert len(set(ends)) == 32 // int(share)


REFUSED = [
    "share=3",
    "work=fun",
    "colour=red",
    "score_min=high",
    "score_min=0.9&score_max=0.1",
    "kind=wish",
    "speaker=nobody",
    "work=again&work=lost",
]


@pytest.mark.parametrize("question", REFUSED)
def test_a_question_that_makes_no_sense_is_refused(question):
    with pytest.raises(BadQuestion):
        asked(question)


CARRIED = [
    ("kind=count&of=12&card=3", "kind=count", "kind=count&of=12"),
    ("of=12", "", "of=12"),
    ("of=twelve&kind=", "", ""),
]


@pytest.mark.parametrize(("given", "query", "carried"), CARRIED)
def test_an_address_carries_the_question_and_where_counting_began(given, query, carried):
    assert (asked(given).query, asked(given).carried) == (query, carried)
