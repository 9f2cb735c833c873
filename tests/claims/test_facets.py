"""Facets: as many as the lists they lead to have, nothing of what is hidden, stored or not."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from claims import facets
from claims.curation import review
from claims.filters.base import counted
from claims.filters.claims import ClaimFilter
from claims.filters.readers import Reader, claims_for
from claims.models import Article, Claim, Measurement, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db

TEXT = (
    "Counts\n\n"
    "Between 40 and 55 trucks crossed, Lena Ortiz said, citing Emil Voss.\n"
    "At least 1,200 people came and 300 left.\n"
    "It cost €412 million, and $7 million more, on 9 March 2031.\n"
)


def ask(question, reader):
    """Return the claims that answer a question."""
    return ClaimFilter(QueryDict(question), claims_for(reader), reader).ask().rows


def found(question="", reader=Reader.EVERYBODY):
    """Return the facets of an answer."""
    rows = ask(question, reader)
    return facets.facets(rows, reader, counted(rows), unfiltered=not question)


def counts(question="", reader=Reader.EVERYBODY):
    """Return the facets of an answer as name → key → count."""
    shown = found(question, reader).facets
    return {facet.name: {one.key: one.count for one in facet.values} for facet in shown}


def listed(name, key, question, reader):
    """Count what the list has that a value leads to."""
    params = QueryDict(question, mutable=True)
    if name == "year":
        params["published_from"] = params["published_to"] = key
    else:
        params.appendlist(name, key)
    return ClaimFilter(params, claims_for(reader), reader).ask().rows.count()


@pytest.fixture
def claims():
    """Make claims of every kind of visibility, alike in all but what hides them."""
    courier = make.article(TEXT, outlet=make.outlet("Courier"), published="2031-03-09")
    lantern = make.article(
        TEXT + "More.\n", outlet=make.outlet("Lantern"), published="2030-12/2031"
    )
    open_end = make.article(TEXT + "Later.\n", published="2029/..")
    undated = make.article(TEXT + "Undated.\n")
    ortiz = make.speaker("Lena Ortiz", privacy=Speaker.Privacy.PUBLIC)
    voss = make.speaker("Emil Voss", privacy=Speaker.Privacy.PRIVATE)
    emil = make.speaker("E. Ortiz", privacy=Speaker.Privacy.PUBLIC)
    make.same(ortiz, emil)
    for article in (courier, lantern, open_end, undated):
        said = make.attribution(article, ortiz)
        cited = make.attribution(article, voss, cue="citing")
        again = make.attribution(article, emil, cue="citing", parent=said)
        one = make.accepted(
            article, "40 and 55", low="40", high="55", voices=[said, cited, again],
            voice_status="confirmed",
        )  # fmt: skip
        make.tag(one, make.topic("transport"))
        make.accepted(article, "1,200", value="1200", voices=[cited])
        make.claim(article, "300", value="300", modality="planned")
        money = make.accepted(article, "€412 million", kind="money", value="412000000", unit="EUR")
        make.tag(money, make.topic("budgets"))
        make.claim(article, "$7 million", kind="money", value="7000000", unit="USD")
    make.accepted(courier, "9 March 2031", kind="date", edtf="2031-03-09", modality="forecast")


QUESTIONS = [
    ("", Reader.EVERYBODY),
    ("kind=count", Reader.EVERYBODY),
    ("text=trucks", Reader.EVERYBODY),
    ("published_from=2031", Reader.EVERYBODY),
    ("unit=EUR&value_min=1", Reader.EVERYBODY),
    ("", Reader.RESEARCHER),
    ("status=proposed", Reader.RESEARCHER),
    ("status=proposed&status=accepted&status=rejected", Reader.EDITOR),
]


@pytest.mark.parametrize(("question", "reader"), QUESTIONS)
def test_every_count_is_that_of_the_list_it_leads_to(claims, question, reader):
    answers = counts(question, reader)
    assert any(answers.values())
    for name, values in answers.items():
        asked = QueryDict(question)
        if name in asked or (name == "year" and "published_from" in asked):
            continue  # a second value of what is asked for adds to the answer
        for key, number in values.items():
            assert number == listed(name, key, question, reader), f"{name}={key}"


def test_facets_hold_what_is_there_and_nothing_else(claims):
    ortiz = Speaker.objects.get(name="Lena Ortiz")
    assert counts() == {
        "kind": {"count": 8, "money": 4, "date": 1},
        "unit": {"EUR": 4},
        "topic": {"on-record:budgets": 4, "on-record:transport": 4},
        "speaker": {ortiz.uid: 4},
        "outlet": {"Courier": 4, "Lantern": 3},
        "year": {"2031": 10, "2030": 6, "2029": 3},
        "modality": {"asserted": 12, "forecast": 1},
        "voice": {"attributed": 4},
    }


def test_an_answer_without_rows_has_no_facets(claims):
    assert not any(counts("text=nowhere").values())
    assert not any(counts("article=" + make.article("Empty.\n").uid).values())
    none = Claim.objects.none()
    assert not any(facet.values for facet in facets.facets(none, 0, 0, unfiltered=False).facets)


def test_ties_stand_in_the_same_order_always():
    article = make.article("Words.\n")
    for name in ("b", "a", "c"):
        make.tag(make.accepted(article, "Words"), make.topic(name))
    shown = [one.key for facet in found().facets for one in facet.values if facet.name == "topic"]
    assert shown == ["on-record:b", "on-record:a", "on-record:c"]


def test_only_the_most_frequent_values_are_shown(monkeypatch):
    monkeypatch.setattr(facets, "SHOWN", 2)
    article = make.article("Words here.\n")
    for unit, number in (("km", 1), ("kg", 3), ("m", 2)):
        for _ in range(number):
            make.accepted(article, "Words", kind="measure", unit=unit)
    (units,) = [facet for facet in found().facets if facet.name == "unit"]
    assert [(one.key, one.count) for one in units.values] == [("kg", 3), ("m", 2)]
    assert units.more == "the 2 most frequent"


def test_years_that_no_address_can_name_are_left_out():
    article = make.article("Old.\n", published="-0043/2031")
    make.accepted(article, "Old")
    make.accepted(make.article("Far.\n", published="Y17000"), "Far")
    assert counts()["year"] == {"2031": 1}


@pytest.fixture
def many(claims, monkeypatch):
    """Let the claims of this test be more than are counted for a reader."""
    monkeypatch.setattr("claims.facets.COUNTED", 5)
    monkeypatch.setattr("claims.filters.base.COUNTED", 5)


def test_beyond_the_cap_the_newest_are_counted_and_it_is_said(many):
    some = found()
    assert not some.whole
    assert sum(one.count for one in some.facets[0].values) == 5


def test_stored_counts_are_those_of_the_whole_list(many):
    call_command("count_facets", stdout=None)
    assert found().whole
    stored = counts()
    Measurement.objects.all().delete()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("claims.facets.COUNTED", 100)
        patched.setattr("claims.filters.base.COUNTED", 100)
        assert counts() == stored


def test_stored_counts_are_for_the_list_without_questions_and_for_everybody(many):
    assert facets.recount() == 13
    assert not found("kind=count").whole
    assert not found("", Reader.RESEARCHER).whole


def test_few_claims_are_not_stored(claims):
    Measurement.objects.create(what=Measurement.What.FACETS, data={})
    assert facets.recount() is None
    assert not Measurement.objects.exists()


def hide_article(article, claim):
    review.reject(Claim.objects.filter(pk=claim.pk), actor=make.editor())


def correct(article, claim):
    review.correct(claim, {"unit": "USD"}, actor=make.editor(), version=claim.version)


def publish(article, claim):
    waiting = Claim.objects.filter(article=article, status=Claim.Status.PROPOSED)
    review.accept(waiting, actor=make.editor())


def merge(article, claim):
    make.same(make.speaker("Lena Ortiz"), make.speaker("Another Ortiz"))


@pytest.mark.parametrize("change", [hide_article, correct, publish, merge])
def test_any_change_ends_what_was_stored(many, change):
    facets.recount()
    claim = Claim.objects.public().filter(unit="EUR").first()
    change(claim.article, claim)
    assert not found().whole


def test_what_only_hidden_rows_have_is_no_value(claims):
    hidden = make.article(
        "Zanzibar, 5 zorkmids, Zed Zander said in 1999.\n",
        outlet=make.outlet("The Zebra"),
        visibility=Article.Visibility.DRAFT,
        published="1999",
    )
    zed = make.speaker("Zed Zander", privacy=Speaker.Privacy.PUBLIC)
    one = make.accepted(
        hidden, "5 zorkmids", kind="money", unit="XZK", voices=[make.attribution(hidden, zed)],
        voice_status="confirmed", modality="conditional",
    )  # fmt: skip
    make.tag(one, make.topic("zoology"))
    for reader in (Reader.EVERYBODY, Reader.RESEARCHER):
        shown = found("", reader).facets
        words = {word for facet in shown for one in facet.values for word in (one.key, one.label)}
        markers = {"The Zebra", "Zed Zander", "XZK", "on-record:zoology", "1999", "conditional"}
        assert not words & markers
    assert "XZK" in counts("visibility=draft", Reader.EDITOR)["unit"]


def test_facets_take_four_statements_however_many_rows(claims):
    rows = ask("", Reader.EVERYBODY)
    with CaptureQueriesContext(connection) as captured:
        facets.facets(rows, Reader.EVERYBODY, 13, unfiltered=True)
    assert len(captured) == 4  # the counts, and names of topics, speakers and outlets
