"""What axe-core finds on the pages where editors work: nothing serious, light or dark."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from claims.curation import reports, samples
from tests.claims import axe, chromium, make

pytestmark = chromium.needed

OF_DJANGO = (
    # Select2, which Django brings for long lists of choices, names its boxes by what is chosen.
    "aria-input-field-name: ARIA input fields must have an accessible name: #select2-",
    "aria-input-field-name: ARIA input fields must have an accessible name: .select2-",
    "aria-input-field-name: ARIA input fields must have an accessible name: "
    'span[aria-labelledby="select2-',
)
"""Beginnings of faults that lie in Django's own admin, each with the reason why it stays."""


@pytest.fixture
def checker(tmp_path):
    """Return a browser that has axe-core on every page."""
    with chromium.started(tmp_path) as driver:
        axe.bring(driver)
        yield driver


def pages():
    """Return the addresses of the pages of daily work, each with something on it."""
    article = make.article(outlet=make.outlet(), published="2031-03-11")
    lena = make.speaker("Lena Ortiz", privacy="public")
    claim = make.claim(article, voices=[make.attribution(article, lena)])
    bicycles = make.accepted(article, "1,200", value="1200", comparator=">=", concept="bicycles")
    make.claim(
        article, "412 million", kind="money", value="412000000", unit="EUR", status="rejected"
    )
    make.rule(bicycles, {"concept": "riders"})
    make.tag(claim, make.topic())
    default_storage.save("sources/none", ContentFile(make.TEXT.encode()))
    make.placement(article, make.source_file(make.TEXT.encode()))
    sample = samples.draw("May", size=3, seed=1, actor=make.editor())
    report = reports.receive(claim, "reply", "No.", name="A", address="", account=None)
    return {
        "report": reverse("admin:claims_report_change", args=[report.pk]),
        "desk": reverse("desk_article", args=[article.pk]),
        "queues": reverse("desk"),
        "mark": reverse("desk_mark", args=[article.pk]) + "?what=claim&start=30&end=40",
        "list": reverse("admin:claims_claim_changelist") + "?work=all",
        "claim": reverse("admin:claims_claim_change", args=[claim.pk]),
        "article": reverse("admin:claims_article_change", args=[article.pk]),
        "speaker": reverse("admin:claims_speaker_change", args=[lena.pk]),
        "guide": reverse("guide"),
        "boundaries": reverse("admin:claims_article_boundaries", args=[article.pk]),
        "coding": reverse("admin:claims_sample_code", args=[sample.pk]),
        "bulk": reverse("admin:claims_claim_bulk") + "?status=proposed",
    }


def test_nothing_serious_is_found_where_editors_work(checker, live_server):
    chromium.sign_in(checker, live_server)
    found = {}
    for name, address in pages().items():
        for width, scheme in axe.looks(checker):
            checker.get(live_server.url + address)
            assert checker.execute_script("return document.querySelector('main, #content')")
            for fault in axe.faults(checker):
                if not fault.startswith(OF_DJANGO):
                    found.setdefault(fault, []).append(f"{name} {width} {scheme}")
    assert not found, "\n".join(f"{fault} ({', '.join(on)})" for fault, on in found.items())
