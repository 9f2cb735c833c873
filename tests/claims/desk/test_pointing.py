"""Words pointed at, by plain forms: a claim that was missed, a new place, who speaks."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from claims.curation import assignments
from claims.models import Attribution, Claim, Run, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db


def mark_url(article, what="claim", words=None, nth=0, claim=None, typed=None, **asked):
    if words:
        start, end = make.span_of(article.body.text, words, nth=nth)
        asked |= {"start": start, "end": end}
    asked |= {"words": typed} if typed else {}
    asked |= {"what": what} | ({"card": claim.pk} if claim else {})
    return f"{reverse('desk_mark', args=[article.pk])}?{urlencode(asked)}"


def fields_of(form, prefix, **edits):
    sent = {}
    for bound in form:
        value = bound.value()
        if value not in (None, False):
            sent[bound.html_name] = "on" if value is True else getattr(value, "pk", value)
    return sent | {f"{prefix}-{name}": value for name, value in edits.items()}


def save(browser, address, **edits):
    """Open the page of words pointed at, change some fields of its form and send it."""
    form = browser.get(address).context["form"]
    return browser.post(address, fields_of(form, form.prefix, **edits))


def text_after(browser, answer):
    return browser.get(answer.url).text


# A claim that was missed


def test_the_page_shows_the_words_and_what_the_machine_reads_there(browser, article):
    page = browser.get(mark_url(article, words="3.74 million passengers"))
    assert 'id="point">3.74 million passengers</mark>' in page.context["words"]
    assert "The machine reads <strong>3,740,000</strong>" in page.text
    assert page.context["form"]["value"].value() == "3740000"
    assert not Claim.objects.exists()


def test_words_without_a_figure_leave_the_fields_empty(browser, article):
    page = browser.get(mark_url(article, words="a bicycle"))
    assert "The machine reads no figure in these words" in page.text
    assert page.context["form"]["value"].value() == ""


def test_a_missed_claim_is_marked_and_its_card_opens(browser, article):
    answer = save(browser, mark_url(article, words="3.74 million"), value="3700000")
    claim = Claim.objects.get()
    assert f"card={claim.pk}" in answer.url
    assert (claim.value, claim.machine["value"], claim.status) == ("3700000", "3740000", "accepted")
    page = browser.get(answer.url)
    assert "marked by an editor" in page.text
    row = next(row for row in page.context["card"].rows if row.name == "value")
    assert (row.ruling.actor.username, row.machine) == ("editor", "3740000")


def test_a_senseless_claim_comes_back_with_the_reason(browser, article):
    address = mark_url(article, words="3.74 million")
    assert "is neither a decimal" in text_after(browser, save(browser, address, value="many"))
    assert "Select a valid choice" in save(browser, address, kind="wish").text
    assert not Claim.objects.exists()


def test_marking_is_undone_from_the_desk(browser, article):
    save(browser, mark_url(article, words="3.74 million"))
    browser.post(reverse("desk_undo", args=[article.pk]))
    assert not Claim.objects.current().exists()


WRONG = [
    ({"start": 4, "end": 4}, "marks no words"),
    ({"start": 4}, "select words of the article"),
    ({}, "select words of the article"),
    ({"start": "x", "end": "9"}, "select words of the article"),
    ({"what": "dance", "start": 4, "end": 9}, "no such thing to mark"),
    ({"what": "move", "start": 4, "end": 9}, "no claim it is for"),
    ({"typed": "elephants"}, "does not stand in the article"),
]


@pytest.mark.parametrize(("asked", "why"), WRONG)
def test_what_points_at_nothing_is_told(browser, article, asked, why):
    answer = browser.get(mark_url(article, **asked))
    assert why in text_after(browser, answer)


def test_a_claim_of_another_article_is_not_moved(browser, article):
    other = make.claim(make.article("In 2031 some 3.74 million came.\n"))
    answer = browser.get(mark_url(article, "move", words="1,200", claim=other))
    assert "in another article" in browser.get(reverse("desk_article", args=[article.pk])).text
    assert answer.status_code == 302


def test_words_that_are_typed_are_looked_for_in_the_article(browser, article):
    page = browser.get(mark_url(article, typed="said"))
    found = [(start, end) for start, end, *_ in page.context["places"]]
    text = article.body.text
    assert [list(place) for place in found] == [make.span_of(text, "said", nth=n) for n in range(3)]
    assert f"start={found[0][0]}&amp;end={found[0][1]}" in page.text


# A claim that moves


def test_a_claim_moves_to_other_words(browser, article, second):
    answer = save(browser, mark_url(article, "move", words="At least 1,200 of them", claim=second))
    second.refresh_from_db()
    assert (second.surface, second.value) == ("At least 1,200 of them", "1200")
    assert "moved by an editor" in text_after(browser, answer)


RISES = "Ferry traffic fell 12 percent in May. Bus traffic rose 9 percent, from the\nyear before.\n"


def test_a_claim_that_moves_says_what_the_words_there_say_of_a_change(browser):
    article = make.article(RISES)
    claim = make.claim(article, "12 percent", unit="%", change={"direction": "decrease"})
    save(browser, mark_url(article, "move", words="9 percent", claim=claim))
    claim.refresh_from_db()
    assert (claim.value, claim.change["direction"]) == ("9", "increase")
    save(browser, mark_url(article, "move", words="May", claim=claim), kind="date")
    claim.refresh_from_db()
    assert claim.change is None


def test_a_missed_claim_gets_the_change_that_the_editor_says(browser):
    article = make.article(RISES)
    save(browser, mark_url(article, words="12 percent"), change_direction="increase")
    claim = Claim.objects.get()
    assert (claim.change["direction"], claim.machine["change"]["direction"]) == (
        "increase",
        "decrease",
    )
    fields = set(claim.rulings.values_list("field", flat=True))
    assert fields == {"change", "made", "span", "status"}


def test_a_missed_claim_whose_words_stand_on_two_lines_is_as_the_engine_reads_it(browser):
    article = make.article("Ferry traffic fell 12 percent from the previous\nyear.\n")
    save(browser, mark_url(article, words="12 percent"))
    claim = Claim.objects.get()
    assert claim.machine["change"]["baseline"] == "the previous\nyear"
    fields = set(claim.rulings.values_list("field", flat=True))
    assert fields == {"made", "span", "status"}


def test_a_stale_move_shows_both_values_and_is_saved_in_one_more_step(browser, article, second):
    address = mark_url(article, "move", words="At least 1,200 of them", claim=second)
    opened = browser.get(address).context["form"]
    make.rule(second, {"concept": "cyclists"})
    answer = browser.post(address, fields_of(opened, "mark", value="1250"))
    assert answer.status_code == 409
    assert "yours <ins><bdi>1250</bdi></ins>, now <del><bdi>1200</bdi></del>" in answer.text
    second.refresh_from_db()
    assert second.surface == "1,200"
    browser.post(address, fields_of(answer.context["form"], "mark"))
    second.refresh_from_db()
    assert (second.surface, second.value) == ("At least 1,200 of them", "1250")


# Who speaks


def test_a_speaker_is_marked_by_the_words_that_name_him(browser, article, second):
    address = mark_url(article, "source", words="harbour office", claim=second)
    answer = save(browser, address, kind="organisation")
    second.refresh_from_db()
    said = Attribution.objects.get()
    assert (second.speaker.name, second.voice_status) == ("harbour office", "confirmed")
    assert said.source == [make.span_of(article.body.text, "harbour office")]
    assert second.speaker.article == article
    assert "set by an editor" in text_after(browser, answer)


def test_a_known_speaker_is_proposed_for_his_own_name(browser, article, lena, second):
    form = browser.get(mark_url(article, "source", words="Ortiz", claim=second)).context["form"]
    assert form.initial["speaker"] == lena.speaker
    save(browser, mark_url(article, "source", words="Ortiz", claim=second))
    second.refresh_from_db()
    assert second.speaker == lena.speaker
    assert Speaker.objects.count() == 1


def test_a_cue_is_marked_beside_the_source_that_was_there(browser, article, claim):
    address = mark_url(article, "cue", words="said", nth=1, claim=claim)
    save(browser, address, manner="direct")
    marked = Attribution.objects.get(tier="editor")
    assert marked.cue == [make.span_of(article.body.text, "said", nth=1)]
    assert marked.source == [make.span_of(article.body.text, "Lena Ortiz")]
    assert marked.manner == "direct"


def test_the_same_new_name_twice_is_one_speaker_of_the_article(browser, article, claim, second):
    for one in (claim, second):
        save(
            browser,
            mark_url(article, "source", words="harbour office", claim=one),
            speaker="",
            kind="organisation",
        )
    assert Speaker.objects.filter(name="harbour office").count() == 1
    assert Run.objects.filter(origin="editor").count() == 1


def test_a_voice_without_a_name_comes_back(browser, article, second):
    address = mark_url(article, "source", words="harbour office", claim=second)
    assert "choose a speaker" in save(browser, address, name="").text
    answer = save(browser, address, source_start=3, source_end=3)
    assert "marks no words" in text_after(browser, answer)
    assert not Attribution.objects.exists()


def test_a_stale_voice_shows_both_and_is_saved_in_one_more_step(browser, article, second):
    address = mark_url(article, "source", words="harbour office", claim=second)
    opened = browser.get(address).context["form"]
    make.rule(second, {"concept": "cyclists"})
    answer = browser.post(address, fields_of(opened, "voice"))
    assert "changed by somebody else" in answer.text
    assert "yours <ins><bdi>harbour office</bdi></ins>" in answer.text
    browser.post(address, fields_of(answer.context["form"], "voice"))
    second.refresh_from_db()
    assert second.speaker.name == "harbour office"


def test_nobody_marks_in_an_article_that_somebody_else_is_at(browser, article):
    assignments.take(article.pk, editor=make.editor("ida"))
    answer = save(browser, mark_url(article, words="3.74 million"))
    assert "Ida works on this article" in text_after(browser, answer)
    assert not Claim.objects.exists()
