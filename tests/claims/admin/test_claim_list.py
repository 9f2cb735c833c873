"""The queue of claims in the admin: what it shows, how it is narrowed, actions on many claims."""

import pytest
from django.urls import reverse

from claims.models import Change, Claim
from tests.claims import make

LIST = "/admin/claims/claim/"


def page_of(claim):
    return reverse("admin:claims_claim_change", args=[claim.pk])


def act(browser, action, *claims, versions=None, query="", **further):
    """Post a list action on claims, as the list showed them unless other versions are given."""
    seen = versions or [f"{claim.pk}:{claim.version}" for claim in claims]
    chosen = [claim.pk for claim in claims]
    data = {"action": action, "_selected_action": chosen, "version": seen, **further}
    return browser.post(LIST + query, data, follow=True)


def test_the_list_shows_reading_sentence_voice_status_and_article(browser, claim):
    page = browser.get(LIST).content.decode()
    assert "3,740,000" in page
    assert '<mark class="mark-claim">3.74 million</mark> passengers' in page
    assert "<bdi>Lena Ortiz</bdi> <bdi>citing harbour office</bdi>" in page
    assert "? unreviewed" in page
    assert f"/admin/claims/article/{claim.article_id}/change/#claim-{claim.pk}" in page
    assert f'name="version" value="{claim.pk}:{claim.version}"' in page


def test_hostile_words_of_an_article_stay_words(browser):
    text = "Heading\n\nThey sold <script>alert(40)</script> of \u202e3.74 million tickets.\n"
    claim = make.claim(make.article(text))
    for address in (LIST, page_of(claim), f"/admin/claims/article/{claim.article_id}/change/"):
        page = browser.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


WORK = [
    ("waiting", {}, {}),
    ("again", {"status": "accepted"}, {"newer": {"finding": {}, "chain": [], "dismissed": False}}),
    ("voices", {"status": "accepted"}, {}),
    ("lost", {"status": "accepted"}, {"missing": True}),
    ("accepted", {"status": "accepted"}, {}),
    ("rejected", {"status": "rejected"}, {}),
]


@pytest.mark.parametrize(("heap", "rulings", "machine"), WORK)
def test_each_heap_of_work_holds_its_claims(browser, heap, rulings, machine):
    claim = make.claim()
    Claim.objects.filter(pk=claim.pk).update(**machine)
    claim.refresh_from_db()
    make.rule(claim, rulings)
    shown = browser.get(f"{LIST}?work={heap}").context["cl"].result_list
    assert [row.pk for row in shown] == [claim.pk]
    assert [row.pk for row in browser.get(f"{LIST}?work=all").context["cl"].result_list]


@pytest.mark.parametrize("gone", ["status", "missing"])
def test_the_queue_leaves_out_what_needs_nothing(browser, gone):
    claim = make.claim()
    Claim.objects.filter(pk=claim.pk).update(missing=gone == "missing")
    claim.refresh_from_db()
    make.rule(claim, {"status": "accepted"} if gone == "status" else {})
    assert not browser.get(LIST).context["cl"].result_list


def test_the_list_is_narrowed_by_topic_kind_article_outlet_and_speaker(browser, claim):
    other = make.claim(make.article("Other\n\nIt cost 3.74 million.\n"), kind="money", unit="EUR")
    topic = make.topic()
    make.tag(claim, topic)
    for question in (
        f"topic={topic.pk}",
        "kind=count",
        f"article={claim.article_id}",
        f"outlet={claim.outlet_id}",
        f"speaker={claim.speaker_id}",
        "q=passengers",
    ):
        shown = browser.get(f"{LIST}?{question}").context["cl"].result_list
        assert [row.pk for row in shown] == [claim.pk], question
    assert [row.pk for row in browser.get(f"{LIST}?kind=money").context["cl"].result_list] == [
        other.pk
    ]


# Actions

ACTIONS = [
    # action, before, status after, voice after
    ("accept", {}, "accepted", "unreviewed"),
    ("accept_both", {}, "accepted", "confirmed"),
    ("confirm_voice", {}, "proposed", "confirmed"),
    ("reopen", {"status": "rejected"}, "proposed", "unreviewed"),
]


@pytest.mark.parametrize(("action", "before", "status", "voice"), ACTIONS)
def test_an_action_rules_on_the_chosen_claims_only(browser, action, before, status, voice):
    article = make.article()
    chosen = make.claim(article, rulings=before)
    left = make.claim(article, "1,200", value="1200", rulings=before)
    answer = act(browser, action, chosen, query="?work=all")
    chosen.refresh_from_db()
    left.refresh_from_db()
    assert (chosen.status, chosen.voice_status) == (status, voice)
    assert left.status == before.get("status", "proposed")
    assert "1 row. <a" in answer.content.decode()


def test_rejecting_asks_for_a_reason_first(browser, claim):
    asked = act(browser, "reject", claim)
    claim.refresh_from_db()
    assert claim.status == "proposed"
    assert f'value="{claim.pk}:{claim.version}"' in asked.content.decode()
    act(browser, "reject", claim, confirmed="yes", reason="a year, not a count")
    claim.refresh_from_db()
    assert claim.status == "rejected"
    assert claim.rulings.get(field="status").reason == "a year, not a count"


def test_topics_are_added_and_removed_through_a_page_between(browser, claim):
    topic = make.topic()
    assert "Add topic" in act(browser, "add_topic", claim).content.decode()
    act(browser, "add_topic", claim, confirmed="yes", topic=topic.pk)
    assert claim.topic_links.get().topic == topic
    act(browser, "remove_topic", claim, confirmed="yes", topic=topic.pk)
    assert claim.topic_links.get().removed
    assert (
        "This field is required"
        in act(browser, "add_topic", claim, confirmed="yes", topic="").content.decode()
    )


def test_an_action_on_claims_that_changed_meanwhile_changes_nothing(browser, claim):
    answer = act(browser, "accept", claim, versions=[f"{claim.pk}:{claim.version - 1}"])
    claim.refresh_from_db()
    assert claim.status == "proposed"
    assert "changed by somebody else" in answer.content.decode()


def test_an_action_says_when_nothing_was_left_to_do(browser):
    claim = make.accepted()
    answer = act(browser, "accept", claim, query="?work=all")
    assert "Nothing changed" in answer.content.decode()


def test_an_action_on_too_many_claims_is_refused(browser, claim, monkeypatch):
    monkeypatch.setattr("claims.admin.rulings.MOST_AT_ONCE", 0)
    assert "At most 0 claims" in act(browser, "accept", claim).content.decode()
    claim.refresh_from_db()
    assert claim.status == "proposed"


# Permission


def test_a_staff_user_without_the_right_to_change_sees_but_cannot_rule(onlooker, claim):
    assert onlooker.get(LIST).status_code == 200
    page = onlooker.get(page_of(claim)).content.decode()
    assert "Accept figure" not in page
    assert "3740000" in page
    act(onlooker, "accept", claim)
    rule = reverse("admin:claims_claim_rule", args=[claim.pk])
    assert onlooker.post(rule, {"ruling": "accept"}).status_code == 403
    assert onlooker.post(page_of(claim), {"value": "1", "version_seen": 1}).status_code == 403
    claim.refresh_from_db()
    assert (claim.status, claim.value) == ("proposed", "3740000")
    assert not Change.objects.exists()


def test_nobody_signed_out_reaches_a_ruling(client, claim):
    rule = reverse("admin:claims_claim_rule", args=[claim.pk])
    assert client.post(rule, {"ruling": "accept"}).status_code == 302
    claim.refresh_from_db()
    assert claim.status == "proposed"


# The page
