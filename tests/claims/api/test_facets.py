"""Facets of the list of claims: those of the search page, for programs that ask for them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import facets as counting
from claims.api import facets
from claims.models import Claim, Measurement, Outlet
from tests.claims import make

pytestmark = pytest.mark.django_db

COURIER = "The Courier"


@pytest.fixture(autouse=True)
def claims():
    """Make claims that differ in all that facets count, some of them hidden."""
    ortiz = make.speaker("Lena Ortiz", privacy="public")
    for n in range(3):
        outlet = make.outlet(COURIER if n else "The Lantern")
        article = make.article(f"{n}. {make.TEXT}", outlet=outlet, published=f"203{n}-05")
        voices = [make.attribution(article, ortiz)]
        said = make.accepted(article, voices=voices, voice_status="confirmed")
        make.tag(said, make.topic("ferries"))
        make.accepted(article, "1,200", kind="money", value="1200", unit="EUR")
        make.claim(article, "1,200", kind="percent", unit="zorkmid", modality="planned")
    make.accepted(make.article(f"Undated. {make.TEXT}"))
    hidden = make.article(f"4. {make.TEXT}", outlet=make.outlet("The Zebra"), visibility="draft")
    make.accepted(hidden, kind="measure", unit="zorkmid")


def told(client, question):
    answer = client.get(f"/api/v1/claims/?facets=true&{question}")
    assert answer.status_code == 200, answer.content
    return answer.json()


QUESTIONS = [
    "",
    "kind=count",
    "kind=count&kind=money",
    "unit=EUR&value_min=1",
    "text=passengers",
    "text=nowhere",
    "outlet=The+Courier&ordering=published",
    "topic=on-record:ferries",
    "published_from=2031",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_numbers_are_those_of_the_search_page(client, question):
    page = client.get(f"/claims?{question}").context
    sent = told(client, question)
    shown = {
        facet["name"]: [(one["label"], one["count"]) for one in facet["values"]]
        for facet in page["facets"]["shown"]
    }
    assert shown == {
        name: [(one["label"], f"{one['count']:,}") for one in facet["values"]]
        for name, facet in sent["facets"]["by"].items()
    }
    assert sent["facets"]["whole"] is page["facets"]["whole"] is True
    left_out = [f"{n} more would fit" for n in sent["left_out"].values() if n]
    assert [line.partition(",")[0] for line in page["left_out"]] == [
        line.partition(",")[0] for line in left_out
    ]


def test_a_value_is_what_its_parameter_takes(client):
    by = told(client, "page_size=1")["facets"]["by"]
    assert list(by) == list(counting.TITLES)
    for name, facet in by.items():
        assert facet["values"], name
        for one in facet["values"]:
            asked = f"{name}={one['value']}"
            if name == "year":
                asked = f"published_from={one['value']}&published_to={one['value']}"
            found = client.get(f"/api/v1/claims/?count=true&{asked}").json()
            assert found["count"] == {"value": one["count"], "more": False}, asked


@pytest.fixture
def reader(request):
    client = Client()
    if request.param is not None:
        client.force_login(request.param())
    return client


@pytest.mark.parametrize(
    ("reader", "question", "hidden"),
    [
        (None, "", {"The Zebra", "zorkmid", "measure", "percent", "planned"}),
        (make.user, "", {"The Zebra", "zorkmid", "measure", "percent", "planned"}),
        (make.user, "status=proposed", {"The Zebra", "measure", "ferries"}),
    ],
    indirect=["reader"],
)
def test_what_the_reader_may_not_see_is_counted_nowhere(reader, question, hidden):
    written = str(told(reader, f"{question}&fields=uid")["facets"])
    assert not [word for word in hidden if word in written]


def test_beyond_the_cap_the_newest_are_counted_as_on_the_page_and_it_says_so(client, monkeypatch):
    for module in ("claims.facets", "claims.filters.base", "claims.filters.paging"):
        monkeypatch.setattr(f"{module}.COUNTED", 5)
    for module in ("claims.api.facets", "claims.pages.search"):
        monkeypatch.setattr(f"{module}.COUNTED", 5)
    for count in ("", "&count=true", "&count=exact"):
        sent = told(client, f"page_size=1{count}")["facets"]
        assert sent["whole"] is False
        assert sum(one["count"] for one in sent["by"]["kind"]["values"]) == 5
    assert client.get("/claims").context["facets"]["whole"] is False
    counting.recount()
    assert Measurement.objects.exists()
    assert told(client, "ordering=oldest")["facets"]["whole"] is True
    assert told(client, "status=accepted")["facets"]["whole"] is False, "something is asked"


def test_only_so_many_values_are_sent_and_it_says_so(client):
    article = make.article("Words.\n", outlet=Outlet.objects.first())
    for n in range(counting.SHOWN):
        make.tag(make.accepted(article, "Words"), make.topic(f"t{n}"))
    by = told(client, "")["facets"]["by"]
    assert (len(by["topic"]["values"]), by["topic"]["more"]) == (counting.SHOWN, True)
    assert by["kind"]["more"] is False


def test_facets_are_told_once_and_only_when_asked_for(client):
    assert client.get("/api/v1/claims/").json()["facets"] is None
    assert client.get("/api/v1/claims/?facets=false").json()["facets"] is None
    sent = told(client, "page_size=1&kind=count")
    assert "facets" not in sent["next"]
    assert "kind=count" in sent["next"]
    following = client.get(sent["next"]).json()
    assert (following["facets"], len(following["results"])) == (None, 1)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("claims/?facets=yes", "is true or false"),
        ("claims/?facets=", "is true or false"),
        ("claims/?facets=true&facets=true", "given twice"),
        ("articles/?facets=true", "is no parameter here"),
        ("claims.csv?facets=true", "is no parameter here"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(client, address, why):
    answer = client.get(f"/api/v1/{address}")
    assert (answer.status_code, answer.json()["errors"]) == (400, {"facets": why})


def test_facets_cost_four_statements_more_however_many_rows(client):
    def cost(question):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/api/v1/claims/?{question}").status_code == 200
        return len(captured)

    def both():
        return cost("page_size=50"), cost("page_size=50&facets=true")

    both()  # the first time some databases are asked what they can do
    few = both()
    article = make.article(f"Many. {make.TEXT}", outlet=make.outlet("The Many"))
    for n in range(20):
        make.tag(make.accepted(article), make.topic(f"t{n}"))
    assert both() == few
    plain, counted = few
    assert plain <= 3
    assert counted == plain + 4  # the counts, names of topics, outlets and speakers
    assert Claim.objects.public().count() == 27


def test_the_documents_show_an_example_that_has_the_shape(client):
    document = client.get("/api/schema/?format=json").json()
    answer = document["paths"]["/api/v1/claims/"]["get"]["responses"]["200"]
    (example,) = answer["content"]["application/json"]["examples"].values()
    assert example["value"] == facets.EXAMPLE.value
    whole = {name: {"title": "left out", "values": [], "more": False} for name in counting.TITLES}
    sent = example["value"]["facets"]
    checked = facets.Facets(data=sent | {"by": whole | sent["by"]})
    assert checked.is_valid(), checked.errors
