"""The desk's page: every ruling by plain forms, the next card, stale saves, undo."""

import re

import pytest
from django.urls import reverse

from claims.curation import assignments
from claims.models import Assignment, Change, Claim
from tests.claims import make

pytestmark = pytest.mark.django_db


def page_of(article, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse("desk_article", args=[article.pk]) + (f"?{query}" if query else "")


def rule(browser, claim, ruling, version=None, query="", **asked):
    version = claim.version if version is None else version
    address = reverse("desk_rule", args=[claim.pk]) + query
    return browser.post(address, {"ruling": ruling, "version": f"{claim.pk}:{version}", **asked})


def said(browser, answer):
    """Return what the page after a redirect tells."""
    return browser.get(answer.url).text


def state(claim):
    claim.refresh_from_db()
    return claim.status, claim.voice_status


# What it shows


def test_claims_are_cards_in_reading_order_and_the_first_that_waits_is_open(
    browser, article, claim, second
):
    make.accepted(article, "Ferry")
    page = browser.get(page_of(article))
    surfaces = [line.claim.surface for line in page.context["lines"]]
    assert surfaces == ["Ferry", "3.74 million", "1,200"]
    assert page.context["card"].claim == claim
    assert page.text.count('<li class="open"') == 1
    asked = browser.get(page_of(article, card=second.pk))
    assert asked.context["card"].claim == second


def test_the_open_cards_voice_is_lit_up_in_the_text(browser, article, claim, second):
    words = browser.get(page_of(article)).context["words"]
    assert re.search(r'<mark class="[^"]*\bls\b[^"]*">Lena Ortiz</mark>', words)
    assert re.search(r'<mark class="[^"]*\blq\b[^"]*">said</mark>', words)
    assert re.search(r'<mark class="[^"]*\bhere\b[^"]*" id="w[0-9]+"><a [^>]*>3.74 million', words)
    assert "ls" not in re.findall(
        r"\bls\b", browser.get(page_of(article, card=second.pk)).context["words"]
    )


def test_the_card_tells_reading_voice_and_reasons(browser, article, claim):
    card = browser.get(page_of(article)).context["card"]
    assert card.reading == "3,740,000"
    assert [(one.name, one.source, one.cue, one.near) for one in card.chain] == [
        ("Lena Ortiz", "Lena Ortiz", "said", True)
    ]
    assert dict(card.reasons)["rule"] == "count, score 0.90"
    assert card.certain


def test_the_card_tells_human_values_from_the_machines(browser, article, claim):
    make.rule(claim, {"value": "3700000"})
    page = browser.get(page_of(article))
    row = next(row for row in page.context["card"].rows if row.name == "value")
    assert (row.stored, row.machine, row.differs) == ("3700000", "3740000", True)
    assert "machine: <del><bdi>3740000</bdi></del>" in page.text
    assert page.context["lines"][0].ruled


def test_the_card_works_a_change_out_both_ways(browser, article):
    change = {"direction": "increase", "start": None, "baseline": None}
    make.claim(article, "178 percent", kind="percent", unit="%", value="178", change=change)
    make.claim(article, "5,000", value="5000")
    text = browser.get(page_of(article)).text
    assert "rose by 178 %" in text
    assert "before = 5,000 ÷ 1.78 ≈ 2,808.99" in text


def test_the_card_links_a_few_other_claims_of_the_voice_and_the_concept(browser, article, claim):
    other = make.article("In 2031 some 9 came and 8 went, Lena Ortiz said.\n")
    same_voice = make.claim(
        other, "9", voices=[make.attribution(other, make.speaker())], concept="boats"
    )
    same_concept = make.claim(other, "8")
    make.claim(other, "2031", kind="date")
    card = browser.get(page_of(article)).context["card"]
    assert set(card.others) == {same_voice, same_concept}


def test_a_newer_reading_stands_beside(browser, article):
    claim = make.accepted(article)
    finding = claim.machine | {"value": "3750000"}
    newer = {"finding": finding, "chain": [], "dismissed": False}
    Claim.objects.filter(pk=claim.pk).update(newer=newer, to_confirm=True)
    page = browser.get(page_of(article, work="again"))
    assert "A later run reads this differently" in page.text
    rule(browser, claim, "take_newer")
    claim.refresh_from_db()
    assert claim.value == "3750000"


def test_an_article_without_claims_says_so(browser, article):
    page = browser.get(page_of(article))
    assert page.context["card"] is None
    assert "No claims yet" in page.text


def test_an_article_or_claim_that_is_not_there_is_told(browser, article):
    assert browser.get(reverse("desk_article", args=[article.pk + 99])).status_code == 404
    assert browser.post(reverse("desk_rule", args=[99]), {"ruling": "accept"}).status_code == 404


def test_a_question_that_makes_no_sense_is_told(browser, article):
    answer = browser.get(page_of(article, colour="red"))
    assert answer.status_code == 400
    assert "colour: is no parameter here" in answer.text


# Rulings

RULINGS = [
    ("accept", {}, ("accepted", "unreviewed")),
    ("accept_both", {}, ("accepted", "confirmed")),
    ("confirm_voice", {}, ("proposed", "confirmed")),
    ("reject", {"reason": "a name"}, ("rejected", "unreviewed")),
    ("set_voice", {"voice": "own"}, ("proposed", "confirmed")),
    ("reject", {"reason": "x" * 501}, ("proposed", "unreviewed")),
    ("set_voice", {}, ("proposed", "unreviewed")),
    ("dance", {}, ("proposed", "unreviewed")),
]


@pytest.mark.parametrize(("ruling", "asked", "wanted"), RULINGS)
def test_a_button_rules_on_the_open_claim(browser, claim, ruling, asked, wanted):
    assert rule(browser, claim, ruling, **asked).status_code == 302
    assert state(claim) == wanted


ONWARD = ["accept", "accept_both", "reject"]
STAYING = ["confirm_voice", "reopen"]


@pytest.mark.parametrize("ruling", ONWARD)
def test_after_a_ruling_the_next_card_opens(browser, claim, second, ruling):
    answer = rule(browser, claim, ruling, query="?work=waiting&of=5")
    assert answer.url == page_of(claim.article, work="waiting", of=5, card=second.pk) + "#card"
    assert "done" in said(browser, answer)


@pytest.mark.parametrize("ruling", STAYING)
def test_after_other_rulings_the_card_stays_open(browser, claim, second, ruling):
    assert f"card={claim.pk}" in rule(browser, claim, ruling).url


def test_one_ruling_costs_as_many_queries_in_a_long_article_as_in_a_short_one(
    browser, claim, django_assert_max_num_queries
):
    long = make.article("".join(f"Dock {n} handled {n} crates.\n" for n in range(300, 340)))
    many = [make.claim(long, str(n)) for n in range(300, 340)]
    for one in (claim, many[0]):
        assignments.take(one.article_id, editor=make.editor())
        with django_assert_max_num_queries(20):
            assert rule(browser, one, "accept").status_code == 302


def test_after_the_last_claim_of_an_article_the_way_to_the_next_article_is_shown(
    browser, claim, second
):
    assert f"card={claim.pk}" in rule(browser, second, "accept").url
    page = browser.get(rule(browser, claim, "accept").url)
    assert "Nothing in this article waits in this queue" in page.text


def test_progress_counts_from_where_the_editor_began(browser, claim, second):
    rule(browser, claim, "accept")
    progress = browser.get(page_of(claim.article, of=2)).context["progress"]
    assert progress == {"left": 1, "total": 2, "done": 1}


def test_one_key_for_figure_and_voice_is_refused_where_the_voice_is_not_certain(browser, claim):
    said_of = claim.attribution
    said_of.score = 0.5
    said_of.save()
    assert 'value="accept_both"' not in browser.get(page_of(claim.article)).text
    answer = rule(browser, claim, "accept_both")
    assert "none that one key may accept" in said(browser, answer)
    assert state(claim) == ("proposed", "unreviewed")


def test_setting_the_speaker_keeps_those_who_are_cited(browser, article, lena):
    office = make.attribution(article, make.speaker("harbour office", kind="organisation"))
    claim = make.claim(article, voices=[lena, office])
    mayor = make.speaker("Tom Brandt")
    rule(browser, claim, "set_voice", speaker=mayor.pk)
    names = claim.voices.order_by("position").values_list("speaker__name", flat=True)
    assert list(names) == ["Tom Brandt", "harbour office"]
    assert state(claim) == ("proposed", "confirmed")
    text = browser.get(page_of(article, card=claim.pk)).text
    assert "set by an editor" in text


def test_topics_are_added_and_taken_away(browser, claim):
    topic = make.topic()
    rule(browser, claim, "add_topic", topic=topic.pk)
    assert [link.topic for link in claim.topic_links.filter(removed=False)] == [topic]
    claim.refresh_from_db()
    rule(browser, claim, "remove_topic", topic=topic.pk)
    assert not claim.topic_links.filter(removed=False).exists()


# Stale saves


@pytest.mark.parametrize("ruling", ["accept", "reject", "confirm_voice", "set_voice"])
def test_a_stale_ruling_is_refused_with_both_values_and_one_step_to_repeat(browser, claim, ruling):
    shown = claim.version
    other = make.editor("ida")
    make.rule(claim, {"value": "3750000"}, by=other)
    Change.objects.create(
        action="correct",
        actor=other,
        actor_name="ida",
        object_type="claim",
        object_id=claim.pk,
        before={"value": "3740000", "version": shown},
        after={"value": "3750000", "version": claim.version},
    )
    answer = rule(browser, claim, ruling, version=shown, reason="no figure", voice="own")
    assert answer.status_code == 409
    assert state(claim) == ("proposed", "unreviewed")
    assert "you saw <del><bdi>3740000</bdi></del>, now <ins><bdi>3750000</bdi></ins>" in answer.text
    conflict = answer.context["conflict"]
    again = {"version": conflict["version"], **dict(conflict["again"])}
    assert browser.post(reverse("desk_rule", args=[claim.pk]), again).status_code == 302
    assert state(claim) != ("proposed", "unreviewed")


def test_a_ruling_on_a_claim_that_no_table_could_hold_finds_none(browser, claim):
    answer = browser.post(f"/admin/desk/claim/{2**63}/rule/", {"ruling": "accept"})
    assert answer.status_code == 404


def test_a_ruling_that_does_not_say_what_it_saw_is_refused(browser, claim):
    answer = browser.post(reverse("desk_rule", args=[claim.pk]), {"ruling": "accept"})
    assert answer.status_code == 409
    assert state(claim)[0] == "proposed"


# Undo


def undo(browser, article):
    return browser.post(reverse("desk_undo", args=[article.pk]))


def test_undo_goes_back_step_by_step(browser, article, claim, second):
    rule(browser, claim, "accept")
    rule(browser, second, "reject")
    claim.refresh_from_db()
    rule(browser, claim, "confirm_voice")
    assert f"card={claim.pk}" in undo(browser, article).url
    assert (state(claim), state(second)[0]) == (("accepted", "unreviewed"), "rejected")
    assert f"card={second.pk}" in undo(browser, article).url
    assert (state(claim)[0], state(second)[0]) == ("accepted", "proposed")
    assert f"card={claim.pk}" in undo(browser, article).url
    assert state(claim)[0] == "proposed"
    assert "nothing of yours to undo" in said(browser, undo(browser, article))


def test_undo_leaves_what_others_did_and_other_articles_alone(browser, article, claim):
    other = make.claim(make.article("In 2030 some 3.74 million came.\n"))
    rule(browser, other, "accept")
    make.rule(claim, {"value": "1"}, by=make.editor("ida"))
    undo(browser, article)
    assert state(other)[0] == "accepted"


def test_what_somebody_changed_since_is_not_undone(browser, article, claim):
    rule(browser, claim, "accept")
    claim.refresh_from_db()
    make.rule(claim, {"value": "3750000"}, by=make.editor("ida"))
    assert "changed since" in said(browser, undo(browser, article))
    assert state(claim)[0] == "accepted"


# Who works on it


def test_a_ruling_takes_the_article(browser, article, claim):
    browser.get(page_of(article))
    assert not Assignment.objects.exists()
    rule(browser, claim, "confirm_voice")
    assert Assignment.objects.get().editor.username == "editor"


def test_nobody_rules_on_an_article_that_somebody_else_is_at_unless_taken_over(
    browser, article, claim
):
    assignments.take(article.pk, editor=make.editor("ida"))
    assert "Take over" in browser.get(page_of(article)).text
    assert "Ida works on this article" in said(browser, rule(browser, claim, "accept"))
    assert "Ida works on this article" in said(browser, undo_after(browser, article, claim))
    take = reverse("desk_take", args=[article.pk])
    assert "Ida works on this article" in said(browser, browser.post(take))
    assert state(claim)[0] == "proposed"
    browser.post(take, {"over": "1"})
    rule(browser, claim, "accept")
    assert state(claim)[0] == "accepted"
    browser.post(take, {"release": "1"})
    assert not Assignment.objects.exists()


def undo_after(browser, article, claim):
    """Ask to undo something while another editor works on the article."""
    Change.objects.create(
        action="correct",
        actor=make.editor(),
        object_type="claim",
        object_id=claim.pk,
        before={"version": 1},
        after={"version": 1},
    )
    answer = undo(browser, article)
    Change.objects.all().delete()
    return answer
