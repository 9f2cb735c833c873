"""Entity tags and preconditions: who saw what, and nobody overwrites anybody."""

import pytest

from claims.curation import review
from claims.models import Change, Claim
from tests.claims import make
from tests.claims.api.test_rulings import Caller, again

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    article = make.article(outlet=make.outlet())
    return make.accepted(article, voices=[make.attribution(article, make.speaker())])


def address(claim):
    return f"/api/v1/claims/{claim.uid}/"


def test_a_reader_who_has_it_is_sent_nothing(client, claim):
    first = client.get(address(claim))
    tag = first["ETag"]
    assert tag.startswith('"')
    for known in (tag, f'"other", W/{tag}', "*"):
        answer = client.get(address(claim), headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert client.get(address(claim), headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_tag_changes_with_what_is_sent_and_with_nothing_else(client, claim):
    tag = client.get(address(claim))["ETag"]
    Claim.objects.filter(pk=claim.pk).update(version=9)
    assert client.get(address(claim))["ETag"] == tag, "hidden changes are not told"
    make.rule(claim, {"concept": "travellers"})
    assert client.get(address(claim))["ETag"] != tag


def test_readers_who_see_different_things_get_different_tags(client, editor, claim):
    assert client.get(address(claim))["ETag"] != editor.get(address(claim))["ETag"]


@pytest.mark.parametrize("given", ["", "*", " * "])
def test_a_write_says_what_it_saw(claim, given):
    answer = Caller(claim).rule("reject", {}, **{"If-Match": given})
    assert (answer.status_code, answer["Content-Type"]) == (428, "application/problem+json")
    assert again(claim).status == "accepted"


@pytest.mark.parametrize("form", ['"0"', "W/{}", "{}x", "nonsense", '"0", W/{}'])
def test_a_tag_that_does_not_match_is_stale(claim, form):
    caller = Caller(claim)
    caller.read()
    answer = caller.rule("reject", {}, **{"If-Match": form.format(caller.headers["If-Match"])})
    if form == "{}x":
        assert answer.status_code == 200, "what stands around the tags is not read"
    else:
        assert answer.status_code == 412
        assert again(claim).status == "accepted"


def test_one_of_several_tags_may_match(claim):
    caller = Caller(claim)
    caller.read()
    tags = f'"other", {caller.headers["If-Match"]}'
    assert caller.rule("reject", {}, **{"If-Match": tags}).status_code == 200


def test_a_stale_write_shows_both_values_and_can_be_sent_again(claim):
    caller = Caller(claim)
    caller.read()
    review.correct(claim, {"value": "3750000"}, actor=make.editor("bert"), version=claim.version)
    answer = caller.correct({"value": "3760000", "concept": "passengers"})
    assert answer.status_code == 412
    problem = answer.json()
    assert problem["conflicts"] == {"value": {"sent": "3760000", "stored": "3750000"}}
    assert again(claim).value == "3750000"
    assert problem["etag"] == answer["ETag"]
    caller.headers["If-Match"] = problem["etag"]
    assert caller.correct({"value": "3760000"}).status_code == 200
    assert again(claim).value == "3760000"


def test_a_change_between_the_look_and_the_lock_is_stale_too(claim, monkeypatch):
    caller = Caller(claim)
    caller.read()
    real = Claim.objects.filter
    seen = []

    def matches(request, tag):
        make.rule(claim, {"value": "3750000"})
        Claim.objects.filter(pk=claim.pk).update(version=99)
        seen.append(tag)
        return True

    monkeypatch.setattr("claims.api.versions.matches", matches)
    answer = caller.correct({"value": "3760000"})
    assert (answer.status_code, len(seen)) == (412, 1)
    assert answer.json()["conflicts"]["value"] == {"sent": "3760000", "stored": "3750000"}
    assert real(pk=claim.pk).get().value == "3750000"
    assert not Change.objects.filter(action="correct").exists()
