"""The OpenAPI document is sound and complete; its page needs nothing from outside."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.urls import get_resolver

from claims.api import shapes
from claims.api.links import FROM as links_of_the_api
from claims.filters.claims import ClaimFilter


def test_the_document_validates_without_a_warning(tmp_path, capsys):
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yml")
    )
    assert capsys.readouterr().err == ""


@pytest.fixture
def document(client, db):
    return client.get("/api/schema/?format=json").json()


def test_the_document_names_every_address_and_every_parameter(document):
    names = {"/api/v1/"} | {f"/api/v1/{name}/" for name in (*shapes.LISTS, "tokens")}
    assert names < document["paths"].keys()
    listed = document["paths"]["/api/v1/claims/"]["get"]["parameters"]
    beside = {"cursor", "page_size", "ordering", "count", "fields", "expand", "facets"}
    assert {parameter["name"] for parameter in listed} == {*ClaimFilter.base_filters, *beside}


def test_every_parameter_says_what_it_does(document):
    for address, methods in document["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            assert parameter["in"] == "path" or parameter.get("description"), (address, parameter)
    listed = document["paths"]["/api/v1/claims/"]["get"]["parameters"]
    (rule,) = (p["description"] for p in listed if p["name"] == "value_min")
    assert "“at least 1,200” is 1,200" in rule


def test_errors_are_documented_as_problem_details(document):
    answers = document["paths"]["/api/v1/claims/"]["get"]["responses"]
    assert list(answers["400"]["content"]) == ["application/problem+json"]
    assert {"200", "400", "401", "429"} == answers.keys()


def test_answers_lead_to_requests_that_there_are(document):
    operations = {
        operation["operationId"]: operation
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    links = [
        (name, target, link)
        for name, operation in operations.items()
        for target, link in operation["responses"].get("200", {}).get("links", {}).items()
    ]
    assert {source for source, _, _ in links} == links_of_the_api.keys()
    for source, target, link in links:
        asked = {one["name"] for one in operations[target]["parameters"]}
        assert link["parameters"].keys() <= asked, (source, target)


def test_the_export_documents_its_columns(document):
    described = document["paths"]["/api/v1/claims.{form}"]["get"]["description"]
    assert "`number_low`: The lower end, rounded to a double." in described


def test_the_page_loads_everything_from_this_server(client, db):
    page = client.get("/api/docs/")
    assert page.status_code == 200
    policy = page["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'self';" in policy
    assert "script-src" not in policy
    body = page.content.decode()
    assert not re.search(r"<script[^>]*>[^<]", body), "no script inside the page"
    loaded = re.findall(r'(?:src|href)="([^"]+)"', body)
    assert loaded
    assert all(address.startswith("/") for address in loaded)
    for address in loaded:
        if address.startswith("/static/"):
            assert finders.find(address.removeprefix("/static/")), address
    script = client.get("/api/docs/?script=")
    assert script["Content-Type"].startswith("application/javascript")
    assert "http" not in re.sub(r'"http"', "", script.content.decode())


def test_the_addresses_of_the_api_have_names():
    named = get_resolver().reverse_dict
    assert {"schema", "docs", "api", "export", *shapes.LISTS} <= set(named)
