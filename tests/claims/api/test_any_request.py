"""Any request, also one nobody would send: no fault of ours, no answer that is not documented.

Requests are made from the OpenAPI document: its examples, its bounds and what is outside them.
Half of those that name a row name one that is there, and half of the rulings have seen it.
`ON_RECORD_REQUESTS` says how many each operation is tried with: 50 on CI, elsewhere 10. A tenth as
many walks go from answer to answer by the links of the document: a list, a claim in it, rulings on
what was seen, the claim again. Each walk begins with the same rows.
"""

import os
from collections import Counter

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from claims import tokens
from tests.claims import make

pytestmark = pytest.mark.no_cover  # thousands of requests down the same few ways

REQUESTS = int(os.environ.get("ON_RECORD_REQUESTS", "50" if os.environ.get("CI") else "10"))
WALKS, STEPS = max(2, REQUESTS // 10), 12
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
schema.app = WSGIHandler()


@pytest.fixture(autouse=True)
def _kept_connection(monkeypatch):
    """Keep the test's connection, and with it its transaction, at the end of each request."""
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)


@pytest.fixture
def rows(db):
    """Return the name of one row of each list."""
    article = make.article(outlet=make.outlet(), published="2031-03-10")
    voice = make.attribution(article, make.speaker(privacy="public"))
    make.tag(make.accepted(article, voices=[voice], voice_status="confirmed"), make.topic())
    claim = make.claim(article, "1,200", value="1200", voices=[voice])
    connection.check_constraints()  # numbers of the changes feed are given at commit
    return {
        "articles": article.uid,
        "attributions": voice.uid,
        "claims": claim.uid,
        "outlets": str(article.outlet_id),
        "speakers": voice.speaker.uid,
        "topics": str(make.topic().pk),
    }


@pytest.fixture(params=ACCOUNTS)
def headers(request, db):
    """Return the headers of a caller."""
    user = ACCOUNTS[request.param]()
    return {"Authorization": f"Token {tokens.make(user, writes=True)}"} if user else {}


def aim(case, rows, headers):
    """Point about half of the requests at rows that are there, as they are now."""
    names = case.path_parameters or {}
    kind = case.operation.path.split("/")[3]
    if kind not in rows or sum(map(ord, str(names.get("uid", "")))) % 2 == 0:
        return
    names["uid"] = rows[kind]
    if "If-Match" in (case.headers or {}):
        seen = Client().get(f"/api/v1/{kind}/{rows[kind]}/", headers=headers)
        case.headers["If-Match"] = seen.headers.get("ETag", "")


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
def test_every_answer_is_a_documented_one(case, rows, headers):
    aim(case, rows, headers)
    case.call_and_validate(headers=headers, checks=LOOKED_AT)


class Walk(schema.as_state_machine()):
    """Requests one after the other, half of them with nothing in them that no answer said."""

    rows, headers, answered = {}, {}, Counter()

    def setup(self):
        self.said, self.undone = "", transaction.atomic()
        self.undone.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def before_call(self, case):
        if (case.path_parameters or {}).get("uid") not in self.said.split('"'):
            aim(case, self.rows, self.headers)
        if sum(map(ord, f"{case.query}{case.body}")) % 2:
            query = (case.query or {}).items()
            case.query = {name: value for name, value in query if str(value) in self.said}
            if isinstance(case.body, dict):
                case.body = {"topic": "on-record:transport"} if "topic" in case.path else {}

    def get_call_kwargs(self, case):
        return {"headers": self.headers}

    def validate_response(self, response, case, **kwargs):
        self.answered[case.method, case.path, response.status_code] += 1
        self.said += response.text
        case.validate_response(response, checks=LOOKED_AT, transport_kwargs=kwargs)


def test_every_answer_on_a_walk_from_answer_to_answer_is_a_documented_one(rows, headers):
    Walk.rows, Walk.headers, Walk.answered = rows, headers, Counter()
    Walk.run(
        settings=settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            deadline=None,
        )
    )
    assert Walk.answered.total() >= WALKS
