"""Planted false voices: what one key accepts was lit up, named, near and above the margin."""

import re

import pytest
from django.urls import reverse

from claims.admin.desk.certain import MARGIN
from claims.models import Attribution, Claim
from tests.claims import make

pytestmark = pytest.mark.django_db

SENTENCE = "In {0} the office counted {1} boats, {2} said.\n"
FALSE = (
    {"score": MARGIN - 0.01},
    {"resolved_by": "pronoun"},
    {"resolved_by": "description"},
    {"source": [], "mention": None},
    {"source": [[0, 6]]},
    {"gone": True},
    {"candidates": ["Ida Moss", "Tom Brandt"]},
    {"machine": {"stance": "doubtful"}},
    {"speaker": None},
    {"score": 0.0},
)


def planted(article, n, says):
    """Return a claim and its attribution, which is altered as `says`."""
    words = str(1000 + n)
    said = make.attribution(article, make.speaker("Lena Ortiz"), source="Lena Ortiz")
    start, end = make.span_of(article.body.text, words)
    sentence = make.sentence_around(article.body.text, start, end)
    found = article.body.text.index("Lena Ortiz", sentence[0])
    cue = article.body.text.index("said", sentence[0])
    said.source, said.cue = [[found, found + 10]], [[cue, cue + 4]]
    said.mention, said.score, said.content = [found, found + 10], 0.95, [sentence]
    said.save()
    claim = make.claim(article, words, value=words, voices=[said])
    Attribution.objects.filter(pk=said.pk).update(**says)
    return claim


def test_the_one_key_path_never_accepts_a_voice_that_was_not_lit_up_and_above_the_margin(browser):
    lines = "".join(SENTENCE.format(2030, 1000 + n, "Lena Ortiz") for n in range(30))
    article = make.article("Boats\n\n" + lines)
    claims = [planted(article, n, FALSE[n // 3] if n % 3 == 0 else {}) for n in range(30)]
    false = {claim.pk for claim in claims[::3]}
    address = reverse("desk_article", args=[article.pk])
    by_one_key = set()
    for _ in range(30):
        page = browser.get(address)
        card = page.context["card"]
        pk = card.claim.pk
        offered = 'value="accept_both"' in page.text
        if offered:
            by_one_key.add(pk)
            lit = re.findall(r'<mark class="[^"]*\bls\b[^"]*">([^<]*)', page.context["words"])
            assert "".join(lit) == "Lena Ortiz"
            assert all(one.attribution.score >= MARGIN for one in card.chain)
        # The key is pressed whether it is offered or not.
        sent = {"ruling": "accept_both", "version": f"{pk}:{card.claim.version}"}
        browser.post(reverse("desk_rule", args=[pk]), sent)
        if not offered:
            assert Claim.objects.get(pk=pk).status == "proposed"
            sent["ruling"] = "accept"
            browser.post(reverse("desk_rule", args=[pk]), sent)
    assert by_one_key == {claim.pk for claim in claims} - false
    confirmed = Claim.objects.filter(voice_status="confirmed").values_list("pk", flat=True)
    assert set(confirmed) == by_one_key
    assert Claim.objects.filter(status="accepted").count() == 30
