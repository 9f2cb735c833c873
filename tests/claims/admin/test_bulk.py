"""Rulings on all claims that match a filter: looked at, confirmed, done, undone."""

import re

import pytest

from claims.curation import bulk, review
from claims.models import Change, Claim
from tests.claims import make

pytestmark = pytest.mark.django_db
BULK = "/admin/claims/claim/bulk/"
LINES = "Port notes\n\n" + "".join(f"The port counted {n} boats.\n" for n in range(8))


@pytest.fixture
def claims():
    article = make.article(LINES)
    for n in range(6):
        make.claim(article, "boats", nth=n)
    make.claim(article, "boats", nth=6, kind="measure", unit="km")
    return Claim.objects.order_by("pk")


def look(browser, question="kind=count", **asked):
    return browser.post(f"{BULK}?{question}", {"asked": "yes", **asked})


def confirm(browser, page, question="kind=count"):
    looked = re.search(r'name="looked" value="([^"]+)"', page.text)[1]
    return browser.post(f"{BULK}?{question}", {"looked": looked})


def test_a_filter_is_counted_looked_at_and_ruled_on(browser, claims):
    assert f"{BULK}?kind=count" in browser.get("/admin/claims/claim/?kind=count").text
    assert "6 claims match" in browser.get(f"{BULK}?kind=count").text
    page = look(browser, ruling="accept")
    assert "6 claims would change" in page.text
    assert not Change.objects.filter(action="accept").exists()
    done = confirm(browser, page)
    assert "Figure accepted: 6 claims" in done.text
    assert claims.filter(status="accepted").count() == 6
    (batch,) = set(Change.objects.filter(action="accept").values_list("batch", flat=True))
    assert set(Change.objects.filter(batch=batch).values_list("origin", flat=True)) == {"bulk"}
    browser.post("/admin/claims/change/undo/", {"batch": str(batch)})
    assert not claims.exclude(status="proposed").exists()


def test_what_is_so_already_is_counted_apart(browser, claims):
    review.accept(claims.filter(pk=claims.first().pk), actor=make.editor())
    page = look(browser, "kind=count&work=all", ruling="accept")
    assert "5 claims would change" in page.text
    assert "1 are so already" in page.text
    done = confirm(browser, page, "kind=count&work=all")
    assert "1 were so already" in done.text


def test_a_ruling_that_needs_something_asks_for_it_first(browser, claims):
    page = browser.post(f"{BULK}?kind=count", {"ruling": "reject"})
    assert 'name="reason"' in page.text
    page = look(browser, ruling="reject", reason="years, not counts")
    assert "years, not counts" in page.text
    assert "Rejected: 6 claims" in confirm(browser, page).text
    (reason,) = set(claims.first().rulings.values_list("reason", flat=True))
    assert reason == "years, not counts"


SLOWER = [
    ({"ruling": "set_voice", "voice": "undetermined"}, "Voice state set: 6 claims"),
    ({"ruling": "add_topic", "topic": "{topic}"}, "Topic added: 6 claims"),
]


@pytest.mark.parametrize(("asked", "told"), SLOWER)
def test_voice_state_and_topic_are_set_for_all(browser, claims, asked, told):
    topic = make.topic()
    asked = {name: value.format(topic=topic.pk) for name, value in asked.items()}
    page = look(browser, **asked)
    assert told in confirm(browser, page).text
    assert not Claim.objects.filter(kind="measure", version__gt=1).exists()


def test_claims_changed_since_the_look_are_left_and_listed(browser, claims):
    page = look(browser, ruling="accept")
    first = claims.first()
    review.correct(first, {"concept": "canoes"}, actor=make.editor("other"), version=1)
    Claim.objects.filter(pk=claims.last().pk).update(kind="count")  # in the filter only since
    last = claims[5]
    last.delete()
    done = confirm(browser, page)
    assert "Figure accepted: 4 claims" in done.text
    assert "2 were changed by somebody else" in done.text
    assert f"/admin/claims/claim/{first.pk}/change/" in done.text
    assert "1 of them are no more" in done.text
    assert claims.filter(status="accepted").count() == 4


def test_too_many_are_refused(browser, claims, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 3)
    assert "Narrow the filter" in browser.get(BULK).text
    assert "Narrow the filter" in look(browser, "", ruling="accept").text


def test_what_cannot_be_ruled_is_told_and_nothing_done(browser, claims):
    assert "Select a valid choice" in browser.post(BULK, {"ruling": "explode"}).text
    assert "Select a valid choice" in look(browser, ruling="add_topic", topic="77").text
    page = look(browser, ruling="confirm")
    assert "nobody confirms what nobody else accepted" in page.text
    assert "would change" not in page.text


def test_a_topic_that_was_removed_since_the_look_is_told(browser, claims):
    topic = make.topic()
    page = look(browser, ruling="add_topic", topic=str(topic.pk))
    topic.delete()
    assert "Nothing was done" in confirm(browser, page).text


def test_a_look_is_its_editors_and_cannot_be_changed(browser, claims, client):
    page = look(browser, ruling="accept")
    client.force_login(make.editor("other"))
    assert "Somebody else looked" in confirm(client, page).text
    answer = browser.post(BULK, {"looked": "abc:def"})
    assert "Nothing was done" in answer.text
    assert not claims.filter(status="accepted").exists()


def test_it_is_for_those_who_may_and_refuses_what_the_list_refuses(browser, onlooker, claims):
    assert onlooker.get(BULK).status_code == 403
    assert look(onlooker, ruling="accept").status_code == 403
    assert "Rule on all" not in onlooker.get("/admin/claims/claim/").text
    assert browser.get(f"{BULK}?kind=nothing").status_code == 400


def test_a_speakers_words_need_an_attribution(claims):
    article = claims.first().article
    said = make.attribution(article, make.speaker("the port", kind="organisation"), cue="counted")
    spoken = make.claim(article, "boats", nth=7, voices=[said], rulings={"voice": "own"})
    outcome = review.set_voice(Claim.objects.all(), "attributed", actor=make.editor())
    assert (outcome.changed, outcome.unchanged) == (1, 7)
    spoken.refresh_from_db()
    assert (spoken.voice, spoken.speaker.name) == ("attributed", "the port")
