"""Lists and single rows: their shapes, their pages, and that they cost the same at any size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api import shapes
from claims.models import Article, Attribution, Claim, Outlet, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db

LISTS = ["articles", "speakers", "attributions", "claims", "topics", "outlets", "runs"]


def fill(number):
    """Make `number` more rows of each kind, all of them public."""
    for _ in range(number):
        n = Claim.objects.count()
        outlet = make.outlet(f"Outlet {n}", text_policy=Outlet.TextPolicy.FULL)
        article = make.article(f"Edition {n}\n\n{make.TEXT}", outlet=outlet, published="2025-04")
        office = make.speaker(f"office {n}", kind=Speaker.Kind.ORGANISATION)
        ortiz = make.speaker(f"Ortiz {n}", privacy=Speaker.Privacy.PUBLIC)
        inner = make.attribution(article, office, parent=make.attribution(article, ortiz))
        voices = [inner, inner.parent]
        claim = make.accepted(article, voices=voices, voice_status="confirmed")
        make.tag(claim, make.topic(f"t{n}", parent=make.topic("all")))
        make.run(engine=f"1.{n}")


def results(client, name, question=""):
    answer = client.get(f"/api/v1/{name}/?{question}")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_every_list_costs_the_same_for_10_and_100_rows(researcher):
    def cost(size):
        statements = {}
        for name in LISTS:
            with CaptureQueriesContext(connection) as captured:
                assert len(results(researcher, name, f"page_size={size}")) == size
            statements[name] = [query["sql"] for query in captured]
        return statements

    fill(11)
    cost(10)  # the first time some databases are asked what they can do
    few = cost(10)
    fill(90)
    many = cost(100)
    signing_in = 2
    for name in LISTS:
        assert len(few[name]) == len(many[name]) <= signing_in + 3, name
        assert not any("claims_articletext" in statement for statement in many[name])


SHAPES = [
    ("articles", shapes.ArticleRow, shapes.ArticleDetail),
    ("speakers", shapes.SpeakerRow, shapes.SpeakerDetail),
    ("attributions", shapes.AttributionRow, shapes.AttributionRow),
    ("claims", shapes.Claim, shapes.ClaimDetail),
    ("topics", shapes.TopicRow, None),
    ("runs", shapes.RunRow, None),
]


@pytest.mark.parametrize(("name", "row", "detail"), SHAPES)
def test_rows_have_the_documented_shape(researcher, name, row, detail):
    fill(1)
    found = results(researcher, name)[0]
    assert found.keys() == row().fields.keys()
    checked = row(data=found)
    assert checked.is_valid(), checked.errors
    if detail:
        one = researcher.get(f"/api/v1/{name}/{found['uid']}/").json()
        assert one.keys() == detail().fields.keys()
        assert {key: one[key] for key in found} == found
        checked = detail(data=one)
        assert checked.is_valid(), checked.errors


def test_a_claim_tells_all_a_reader_may_know(client):
    fill(1)
    (row,) = results(client, "claims")
    claim = Claim.objects.get()
    office, ortiz = claim.speaker, claim.ultimate
    told = {
        "uid": claim.uid,
        "label": "reading checked; truth not assessed",
        "surface": "3.74 million",
        "value": "3740000",
        "number_low": 3740000.0,
        "low": None,
        "unit": None,
        "article": claim.article.uid,
        "outlet": "Outlet 0",
        "published": "2025-04",
        "published_latest": 20250430,
        "voice": "attributed",
        "voice_label": "voice confirmed by an editor",
        "speaker": "office 0",
        "speaker_uid": office.uid,
        "ultimate": "Ortiz 0",
        "chain": [
            {"uid": office.uid, "name": "office 0", "kind": "organisation", "written": "office 0"},
            {"uid": ortiz.uid, "name": "Ortiz 0", "kind": "person", "written": "Ortiz 0"},
        ],
        "topics": ["on-record:t0"],
        "engine": "1.0",
    }
    assert {key: row[key] for key in told} == told
    assert claim.article.body.text[row["start"] : row["end"]] == row["surface"]


def test_an_attribution_points_to_its_parent_and_a_topic_to_the_one_above(client):
    fill(1)
    inner = Attribution.objects.get(parent__isnull=False)
    (row,) = results(client, "attributions")
    assert (row["uid"], row["parent"]) == (inner.uid, None), "the parent is the voice of no claim"
    child, above = results(client, "topics")
    assert (child["parent"], above["key"], above["parent"]) == ("on-record:all",) * 2 + (None,)


def test_an_editor_sees_the_parent_too(editor):
    fill(1)
    assert [bool(row["parent"]) for row in results(editor, "attributions")] == [True, False]


ASKED = [
    # list, question, how many rows
    ("articles", "outlet=Outlet+1", 1),
    ("articles", "published_from=2025-05", 0),
    ("articles", "language=en&text=%22edition+2%22", 1),
    ("articles", "text=bicycle", 3),
    ("articles", "language=de", 0),
    ("speakers", "name=ortiz", 3),
    ("speakers", "name=Beryl", 1),
    ("speakers", "name=rtiz", 0),
    ("speakers", "kind=organisation", 3),
    ("speakers", "kind=group&kind=document", 0),
    ("attributions", "manner=indirect", 3),
    ("attributions", "manner=direct", 0),
    ("topics", "scheme=on-record", 4),
    ("topics", "scheme=iptc", 0),
    ("runs", "engine=1.2", 1),
    ("runs", "origin=file", 0),
]


@pytest.mark.parametrize(("name", "question", "number"), ASKED)
def test_a_list_answers_its_questions(researcher, name, question, number):
    fill(3)
    Speaker.objects.get(name="Ortiz 1").aliases.create(form="Beryl Ortiz")
    assert len(results(researcher, name, question)) == number


def test_attributions_are_asked_for_by_article_and_speaker(client):
    fill(2)
    one = Claim.objects.first()
    question = f"article={one.article.uid}&speaker={one.speaker.uid}"
    assert [row["uid"] for row in results(client, "attributions", question)] == [
        one.attribution.uid
    ]


@pytest.mark.parametrize(
    ("name", "ordering"), [(n, o) for n in LISTS for o in ("newest", "oldest")]
)
def test_a_walk_over_all_pages_meets_every_row_once_while_rows_come_in(researcher, name, ordering):
    fill(7)
    key = {"topics": "key", "runs": "id", "outlets": "id"}.get(name, "uid")
    present = [row[key] for row in results(researcher, name, f"ordering={ordering}")]
    address, met = f"/api/v1/{name}/?page_size=3&ordering={ordering}", []
    while address:
        page = researcher.get(address).json()
        met += [row[key] for row in page["results"]]
        address = page["next"]
        fill(1)
        assert len(met) < 100
        if ordering == "oldest" and len(met) > len(present):
            break
    assert met[: len(present)] == present


WALKS = [
    *((name, f"ordering={order}") for name in LISTS for order in ("newest", "oldest")),
    ("articles", "ordering=published"),
    *(("claims", f"kind=count&ordering={order}") for order in ("published", "value", "-value")),
    ("claims", "text=passengers&ordering=relevance"),
]


@pytest.mark.parametrize(("name", "question"), WALKS)
def test_the_page_before_one_is_the_page_one_came_from(researcher, name, question):
    fill(7)
    first, second, third = pages_from(researcher, f"/api/v1/{name}/?page_size=3&{question}")[:3]
    assert first["previous"] is None
    assert researcher.get(third["previous"]).json() == second
    assert researcher.get(second["previous"]).json() == first


@pytest.mark.parametrize("ordering", ["newest", "published", "value"])
def test_where_nothing_is_left_before_a_page_the_one_before_is_empty(client, ordering):
    fill(7)
    address = f"/api/v1/claims/?kind=count&page_size=2&ordering={ordering}"
    first, second = pages_from(client, address)[:2]
    Claim.objects.filter(uid__in=[row["uid"] for row in first["results"]]).update(is_public=False)
    none = client.get(second["previous"]).json()
    assert (none["results"], none["previous"]) == ([], None)
    assert none["next"] == f"http://testserver{address}"
    assert client.get(none["next"]).json()["results"] == second["results"]


def pages_from(client, address):
    """Return the pages of a walk."""
    pages = []
    while address:
        pages.append(client.get(address).json())
        address = pages[-1]["next"]
    return pages


def test_a_page_goes_on_after_a_row_that_is_no_longer_shown(client):
    fill(4)
    page = client.get("/api/v1/claims/?page_size=2").json()
    last = page["results"][-1]["uid"]
    make.rule(Claim.objects.get(uid=last), {"status": "rejected"})
    assert last not in page["next"]
    assert len(client.get(page["next"]).json()["results"]) == 2


def test_a_count_is_given_on_request_and_capped(client, monkeypatch):
    fill(2)
    assert client.get("/api/v1/claims/").json()["count"] is None
    asked = "/api/v1/claims/?count=true"
    assert client.get(asked).json()["count"] == {"value": 2, "more": False}
    monkeypatch.setattr("claims.filters.base.COUNTED", 1)
    monkeypatch.setattr("claims.filters.paging.COUNTED", 1)
    page = client.get(f"{asked}&page_size=1").json()
    assert page["count"] == {"value": 1, "more": True}


def test_an_answer_says_what_was_left_out(client):
    fill(1)
    make.accepted(make.article())
    page = client.get("/api/v1/claims/?published_from=2020").json()
    assert (len(page["results"]), page["left_out"]) == (1, {"published": 1})
    assert client.get("/api/v1/articles/?published_from=2020").json()["left_out"] == {
        "published": 1
    }


TEXTS = [
    # policy, has everybody the text, has everybody the claim's words?
    (Outlet.TextPolicy.FULL, True, True),
    (Outlet.TextPolicy.PASSAGE, False, True),
    (Outlet.TextPolicy.NONE, False, False),
]


@pytest.mark.parametrize(("policy", "text", "words"), TEXTS)
def test_words_are_shown_as_far_as_the_outlet_allows(
    client, researcher, editor, policy, text, words
):
    claim = make.accepted(make.article(outlet=make.outlet(text_policy=policy)))
    for reader, sees_text, sees_words in (
        (client, text, words),
        (researcher, text, words),
        (editor, True, True),
    ):
        article = reader.get(f"/api/v1/articles/{claim.article.uid}/").json()
        row = reader.get(f"/api/v1/claims/{claim.uid}/").json()
        assert (article["text"] is not None) == sees_text
        assert (row["surface"] is not None, row["passage"] is not None) == (sees_words,) * 2
        assert row["value"] == "3740000"


def test_an_article_without_an_outlet_shows_no_text_to_everybody(client):
    article = make.article()
    found = client.get(f"/api/v1/articles/{article.uid}/").json()
    assert (found["text"], found["outlet"], found["text_policy"]) == (None, None, None)


def test_a_speaker_has_other_names_and_roles(client):
    fill(1)
    speaker = Speaker.objects.get(name="Ortiz 0")
    speaker.aliases.create(form="L. Ortiz")
    speaker.roles.create(title="harbour master", held="2019/2024")
    found = client.get(f"/api/v1/speakers/{speaker.uid}/").json()
    assert found["aliases"] == [{"form": "L. Ortiz", "kind": "name"}]
    assert found["roles"] == [
        {
            "title": "harbour master",
            "organisation": None,
            "held": "2019/2024",
            "origin": "editor",
            "seen": None,
            "articles": 0,
        }
    ]


def test_a_voice_that_means_something_only_in_its_article_says_so(client):
    article = make.article()
    expert = make.speaker("an expert", kind=Speaker.Kind.ROLE, article=article)
    voices = [make.attribution(article, expert)]
    make.accepted(article, voices=voices, voice_status="confirmed")
    (row,) = results(client, "speakers")
    assert row["article"] == client.get(f"/api/v1/speakers/{row['uid']}").json()["article"]
    assert row["article"] == article.uid


def test_unreviewed_claims_are_marked_for_those_who_may_ask(researcher, client):
    article = make.article()
    make.claim(article, voices=[make.attribution(article, make.speaker())])
    (row,) = results(researcher, "claims", "status=proposed")
    assert row["label"] == row["voice_label"] == "machine reading, unverified"
    assert (row["speaker"], row["speaker_uid"]) == ("Lena Ortiz", None), "not known to be public"
    assert results(researcher, "claims") == results(client, "claims") == []


def test_only_editors_see_what_runs_counted(researcher, editor):
    make.run(counts={"new": 3}, errors=["an article"])
    assert results(researcher, "runs")[0]["counts"] is None
    assert results(editor, "runs")[0]["counts"] == {"new": 3}


def test_an_unresolved_attribution_has_no_speaker(editor):
    article = make.article()
    told = make.attribution(article, make.speaker())
    Attribution.objects.filter(pk=told.pk).update(speaker=None)
    assert results(editor, "attributions")[0]["speaker"] is None


def test_a_private_person_has_a_name_in_a_confirmed_claim_but_no_identity(client):
    article = make.article()
    person = make.speaker("Ada Private", privacy=Speaker.Privacy.PRIVATE)
    make.accepted(article, voices=[make.attribution(article, person)], voice_status="confirmed")
    (row,) = results(client, "claims")
    name = "Ada Private"
    assert row["chain"] == [{"uid": None, "name": name, "kind": "person", "written": name}]
    assert results(client, "attributions")[0]["speaker"] == row["chain"][0]
    assert results(client, "speakers") == []
    assert client.get(f"/api/v1/speakers/{person.uid}/").status_code == 404


def test_the_index_names_every_list(client):
    found = client.get("/api/v1/").json()
    assert list(found) == ["as_of", *sorted([*LISTS, "changes"])]
    assert client.get(found["claims"]).status_code == 200


def test_a_withdrawn_article_is_gone_for_everybody_at_once(client):
    fill(1)
    claim = Claim.objects.get()
    Article.objects.update(visibility=Article.Visibility.WITHDRAWN)
    claim.article.refresh_from_db()
    make.rule(claim, {})
    for name in ("articles", "claims", "speakers", "attributions"):
        assert results(client, name) == []


EDITORS = [
    # question, number of articles
    ("visibility=draft", 1),
    ("visibility=draft&outlet=The+Saltmere+Courier", 1),
    ("visibility=draft&visibility=public&text=bicycle", 2),
    ("visibility=withdrawn", 0),
]


@pytest.mark.parametrize(("question", "number"), EDITORS)
def test_an_editor_asks_for_drafts_and_in_every_text(editor, question, number):
    make.article()
    draft = {"outlet": make.outlet(), "visibility": Article.Visibility.DRAFT}
    make.article(f"Draft\n\n{make.TEXT}", **draft)
    assert len(results(editor, "articles", question)) == number
