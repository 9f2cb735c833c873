"""Search: any text is a query, both databases answer alike, the index follows the rows."""

import importlib

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claims import gate, search
from claims.models import Article, ArticleText, Claim
from tests.claims import make

pytestmark = pytest.mark.django_db

PASSAGE = "Café Zürich sold 3.74 million state-of-the-art ferry tickets, it’s said by U.S. boats."

READ = [
    # query, clauses, without
    ("ferry tickets", [["ferry"], ["tickets"]], []),
    ("“ferry tickets”", [["ferry tickets"]], []),
    ('"never closed', [["never closed"]], []),
    ("ferry OR boat sank", [["ferry", "boat"], ["sank"]], []),
    ("ferry -boat -“old pier”", [["ferry"]], ["boat", "old pier"]),
    ("3.74 million", [["3 74"], ["million"]], []),
    ("OR ferry OR", [["ferry"]], []),
    ("ferry OR -boat", [["ferry"]], ["boat"]),
    ("ferry or boat", [["ferry"], ["or"], ["boat"]], []),
    ("tour* st* *", [["tour*"], ["st"]], []),
    ("Zürich Zu\u0308rich", [["Zurich"], ["Zurich"]], []),
]


@pytest.mark.parametrize(("query", "clauses", "without"), READ)
def test_a_query_is_read(query, clauses, without):
    def written(phrases):
        return [" ".join(phrase.words) + "*" * phrase.open for phrase in phrases]

    read = search.parse(query)
    assert [written(clause) for clause in read.clauses] == clauses
    assert written(read.without) == without


REFUSED = [
    ("", "no word"),
    ('"" ( ) * - :', "no word"),
    ("-ferry", "no word"),
    ("a " * 33, "33 words; at most 32"),
    ("a-" * 33, "33 words; at most 32"),
    ("x" * 501, "501 characters; at most 500"),
    ("ferry\x00", "NUL"),
    ("\ud800", "surrogate"),
]


@pytest.mark.parametrize(("query", "why"), REFUSED)
def test_a_query_that_cannot_be_asked_is_refused(query, why):
    with pytest.raises(gate.Refused, match=why):
        search.parse(query)


FOUND = [
    *("ferry", "FERRY tickets", "cafe zurich", "CAFÉ", "Zu\u0308rich", "3.74", "3.74 million"),
    *(
        "“3.74 million”",
        "74",
        "state of the art",
        "state-of-the-art",
        "“the art ferry”",
        "us OR u.s.",
    ),
    *(
        "tick*",
        "“sold 3.74 mil*”",
        "boats -pier",
        "pier OR ferry",
        "it's",
        "it’s",
        "2030 passengers",
    ),
    *("“visitors on foot”", "ferry -“tickets ferry”", "s"),
]
NOT_FOUND = [
    *(
        "ticket",
        "tick",
        "“tickets ferry”",
        "ferry -boats",
        "pier",
        "374",
        "us",
        "ferry pier",
        "zurch",
    ),
    *("“boats 2030”", "“u.s. boats 2030”", "“boats visitors”", "mill", "ferry -tick*"),
]


@pytest.fixture
def claim(db):
    article = make.article(f"A heading\n\n{PASSAGE}\n")
    return make.claim(article, "3.74 million", concept="2030 visitors on foot, passengers")


@pytest.mark.parametrize("query", FOUND)
def test_a_claim_is_found_by_its_words(claim, query):
    assert search.claims_matching(query, Claim.objects.all()).get() == claim


@pytest.mark.parametrize("query", NOT_FOUND)
def test_a_claim_is_not_found_by_other_words(claim, query):
    assert not search.claims_matching(query, Claim.objects.all()).exists()


UNALIKE = "Ⓐ pier: 3¼ m² of ①②③, CO₂ for ₽500 and \u2067700\u2069, ⅔ of it, 8㉑㊀ or 👍🏽9🤝⏵"
IN_UNALIKE = [
    # query, is it there
    *(("3¼", True), ("m²", True), ("“m² of”", True), ("①②*", False), ("①②③*", True)),
    *(("co₂", True), ("⅔", True), ("500", True), ("“for 500”", True), ("700", True)),
    *(("3", False), ("m", False), ("co", False), ("¼", False), ("①", False)),
    *(("8㉑㊀", True), ("8", False), ("㉑", False), ("9", True), ("“or 9”", True)),
    *(("m2", False), ("3⅔", False), ("-3 pier", True), ("-3¼ pier", False)),
]


