"""The form of the open card: fields corrected one by one, stale and senseless edits."""

import pytest
from django.urls import reverse

from claims.admin import words
from tests.claims import make
from tests.claims.desk.test_article import page_of, state

pytestmark = pytest.mark.django_db


def fields_of(page, **edits):
    form = page.context["card"].form
    sent = {}
    for bound in form:
        value = bound.value()
        if value not in (None, False):
            sent[bound.html_name] = "on" if value is True else value
        if bound.field.show_hidden_initial:
            sent[bound.html_initial_name] = "" if bound.initial is None else bound.initial
    return sent | {f"card-{name}": value for name, value in edits.items()}


def edit(browser, claim, data, then="stay"):
    return browser.post(reverse("desk_edit", args=[claim.pk]), data | {"then": then})


def test_an_edit_corrects_the_edited_fields_only(browser, article, claim, second):
    data = fields_of(browser.get(page_of(article)), value="3700000", concept="riders")
    assert f"card={claim.pk}" in edit(browser, claim, data).url
    assert set(claim.rulings.values_list("field", flat=True)) == {"value", "concept"}
    assert state(claim) == ("proposed", "unreviewed")


def test_an_edit_may_accept_at_once(browser, article, claim, second):
    data = fields_of(browser.get(page_of(article)), value="3700000")
    assert f"card={second.pk}" in edit(browser, claim, data, then="accept").url
    assert state(claim) == ("accepted", "unreviewed")
    assert claim.value == "3700000"


def test_a_stale_edit_shows_both_values_and_can_be_saved_again(browser, article, claim):
    data = fields_of(browser.get(page_of(article)), value="3700000")
    make.rule(claim, {"value": "3750000"})
    answer = edit(browser, claim, data)
    assert answer.status_code == 409
    assert "Stored now: 3750000." in answer.text
    assert '<details class="edit" data-key="e" open>' in answer.text
    claim.refresh_from_db()
    assert claim.value == "3750000"
    edit(browser, claim, fields_of(answer))
    claim.refresh_from_db()
    assert claim.value == "3700000"


CHANGES = [
    # parts as edited, the change then stored
    ({"direction": "decrease"}, {"direction": "decrease", "start": "9", "baseline": "2030"}),
    ({"start": "1/3"}, {"direction": "increase", "start": "1/3", "baseline": "2030"}),
    (
        {"baseline": "", "ambiguous": "on"},
        {"direction": "increase", "start": "9", "baseline": None},
    ),
    (dict.fromkeys(("direction", "start", "baseline"), ""), None),
]


@pytest.mark.parametrize(("parts", "stored"), CHANGES)
def test_a_change_is_corrected_part_by_part(browser, article, claim, parts, stored):
    change = {"direction": "increase", "start": "9", "baseline": "2030", "span": [3, 7]}
    make.rule(claim, {"change": change})
    page = browser.get(page_of(article, card=claim.pk))
    assert "increase from 9 against 2030" in page.text
    edits = {f"change_{name}": value for name, value in parts.items()}
    edit(browser, claim, fields_of(page, **edits))
    claim.refresh_from_db()
    ambiguous = {"ambiguous": "ambiguous" in parts, "span": [3, 7]}
    assert claim.change == (stored and stored | ambiguous)
    (entry,) = words.log(claim, most=1)
    assert [name for name, _, _ in entry[1]] == ["change"], "the log tells what changed"
    edit(browser, claim, fields_of(browser.get(page_of(article, card=claim.pk))))
    assert claim.rulings.standing().get(field="change").value == claim.change


def test_words_of_two_lines_that_nobody_edits_stay_as_they_are(browser, article, claim):
    """A browser takes line breaks out of a text field, though not out of its hidden twin."""
    change = {"direction": "increase", "start": None, "baseline": "the\nyear", "ambiguous": False}
    make.rule(claim, {"change": change, "concept": "new\nriders"})
    data = fields_of(browser.get(page_of(article, card=claim.pk)), value="77")
    assert data["card-change_baseline"] == "the year"
    edit(browser, claim, data)
    claim.refresh_from_db()
    assert (claim.value, claim.change, claim.concept) == ("77", change, "new\nriders")
    data = fields_of(browser.get(page_of(article, card=claim.pk)), change_direction="decrease")
    edit(browser, claim, data)
    claim.refresh_from_db()
    assert claim.change == change | {"direction": "decrease"}


def test_a_figure_gets_a_change_that_the_engine_missed(browser, article, claim):
    data = fields_of(browser.get(page_of(article)), change_direction="increase", change_start="9")
    edit(browser, claim, data)
    claim.refresh_from_db()
    assert (claim.change["direction"], claim.change["start"]) == ("increase", "9")
    assert set(claim.rulings.values_list("field", flat=True)) == {"change"}


SENSELESS = [
    ({"change_baseline": "2030"}, "Choose increase or decrease"),
    ({"change_direction": "increase", "change_start": "few"}, "is neither a decimal"),
    ({"change_direction": "sideways"}, "Select a valid choice"),
    ({"value": "many"}, "is neither a decimal"),
    ({"low": "1"}, "not both"),
    ({"kind": "wish"}, "Select a valid choice"),
    ({"version_seen": ""}, "This field is required"),
]


@pytest.mark.parametrize(("edits", "why"), SENSELESS)
def test_a_senseless_edit_comes_back_with_the_reason(browser, article, claim, edits, why):
    answer = edit(browser, claim, fields_of(browser.get(page_of(article)), **edits))
    assert answer.status_code == 400
    assert why in answer.text
    assert not claim.rulings.exists()
