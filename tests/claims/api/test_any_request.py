"""Any request, also one nobody would send: no fault of ours, no answer that is not documented.

Requests are made from the OpenAPI document: its examples, its bounds and what is outside them.
`ON_RECORD_REQUESTS` says how many each operation is tried with; 50 unless told.
"""

import os

import pytest
import schemathesis
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from claims import tokens
from claims.wsgi import application
from tests.claims import make

REQUESTS = int(os.environ.get("ON_RECORD_REQUESTS", "50"))
LOOKED_AT = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
ACCOUNTS = {
    "anonymous": lambda: None,
    "researcher": lambda: make.user("researcher"),
    "editor": make.editor,
}

document = SchemaGenerator().get_schema(public=True)
schema = schemathesis.openapi.from_dict(document)
schema.app = application


@pytest.fixture(params=ACCOUNTS)
def headers(request, db):
    """Return the headers of a caller, beside rows that can be found."""
    article = make.article(outlet=make.outlet(), published="2031-03-10")
    voice = make.attribution(article, make.speaker(privacy="public"))
    make.tag(make.accepted(article, voices=[voice], voice_status="confirmed"), make.topic())
    make.claim(article, "1,200", value="1200")
    user = ACCOUNTS[request.param]()
    return {"Authorization": f"Token {tokens.make(user, writes=True)}"} if user else {}


@pytest.fixture(autouse=True)
def _no_quotas(settings):
    none = {"anonymous": "", "user": ""}
    settings.API_RATES = dict.fromkeys(settings.API_RATES, none)


@schema.parametrize()
@settings(
    max_examples=REQUESTS,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_a_documented_one(case, headers):
    case.call_and_validate(headers=headers, checks=LOOKED_AT)
