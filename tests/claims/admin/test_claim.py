"""The page of one claim in the admin: its words, rulings, corrections, stale saves."""

import re

import pytest
from django.urls import reverse

from claims.models import Change, Claim
from tests.claims import make
from tests.claims.admin.forms import fields_on
from tests.claims.admin.forms import save as save_form


def page_of(claim):
    return reverse("admin:claims_claim_change", args=[claim.pk])


def test_the_page_marks_the_claim_its_source_cue_and_scope_in_the_words(browser, claim):
    page = browser.get(page_of(claim)).content.decode()
    words = page[page.index('class="text"') : page.index("</section>")]
    for role, surface in (
        ("claim", "3.74 million"),
        ("source", "Lena Ortiz"),
        ("cue", "counted"),
        ("concept", "passengers"),
        ("scope", "2030"),
    ):
        assert re.search(rf'<mark class="mark-{role}[^>]*>{surface}</mark>', words), role
    assert "rule" in page
    assert "score 0.90" in page


def test_the_page_tells_what_the_machine_could_not_decide(browser):
    claim = make.claim(
        words="2030",
        kind="date",
        voice="undetermined",
        candidates=["Lena Ortiz", "Tom Brandt"],
        unresolved="no day known",
        anchor="2031-03-11",
    )
    reasons = dict(browser.get(page_of(claim)).context["reasons"])
    assert reasons["voice undetermined between"] == "Lena Ortiz, Tom Brandt"
    assert reasons["date not resolved"] == "no day known"
    assert reasons["date counted from"] == "2031-03-11"


def test_the_page_shows_human_and_machine_values_apart(browser, claim):
    make.rule(claim, {"value": "3700000"})
    rows = {row.name: row for row in browser.get(page_of(claim)).context["rows"]}
    value, unit, chain = rows["value"], rows["unit"], rows["chain"]
    assert (value.stored, value.machine, value.differs) == ("3700000", "3740000", True)
    assert (unit.stored, unit.ruling, unit.differs) == ("–", None, False)
    assert chain.machine == "Lena Ortiz, harbour office"


BUTTONS = [
    ("accept", {}, "accepted", "unreviewed"),
    ("accept_both", {}, "accepted", "confirmed"),
    ("confirm_voice", {}, "proposed", "confirmed"),
    ("reject", {"reason": "no figure"}, "rejected", "unreviewed"),
    ("dance", {}, "proposed", "unreviewed"),
    ("reject", {"reason": "x" * 501}, "proposed", "unreviewed"),
]


@pytest.mark.parametrize(("ruling", "asked", "status", "voice"), BUTTONS)
def test_a_button_rules_on_the_claim(browser, claim, ruling, asked, status, voice):
    data = {"ruling": ruling, "version": f"{claim.pk}:{claim.version}", **asked}
    address = reverse("admin:claims_claim_rule", args=[claim.pk])
    answer = browser.post(address, data)
    assert answer.url == page_of(claim)
    claim.refresh_from_db()
    assert (claim.status, claim.voice_status) == (status, voice)


def test_a_button_on_a_stale_page_changes_nothing(browser, claim):
    address = reverse("admin:claims_claim_rule", args=[claim.pk])
    data = {"ruling": "accept", "version": f"{claim.pk}:{claim.version + 1}"}
    assert "changed by somebody else" in browser.post(address, data, follow=True).content.decode()
    claim.refresh_from_db()
    assert claim.status == "proposed"


def test_rulings_are_posted_and_on_claims_that_exist(browser, claim):
    address = reverse("admin:claims_claim_rule", args=[claim.pk])
    assert browser.get(address).status_code == 405
    missing = reverse("admin:claims_claim_rule", args=[claim.pk + 99])
    assert browser.post(missing, {"ruling": "accept"}).status_code == 404


@pytest.mark.parametrize(("ruling", "value"), [("take_newer", "3750000"), ("keep", "3740000")])
def test_a_newer_reading_is_shown_beside_and_decided_on(browser, ruling, value):
    claim = make.accepted()
    finding = claim.machine | {"value": "3750000", "chain": []}
    Claim.objects.filter(pk=claim.pk).update(
        newer={"finding": finding, "chain": [], "dismissed": False}
    )
    page = browser.get(page_of(claim))
    assert page.context["newer"] == [("value", "3740000", "3750000")]
    data = {"ruling": ruling, "version": f"{claim.pk}:{claim.version}"}
    browser.post(reverse("admin:claims_claim_rule", args=[claim.pk]), data)
    claim.refresh_from_db()
    assert claim.value == value
    assert not browser.get(page_of(claim)).context["newer"]


# Corrections


def save(browser, claim, **edits):
    return save_form(browser, page_of(claim), **edits)


def test_saving_a_form_left_as_it_is_changes_nothing(browser, claim):
    version = claim.version
    assert save(browser, claim).redirect_chain
    claim.refresh_from_db()
    assert claim.version == version
    assert not Change.objects.exists()
    assert not claim.rulings.exists()


CORRECTIONS = [
    ({"value": "3700000"}, {"value": "3700000", "number_low": 3700000.0}),
    ({"value": "", "low": "3", "high": "4"}, {"value": "", "low": "3", "high": "4"}),
    ({"comparator": ">=", "unit": "person", "per": "year"}, {"comparator": ">=", "per": "year"}),
    ({"kind": "money", "unit": "EUR"}, {"kind": "money", "unit": "EUR"}),
    ({"vague": "on", "modality": "planned"}, {"vague": True, "modality": "planned"}),
    ({"scope_edtf": "2029", "scope_place": "Saltmere"}, {"scope_earliest": 20290101}),
    ({"voice": "own", "concept": "tickets"}, {"voice": "own", "concept": "tickets"}),
]


