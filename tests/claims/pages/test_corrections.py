"""Corrections as a page and as a feed: told to everybody, without what is hidden now."""

import xml.etree.ElementTree as ElementTree

import pytest

from claims.curation import review
from claims.models import Claim, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SHOWN = {"status": "accepted", "voice_status": "confirmed"}


def spoken(text=make.TEXT, words="3.74 million", **fields):
    article = make.article(text, outlet=make.outlet())
    voice = make.attribution(article, make.speaker(privacy=Speaker.Privacy.PUBLIC))
    return make.claim(article, words, voices=[voice], **(SHOWN | fields))


def correct(claim, **fields):
    review.correct(claim, fields, actor=make.editor(), version=claim.version)
    claim.refresh_from_db()


CHANGES = [
    # fields ruled on, words on the page
    ({"value": "3470000"}, ["<dt>value</dt>", "<del>3,740,000</del>", "<ins>3,470,000</ins>"]),
    ({"comparator": "~"}, ["<dt>stated as</dt>", "<del>as it is</del>", "<ins>about</ins>"]),
    ({"unit": "km"}, ["<dt>unit</dt>", "<del>–</del>", "<ins>km</ins>"]),
    ({"vague": True}, ["<dt>vague</dt>", "<del>no</del>", "<ins>yes</ins>"]),
    ({"kind": "date", "value": "", "edtf": "2030-05"}, ["<dt>date</dt>", "<ins>May 2030</ins>"]),
    ({"voice": "own"}, ["<dt>voices</dt>", "<del>Lena Ortiz</del>", "<ins>–</ins>"]),
    ({"change": {"direction": "increase", "from": "3100000"}}, ["<ins>increase from 3,100,000"]),
]


@pytest.mark.parametrize(("fields", "words"), CHANGES)
def test_a_change_of_value_or_voice_is_told_in_words(client, fields, words):
    claim = spoken()
    assert "Nothing had to be corrected" in client.get("/corrections").content.decode()
    correct(claim, **fields)
    page = client.get("/corrections").content.decode()
    assert [one for one in words if one not in page] == []
    assert f'href="/claims/{claim.uid}/v{claim.version}"' in page


def test_other_changes_are_no_corrections(client):
    correct(spoken(), concept="riders")
    assert "Nothing had to be corrected" in client.get("/corrections").content.decode()


def test_of_a_claim_that_was_withdrawn_only_that_is_told(client):
    claim = spoken("Plantedhead\n\nPlanted 12 words, Lena Ortiz said.\n", "12", concept="planted")
    review.reject(Claim.objects.filter(pk=claim.pk), actor=make.editor(), reason="no")
    for address in ("/corrections", "/corrections.atom"):
        body = client.get(address).content.decode()
        assert "planted" not in body.lower()
        assert "12" not in body.partition("<main")[2].replace(claim.uid, "").partition("<time")[0]
        assert claim.uid in body
    assert "What it said is not shown any more" in client.get("/corrections").content.decode()


def test_the_feed_is_atom_newest_first_with_odd_words_in_it(client):
    claims = [spoken(make.TEXT + str(number), concept=f"riders <{number}>\x0b&") for number in "12"]
    for claim in claims:
        correct(claim, value="1")
    answer = client.get("/corrections.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == [f"value or voice corrected: 1 riders <{n}>\ufffd&" for n in "21"]
    links = [entry.find(f"{ATOM}link").get("href") for entry in feed.iter(f"{ATOM}entry")]
    assert links == [f"http://testserver/claims/{claim.uid}" for claim in claims[::-1]]


def test_the_list_leafs_and_refuses_what_it_does_not_know(client, monkeypatch):
    monkeypatch.setattr("claims.pages.leafing.USUAL_ROWS", 1)
    claim = spoken()
    for value in ("1", "2", "3"):
        correct(claim, value=value)
    page = client.get("/corrections").content.decode()
    assert "<ins>3</ins>" in page
    address = page.partition('rel="next" href="')[2].partition('"')[0]
    page = client.get(address).content.decode()
    assert "<ins>2</ins>" in page
    assert "Back to the beginning" in page
    assert client.get("/corrections?cursor=x").status_code == 400
    assert client.get("/corrections.atom?kind=x").status_code == 400
