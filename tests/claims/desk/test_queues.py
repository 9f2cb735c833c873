"""The desk's front page: what waits, saved queues, the next article; who may do what."""

from datetime import timedelta
from itertools import chain

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims.curation import assignments
from claims.models import Assignment, Claim, SavedQueue, Topic
from tests.claims import make

pytestmark = pytest.mark.django_db


def front(browser, **asked):
    return browser.get(reverse("desk"), asked)


def start(browser, query="", **sent):
    return browser.post(reverse("desk_next") + query, sent)


@pytest.fixture
def articles():
    found = []
    for year in (2030, 2031, 2032):
        found.append(make.article(f"In {year} some 3.74 million came.\n", outlet=make.outlet()))
        make.claim(found[-1])
    return found


def test_the_front_page_shows_what_waits_and_who_works_on_it(browser, articles):
    assignments.take(articles[1].pk, editor=make.editor("ida"))
    page = front(browser)
    assert page.context["left"] == 3
    assert [article.waiting for article in page.context["articles"]] == [1, 1, 1]
    assert "<bdi>ida</bdi> works on it" in page.text
    Assignment.objects.update(until=timezone.now() - timedelta(minutes=1))
    assert "<bdi>ida</bdi> was at it" in front(browser).text


def test_a_question_narrows_the_queue_and_stays_in_the_form(browser, articles):
    said = make.attribution(articles[0], make.speaker(), cue="came")
    claim = make.claim(articles[0], "2030", kind="date", voices=[said])
    page = front(browser, kind="date", speaker=claim.speaker.uid, text="", score_min="")
    assert page.context["left"] == 1
    assert page.context["form"].initial["kind"] == "date"
    assert (claim.speaker.uid, "Lena Ortiz") in page.context["form"].fields["speaker"].choices
    other = make.speaker("Tom Brandt")
    choices = front(browser, speaker=other.uid).context["form"].fields["speaker"].choices
    assert (other.uid, other.uid) in choices


def test_an_empty_queue_says_so(browser):
    assert "Nothing waits here" in front(browser).text
    assert "that nobody works on" in browser.get(start(browser).url).text


def test_starting_gives_the_first_article_and_the_count_to_measure_by(browser, articles):
    answer = start(browser, "?kind=count")
    assert answer.url == f"{reverse('desk_article', args=[articles[0].pk])}?kind=count&of=3#card"
    assert "Yours until" in browser.get(answer.url).text
    going_on = start(browser, "?kind=count&of=3", after=articles[0].pk)
    assert reverse("desk_article", args=[articles[1].pk]) in going_on.url
    assert going_on.url.endswith("?kind=count&of=3#card")
    assert front(browser).context["mine"].get().article == articles[1]


def test_an_article_that_somebody_works_on_is_passed_over(browser, articles):
    assignments.take(articles[0].pk, editor=make.editor("ida"))
    assert reverse("desk_article", args=[articles[1].pk]) in start(browser, after="x").url


def test_queues_are_kept_and_forgotten_by_each_editor(browser):
    save = reverse("desk_save")
    SavedQueue.objects.create(editor=make.editor("ida"), name="Dates", query="kind=date")
    browser.post(save + "?kind=money", {"name": " Money "})
    browser.post(save + "?kind=money&score_min=0.5", {"name": "Money"})
    assert [str(one) for one in front(browser).context["saved"]] == ["Money"]
    assert SavedQueue.objects.get(name="Money").query == "kind=money&score_min=0.5"
    browser.post(save, {"forget": "Money"})
    browser.post(save, {"forget": "Dates"})
    assert SavedQueue.objects.get().name == "Dates"


def test_a_queue_needs_a_name_and_there_are_not_too_many(browser):
    save = reverse("desk_save")
    for name in ("", "x" * 61, "a\x00b"):
        browser.post(save, {"name": name})
    assert not SavedQueue.objects.exists()
    for number in range(31):
        browser.post(save, {"name": f"Queue {number}"})
    assert SavedQueue.objects.count() == 30
    assert "forget one first" in front(browser).text


def test_what_else_was_asked_stays_asked_when_the_question_is_sent_again(browser, articles):
    page = front(browser, article=articles[0].uid)
    assert page.context["left"] == 1
    assert f'name="article" value="{articles[0].uid}" checked' in page.text


def test_pages_of_the_admin_lead_to_the_desk(browser, articles):
    make.accepted(articles[0], "2030", kind="date")
    index = browser.get("/admin/").text
    assert f'<a href="{reverse("desk")}?work=waiting">3 waiting for an editor</a>' in index
    assert f'<a href="{reverse("desk")}?work=voices">1 accepted, voice unreviewed</a>' in index
    assert "work=lost" not in index.partition('id="work"')[2].partition("</ul>")[0]
    article = articles[0]
    pages = {
        f"/admin/claims/article/{article.pk}/change/": reverse("desk_article", args=[article.pk]),
        "/admin/claims/claim/": reverse("desk"),
        f"/admin/claims/speaker/{make.speaker().pk}/change/": f"{reverse('desk')}?speaker=",
    }
    for page, address in pages.items():
        assert f'href="{address}' in browser.get(page).text


