"""Fewer fields and more rows along: what is asked for, as far as the reader may see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api import choosing, shapes
from claims.curation import review
from claims.models import Article, Claim, Speaker
from tests.claims import make
from tests.claims.api.test_lists import LISTS, fill, results

pytestmark = pytest.mark.django_db

ROWS = {
    "articles": shapes.ArticleRow,
    "speakers": shapes.SpeakerRow,
    "attributions": shapes.AttributionRow,
    "claims": shapes.Claim,
    "topics": shapes.TopicRow,
    "outlets": shapes.OutletRow,
    "runs": shapes.RunRow,
}


@pytest.mark.parametrize("name", LISTS)
def test_any_field_can_be_asked_for_alone_and_in_any_order(researcher, name):
    fill(1)
    whole = results(researcher, name)[0]
    for field in whole:
        assert results(researcher, name, f"fields={field}")[0] == {field: whole[field]}
    names = ",".join(reversed(whole))
    assert list(results(researcher, name, f"fields={names}")[0].items()) == list(whole.items())


UNKNOWN = [
    # list, question, parameter, what is said
    ("claims", "fields=uid,colour", "fields", "there is no 'colour' here: there is uid, status"),
    ("claims", "fields=", "fields", "there is no ''"),
    ("claims", "fields=uid,", "fields", "there is no ''"),
    ("claims", "fields=machine", "fields", "there is no 'machine'"),
    ("claims", "fields=uid&fields=value", "fields", "given twice"),
    ("claims", f"fields={'uid,' * 400}uid", "fields", "is longer"),
    ("claims", "expand=chain", "expand", "there is no 'chain' here: there is article, outlet"),
    ("claims", "expand=article,run", "expand", "there is no 'run'"),
    ("runs", "expand=article", "expand", "nothing can be asked for here"),
    ("outlets", "fields=version", "fields", "there is no 'version'"),
]


@pytest.mark.parametrize(("name", "question", "parameter", "why"), UNKNOWN)
def test_what_rows_do_not_have_is_refused_by_name(researcher, name, question, parameter, why):
    fill(1)
    answer = researcher.get(f"/api/v1/{name}/?{question}")
    assert answer.status_code == 400
    assert why in answer.json()["errors"][parameter]


EXPANDED = [(ROWS[name], name) for name in ROWS if ROWS[name] in choosing.EXPANSIONS]


@pytest.mark.parametrize(("shape", "name"), EXPANDED)
def test_rows_that_are_sent_along_have_the_shape_of_their_list(editor, shape, name):
    fill(1)
    along = choosing.EXPANSIONS[shape]
    (row, *_) = results(editor, name, f"expand={','.join(along)}")
    assert row["expanded"].keys() == along.keys()
    for other, expansion in along.items():
        sent = row["expanded"][other]
        for one in sent if expansion.many else [sent] if sent else []:
            checked = expansion.shape(data=one)
            assert checked.is_valid(), checked.errors
            assert one.keys() == checked.fields.keys()


def test_a_claim_comes_with_the_rows_it_names(client):
    fill(1)
    (row,) = results(client, "claims", "expand=article,outlet,speaker,ultimate,attribution,topics")
    along = row["expanded"]
    assert along["article"]["uid"] == row["article"]
    assert along["outlet"]["name"] == row["outlet"]
    assert along["speaker"]["uid"] == row["speaker_uid"]
    assert along["ultimate"]["uid"] == row["ultimate_uid"]
    assert along["attribution"]["uid"] == row["attribution"]
    assert [topic["key"] for topic in along["topics"]] == row["topics"]
    one = client.get(f"/api/v1/claims/{row['uid']}/?expand=article&fields=uid").json()
    assert one == {"uid": row["uid"], "expanded": {"article": along["article"]}}


def test_one_claim_comes_with_its_public_history(client, editor):
    fill(1)
    claim = Claim.objects.get()
    review.correct(claim, {"value": "3750000"}, actor=make.editor(), version=claim.version)
    address = f"/api/v1/claims/{claim.uid}/?expand=history"
    told = client.get(address).json()["expanded"]["history"]
    checked = shapes.History(data=told)
    assert checked.is_valid(), checked.errors
    difference = {"field": "value", "before": "3740000", "after": "3750000"}
    assert difference in told["versions"][0]["differences"]
    assert results(client, "claims", "")[0]["value"] == "3750000"
    assert client.get("/api/v1/claims/?expand=history").status_code == 400


def test_an_earlier_version_is_what_everybody_saw(client):
    fill(1)
    claim = Claim.objects.get()
    first = claim.version
    review.correct(claim, {"value": "3750000"}, actor=make.editor(), version=first)
    address = f"/api/v1/claims/{claim.uid}/versions/"
    earlier = client.get(f"{address}{first}/")
    assert (earlier.status_code, earlier.json()["value"]) == (200, "3740000")
    assert earlier.json().keys() == shapes.Claim().fields.keys()
    known = client.get(f"{address}{first}/", headers={"If-None-Match": earlier["ETag"]})
    assert known.status_code == 304
    claim.refresh_from_db()
    now = client.get(f"{address}{claim.version}/?fields=value")
    assert now.json() == {"value": "3750000"}
    for other in (0, claim.version + 1, "999999999"):
        assert client.get(f"{address}{other}/").status_code == 404
    connection.check_constraints()  # who could see it when is noted at commit
    make.rule(claim, {"status": "rejected"})
    connection.check_constraints()
    assert client.get(f"{address}{first}/").status_code == 410


def test_hidden_is_hidden_inside_what_is_sent_along(client, researcher, editor):
    article = make.article()
    person = make.speaker("Ada Private", privacy=Speaker.Privacy.PRIVATE)
    claim = make.accepted(
        article, voices=[make.attribution(article, person)], voice_status="confirmed"
    )
    question = f"/api/v1/claims/{claim.uid}/?expand=article,speaker,version"
    for reader in (client, researcher):
        along = reader.get(question).json()["expanded"]
        assert along["article"]["uid"] == article.uid
        assert (along["speaker"], along["version"]) == (None, None)
    along = editor.get(question).json()["expanded"]
    assert along["speaker"]["uid"] == person.uid
    assert along["version"] == {"uid": claim.uid, "version": claim.version}


def test_what_is_sent_along_costs_one_statement_a_kind_for_any_number_of_rows(researcher):
    def cost(size, expand):
        with CaptureQueriesContext(connection) as captured:
            found = results(researcher, "claims", f"page_size={size}{expand}")
        assert len(found) == size
        return len(captured)

    fill(8)
    cost(1, "")
    few, many = (cost(size, "&expand=article,topics,speaker") for size in (2, 8))
    assert few == many == cost(8, "") + 3


@pytest.fixture
def rows(db):
    """Return the address of one row of each kind."""
    fill(1)
    article = Article.objects.get()
    claim = article.claims.get()
    uids = {
        "articles": article.uid,
        "speakers": claim.speaker.uid,
        "attributions": claim.attribution.uid,
        "claims": claim.uid,
        "topics": claim.topics.get().pk,
        "outlets": article.outlet_id,
    }
    return [f"/api/v1/{name}/{uid}/" for name, uid in uids.items()]


def test_every_object_has_a_tag_and_is_sent_once(client, rows):
    for address in rows:
        first = client.get(address)
        tag = first["ETag"]
        assert tag.startswith('"'), address
        assert client.head(address)["ETag"] == tag
        assert client.head(address).content == b""
        for known in (tag, f'"other", W/{tag}', "*"):
            answer = client.get(address, headers={"If-None-Match": known})
            assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
            assert {"Authorization", "Cookie"} <= set(answer["Vary"].split(", "))
        assert client.get(address, headers={"If-None-Match": '"other", x'}).status_code == 200


def test_what_is_asked_of_an_object_has_a_tag_of_its_own(client, rows):
    for address in rows:
        field = "id" if address.split("/")[3] in {"topics", "outlets"} else "uid"
        tags = [client.get(f"{address}{q}")["ETag"] for q in ("", f"?fields={field}")]
        assert len(set(tags)) == 2, address
    claim = next(address for address in rows if "claims" in address)
    tags = {client.get(f"{claim}{q}")["ETag"] for q in ("", "?expand=article", "?expand=topics")}
    assert len(tags) == 3


def test_one_object_costs_few_statements(client, rows, django_assert_max_num_queries):
    for address in rows:
        with django_assert_max_num_queries(7):
            assert client.get(address).status_code == 200


def test_a_list_names_the_pages_beside_one_in_a_header_too(client):
    fill(3)
    first, middle, last = walked(client, "/api/v1/claims/?page_size=1")
    assert first["Link"] == f'<{first.json()["next"]}>; rel="next"'
    beside = middle.json()
    assert middle["Link"] == f'<{beside["next"]}>; rel="next", <{beside["previous"]}>; rel="prev"'
    assert last["Link"] == f'<{last.json()["previous"]}>; rel="prev"'
    assert "Link" not in client.get("/api/v1/claims/?page_size=3")


def walked(client, address):
    """Return the answers of a walk."""
    answers = []
    while address:
        answers.append(client.get(address))
        address = answers[-1].json()["next"]
    return answers
