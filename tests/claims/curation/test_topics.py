"""Topics of claims: added and taken away by editors, and back again by undo."""

import pytest

from claims.curation import review, topics, undo
from claims.models import Change, ClaimTopic
from tests.claims import make
from tests.claims.curation.test_review import again, claims

pytestmark = pytest.mark.django_db


def linked(claim):
    return set(claim.topic_links.filter(removed=False).values_list("topic__code", flat=True))


def test_adding_a_topic_raises_the_version_and_is_logged():
    claim, topic = make.claim(), make.topic()
    outcome = topics.add_topic(claims(claim), topic, actor=make.editor())
    assert (outcome.changed, again(claim).version, linked(claim)) == (1, 2, {"transport"})
    entry = Change.objects.get()
    assert entry.before == {"topic": topic.pk, "link": None, "version": 1}
    assert entry.after["link"] == {"origin": "editor", "removed": False}


def test_adding_what_is_there_and_removing_what_is_not_change_nothing():
    claim, topic = make.claim(), make.topic()
    make.tag(claim, topic, origin="rule")
    assert topics.add_topic(claims(claim), topic, actor=make.editor()).unchanged == 1
    other = make.topic("budget")
    assert topics.remove_topic(claims(claim), other, actor=make.editor()).unchanged == 1
    assert (again(claim).version, ClaimTopic.objects.get().origin) == (1, "rule")


def test_a_topic_comes_and_goes_with_every_undo_of_an_undo():
    claim, topic = make.claim(), make.topic()
    batch = topics.add_topic(claims(claim), topic, actor=make.editor()).batch
    for wanted in (set(), {"transport"}, set(), {"transport"}):
        version = again(claim).version
        batch = undo.undo(batch, actor=make.editor()).batch
        assert (linked(claim), again(claim).version) == (wanted, version + 1)


def test_undoing_a_removal_brings_the_link_of_a_saved_query_back():
    claim, topic = make.claim(), make.topic()
    make.tag(claim, topic, origin="rule")
    outcome = topics.remove_topic(claims(claim), topic, actor=make.editor())
    assert linked(claim) == set()
    undo.undo(outcome.batch, actor=make.editor())
    assert (linked(claim), ClaimTopic.objects.get().origin) == ({"transport"}, "rule")


def test_a_topic_is_not_taken_back_from_a_claim_ruled_on_since():
    claim, topic = make.claim(), make.topic()
    outcome = topics.add_topic(claims(claim), topic, actor=make.editor())
    review.accept(claims(claim), actor=make.editor())
    with pytest.raises(undo.CannotUndo, match="changed since"):
        undo.undo(outcome.batch, actor=make.editor())
    assert linked(claim) == {"transport"}