@pytest.mark.parametrize(("edits", "stored"), CORRECTIONS)
def test_corrections_become_rulings_of_the_edited_fields_only(browser, claim, edits, stored):
    save(browser, claim, **edits, reason="read it myself")
    claim.refresh_from_db()
    assert {name: getattr(claim, name) for name in stored} == stored
    assert set(claim.rulings.values_list("field", flat=True)) == set(edits)
    assert set(claim.rulings.values_list("reason", flat=True)) == {"read it myself"}


REFUSED = [
    ({"value": "3,700,000"}, "is neither a decimal"),
    ({"value": "1e400"}, "is neither a decimal"),
    ({"low": "1"}, "not both"),
    ({"scope_edtf": "sometime"}, "sometime"),
    ({"kind": "wish"}, "Select a valid choice"),
    ({"voice_1": "99999"}, "Select a valid choice"),
    ({"version_seen": ""}, "This field is required"),
]


@pytest.mark.parametrize(("edits", "message"), REFUSED)
def test_senseless_corrections_come_back_with_the_reason(browser, claim, edits, message):
    answer = save(browser, claim, **edits)
    assert message in answer.content.decode()
    assert not claim.rulings.exists()


def test_a_stale_save_of_a_change_tells_the_part_stored_now(browser, claim):
    opened = browser.get(page_of(claim))
    save(browser, claim, change_direction="increase", change_start="9")
    sent = {**fields_on(opened), "change_direction": "decrease"}
    answer = browser.post(page_of(claim), sent)
    assert "Stored now: increase." in answer.content.decode()
    browser.post(page_of(claim), fields_on(answer))
    claim.refresh_from_db()
    assert (claim.change["direction"], claim.change["start"]) == ("decrease", "9")


def test_the_chain_of_voices_is_corrected_slot_by_slot(browser, claim):
    mayor = make.speaker("Tom Brandt")
    save(browser, claim, voice_1=mayor.pk)
    claim.refresh_from_db()
    names = [voice.speaker.name for voice in claim.voices.order_by("position")]
    assert names == ["Tom Brandt", "harbour office"]
    assert claim.speaker == mayor
    page = browser.get(page_of(claim)).content.decode()
    assert "<bdi>Tom Brandt, harbour office</bdi></ins>" in page
    save(browser, claim, voice_2="")
    claim.refresh_from_db()
    assert claim.ultimate == mayor


def test_a_stale_save_shows_both_values_and_can_be_saved_again(browser, claim):
    opened = browser.get(page_of(claim))
    make.rule(claim, {"value": "3750000", "concept": "travellers"})
    mine = {**fields_on(opened), "value": "3700000", "reason": "mine"}
    answer = browser.post(page_of(claim), mine)
    page = answer.content.decode()
    assert "changed by somebody else" in page
    assert "Stored now: 3750000." in page
    claim.refresh_from_db()
    assert claim.value == "3750000"

    shown = fields_on(answer)
    assert (shown["value"], shown["concept"]) == ("3700000", "travellers")
    assert shown["reason"] == "mine"
    browser.post(page_of(claim), shown)
    claim.refresh_from_db()
    assert (claim.value, claim.concept) == ("3700000", "travellers")


def test_a_stale_save_of_voices_names_the_ones_stored_now(browser, claim):
    opened = browser.get(page_of(claim))
    mayor, clerk = make.speaker("Tom Brandt"), make.speaker("Ida Moss")
    save(browser, claim, voice_1=mayor.pk)
    answer = browser.post(page_of(claim), {**fields_on(opened), "voice_1": clerk.pk})
    assert "Stored now: Tom Brandt." in answer.content.decode()
    browser.post(page_of(claim), fields_on(answer))
    names = [voice.speaker.name for voice in claim.voices.order_by("position")]
    assert names == ["Ida Moss", "harbour office"]


def test_a_stale_save_of_what_somebody_else_saved_too_needs_nothing_more(browser, claim):
    opened = browser.get(page_of(claim))
    save(browser, claim, vague="on")
    answer = browser.post(page_of(claim), {**fields_on(opened), "vague": "on"})
    assert "changed by somebody else" in answer.content.decode()
    browser.post(page_of(claim), fields_on(answer))
    claim.refresh_from_db()
    assert claim.vague


# Log


def test_the_latest_batch_is_undone_from_the_page(browser, claim):
    save(browser, claim, value="3700000")
    page = browser.get(page_of(claim)).content.decode()
    assert "Undo" in page
    batch = Change.objects.get(action="correct").batch
    answer = browser.post(
        reverse("admin:claims_change_undo"), {"batch": batch, "next": page_of(claim)}
    )
    assert answer.url == page_of(claim)
    claim.refresh_from_db()
    assert claim.value == "3740000"


def test_the_page_leads_to_the_next_claim_that_waits(browser, claim):
    assert "Next waiting" not in browser.get(page_of(claim)).content.decode()
    following = make.claim(claim.article, "1,200", value="1200")
    page = browser.get(page_of(claim)).content.decode()
    assert f'<a href="{page_of(following)}">Next waiting' in page


def test_a_claim_far_from_its_source_shows_the_words_around_only(browser):
    text = "Start\n\nLena Ortiz said so.\n" + "Filler words. " * 400 + "\nIt was 3.74 million.\n"
    article = make.article(text + "More filler. " * 400)
    voice = make.attribution(article, make.speaker())
    page = browser.get(page_of(make.claim(article, voices=[voice]))).context["passage"]
    assert page.before
    assert page.after
    assert len(page.html) < 2000