@pytest.mark.parametrize(("query", "there"), IN_UNALIKE)
def test_numbers_and_signs_beyond_plain_figures_are_words_alike(claim, query, there):
    Claim.objects.filter(pk=claim.pk).update(concept=UNALIKE, passage="")
    ArticleText.objects.filter(pk=claim.article_id).update(text=UNALIKE)
    claim.refresh_from_db()
    assert search.claims_matching(query, Claim.objects.all()).exists() is there
    assert bool(found(query)) is there
    assert fits(claim, query) is there


def fits(claim, query):
    fields = (claim.passage, claim.concept)
    return search.parse(query).fits([search.words_of(field) for field in fields])


@pytest.mark.parametrize("query", [*FOUND, *NOT_FOUND])
def test_a_query_fits_words_in_memory_as_the_index_finds_them(claim, query):
    assert fits(claim, query) is (query in FOUND)


def found(query, **options):
    return list(search.articles_matching(query, Article.objects.all(), **options))


def test_an_article_is_found_by_its_headline_and_by_its_text():
    article = make.article("The body speaks of otters.\n", headline="Weasels return")
    assert found("weasels otters") == [article]
    assert found("“return the body”") == [], "a phrase does not run from headline into text"


def test_a_reader_who_may_not_see_the_text_searches_headlines_only():
    article = make.article("The body speaks of otters.\n", headline="Weasels return")
    assert found("weas* -otters", headline_only=True) == [article]
    assert found("otters", headline_only=True) == []


def test_the_claim_index_follows_insert_update_and_delete(claim):
    def hits(query):
        return search.claims_matching(query, Claim.objects.all()).count()

    Claim.objects.filter(pk=claim.pk).update(concept="herons")
    assert (hits("herons"), hits("visitors"), hits("ferry")) == (1, 0, 1)
    Claim.objects.filter(pk=claim.pk).update(concept="herons", score=0.5)
    assert hits("herons") == 1
    claim.delete()
    assert (hits("herons"), hits("ferry")) == (0, 0)


def test_the_article_index_follows_insert_update_and_delete():
    article = make.article("The body speaks of otters.\n", headline="Weasels return")
    Article.objects.filter(pk=article.pk).update(headline="Stoats return")
    assert (found("stoats otters"), found("weasels")) == ([article], [])
    ArticleText.objects.filter(pk=article.pk).update(text="Redacted.\n")
    assert (found("stoats redacted"), found("otters")) == ([article], [])
    article.delete()
    assert (found("stoats"), found("redacted")) == ([], [])


def test_the_article_index_holds_in_any_order_of_rows():
    article = make.article("The body speaks of otters.\n", headline="Weasels return")
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_articletext WHERE article_id = %s", [article.pk])
    assert found("weasels") == []
    ArticleText.objects.create(article=article, text="New words.\n")
    assert found("weasels new") == [article]


@pytest.mark.django_db(transaction=True)
def test_the_index_can_be_dropped_and_made_again_over_rows(claim):
    migration = importlib.import_module("claims.migrations._search")
    with connection.schema_editor(atomic=False) as editor:
        migration.drop(apps, editor)
    with connection.schema_editor(atomic=False) as editor:
        migration.create(apps, editor)
    assert search.claims_matching("ferry", Claim.objects.all()).get() == claim
    assert found("heading ferry") == [claim.article]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="FTS5 checks itself against its rows")
def test_the_index_of_sqlite_is_sound_and_its_triggers_exist(claim):
    claim.article.delete()
    make.claim(make.article(f"Another heading\n\n{PASSAGE}\n"))
    with connection.cursor() as cursor:
        for index in ("claims_claim_search", "claims_article_search"):
            cursor.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        assert sum("search" in name for (name,) in cursor.fetchall()) == 12


def test_only_the_beginning_of_a_very_long_text_is_indexed():
    article = make.article(f"heron {'x ' * 50_000} otter\n", headline="Long")
    assert (found("heron"), found("otter")) == ([article], [])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=80))
@example("3¼")
@example("s² OR 74①")
def test_any_text_is_answered_or_refused(claim, query):
    try:
        search.parse(query)
    except gate.Refused:
        return
    there = search.claims_matching(query, Claim.objects.all()).exists()
    assert fits(claim, query) is there
    assert found(query, headline_only=True) in ([], found(query))


LETTERS = st.text(alphabet="abzéÉñçŽžåЯя 0179.,-–—’“”'/$€%&@<>()_:", min_size=1, max_size=40)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(concept=LETTERS)
def test_a_text_is_found_by_each_of_its_own_words(claim, concept):
    Claim.objects.filter(pk=claim.pk).update(concept=concept)
    words = search._WORD.findall(search._fold(concept))
    quotable = words and not set(concept) & set('"“”')
    for query in (*words, *([f'"{concept}"'] if quotable else [])):
        if query not in {"OR"} and len(search.parse(query).clauses) == 1:
            assert search.claims_matching(query, Claim.objects.all()).exists(), query
