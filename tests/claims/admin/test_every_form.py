"""Every form of the admin, saved as it stands and saved edited, leaves every span where it was."""

import pytest
from django.urls import reverse

from claims import verify
from claims.ingest import Options, import_bytes
from claims.models import Article, ArticleText, Attribution, Claim, Outlet, Speaker, Topic
from claims.runs import run_engine
from tests.claims import make
from tests.claims.admin.forms import save

TEXT = (
    "  Port news \r\n\r\n\u00a0In 2030 \U0001f6a2 Lena Ortiz, the harbour master, said that "
    "3.74 million passengers came.\r\n\r\n\tThe port closed on Tuesday.\r\n "
)
EDITS = [
    (Article, {"published": "2031-05-10", "headline": "Port news, corrected"}),
    (Claim, {"concept": "  passengers by sea ", "unit": "passenger"}),
    (Attribution, {"speaker": ""}),
    (Speaker, {"name": "Lena M. Ortiz"}),
    (Outlet, {"text_policy": "none"}),
    (Topic, {"label": "Ships"}),
]


@pytest.mark.parametrize(("table", "edits"), EDITS, ids=lambda one: getattr(one, "__name__", ""))
def test_saving_a_form_moves_no_span(browser, table, edits):
    make.topic()
    import_bytes(TEXT.encode(), "port.txt", Options(outlet="The Courier"))
    list(run_engine(Article.objects.all()))
    text = ArticleText.objects.get().text
    assert Claim.objects.count() >= 3
    assert list(verify.faults()) == []
    row = table.objects.order_by("pk").first()
    address = reverse(f"admin:claims_{table._meta.model_name}_change", args=[row.pk])
    for given in ({}, edits):
        answer = save(browser, address, **given)
        assert answer.redirect_chain, answer.content.decode()
        assert list(verify.faults()) == []
        assert ArticleText.objects.get().text == text
    row.refresh_from_db()
    assert row.version > 1