def test_a_claim_that_awaits_a_second_editor_has_a_heap_and_a_key(browser, articles):
    claim = articles[0].claims.get()
    make.rule(claim, {"status": "accepted", "second": "awaited"}, by=make.editor("ida"))
    assert front(browser, work="second").context["left"] == 1
    page = browser.get(reverse("desk_article", args=[articles[0].pk]) + "?work=second").text
    assert 'value="confirm"' in page
    assert 'value="confirm"' not in browser.get(reverse("desk_article", args=[articles[1].pk])).text


# Rights


def addresses(claim):
    article = [claim.article_id]
    return {
        "look": [reverse("desk"), reverse("desk_article", args=article)],
        "rule": [
            reverse("desk_next"),
            reverse("desk_save"),
            reverse("desk_take", args=article),
            reverse("desk_undo", args=article),
            reverse("desk_mark", args=article),
            reverse("desk_rule", args=[claim.pk]),
            reverse("desk_edit", args=[claim.pk]),
        ],
    }


def staff(*codenames):
    user = make.user("-".join(codenames) or "none", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def test_every_address_checks_the_right_to_it():
    claim = make.claim()
    nobody, onlooker = staff(), staff("view_claim")
    for address in addresses(claim)["look"]:
        assert nobody.get(address).status_code == 403
        assert onlooker.get(address).status_code == 200
    for address in addresses(claim)["rule"]:
        assert onlooker.post(address, {"ruling": "accept"}).status_code == 403
        assert nobody.post(address, {"ruling": "accept"}).status_code == 403
    claim.refresh_from_db()
    assert (claim.status, Assignment.objects.count()) == ("proposed", 0)


def test_who_is_not_signed_in_or_not_on_the_staff_is_sent_to_sign_in(client):
    claim = make.claim()
    for address in chain.from_iterable(addresses(claim).values()):
        answers = [client.post(address), client.get(address)]
        assert all(one.status_code == 405 or "/login/" in one.url for one in answers)
        assert any(one.status_code == 302 for one in answers)


def test_rulings_are_posted_and_pages_are_read(browser):
    claim = make.claim()
    for address in addresses(claim)["rule"]:
        if "mark" not in address:
            assert browser.get(address).status_code == 405
    for address in addresses(claim)["look"]:
        assert browser.post(address).status_code == 405


def test_an_onlooker_sees_no_buttons(browser):
    claim = make.claim()
    page = staff("view_claim").get(reverse("desk_article", args=[claim.article_id])).text
    assert 'name="ruling"' not in page
    assert 'name="what"' not in page


def test_undo_needs_the_right_to_undo():
    claim = make.claim()
    address = reverse("desk_undo", args=[claim.article_id])
    assert staff("view_claim", "change_claim").post(address).status_code == 403


# Size


def test_the_page_of_an_article_with_200_claims_is_small_and_asks_little(
    browser, django_assert_max_num_queries
):
    line = "The harbour office counted 1{0} passengers and 2{0} bicycles at pier {0}, Ortiz said.\n"
    text = "Counts\n\n" + "".join(line.format(n) for n in range(3000, 3100))
    article = make.article(text, outlet=make.outlet())
    lena = make.speaker("Lena Ortiz")
    for n in range(3000, 3100):
        said = make.attribution(article, lena, source="Ortiz")
        sentence = make.sentence_around(text, *make.span_of(text, f"pier {n}"))
        source, cue = (text.index(words, sentence[0]) for words in ("Ortiz", "said"))
        said.source = [[source, source + 5]]
        said.mention, said.cue, said.content = said.source[0], [[cue, cue + 4]], [sentence]
        said.save()
        for number in (f"1{n}", f"2{n}"):
            make.claim(article, number, value=number, voices=[said])
    assert Claim.objects.count() == 200
    Topic.objects.bulk_create(
        Topic(scheme="on-record", code=str(n), label=f"Some topic or other {n}") for n in range(200)
    )
    address = reverse("desk_article", args=[article.pk])
    with django_assert_max_num_queries(12):
        page = browser.get(address)
    assert len(page.context["lines"]) == 200
    assert len(page.content) <= 150_000


def test_the_front_page_asks_as_much_for_three_articles_as_for_one(browser, articles):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            front(browser)
        return len(captured)

    three = queries()
    Claim.objects.filter(article__in=articles[1:]).update(status="rejected")
    assert queries() == three
