"""Outlets, speakers, topics and attributions in the admin."""

import pytest

from claims.models import Alias, Attribution, Change, Claim, Outlet, Speaker, Topic
from tests.claims import make
from tests.claims.admin.forms import fields_on, save


def page_of(row):
    return f"/admin/claims/{row._meta.model_name}/{row.pk}/change/"


def test_an_outlet_is_added_edited_and_logged(browser):
    given = {"name": "Harbour Wire", "kind": "agency", "text_policy": "full", "version_seen": 0}
    browser.post("/admin/claims/outlet/add/", given)
    outlet = Outlet.objects.get()
    save(browser, page_of(outlet), country="NO", name=" Harbour  Wire ")
    outlet.refresh_from_db()
    assert (outlet.kind, outlet.country, outlet.version) == ("agency", "NO", 2)
    assert list(Change.objects.order_by("id").values_list("action", flat=True)) == [
        "create",
        "edit",
    ]


@pytest.mark.parametrize("model", ["outlet", "speaker", "topic"])
def test_an_empty_form_adds_a_row(browser, model):
    assert "links" not in browser.get(f"/admin/claims/{model}/add/").context


def test_a_name_taken_already_is_refused(browser):
    make.outlet("Harbour Wire")
    answer = save(browser, page_of(make.outlet()), name="Harbour Wire")
    assert "already exists" in answer.content.decode()


def test_a_name_that_is_no_text_is_refused(browser):
    answer = save(browser, page_of(make.outlet()), name="Harbour \ud7ff\x07 Wire")
    assert "control character" in answer.content.decode()
    assert not Change.objects.exists()


def test_a_stale_outlet_is_not_overwritten(browser):
    outlet = make.outlet()
    opened = fields_on(browser.get(page_of(outlet)))
    save(browser, page_of(outlet), country="NO")
    answer = browser.post(page_of(outlet), {**opened, "country": "SE"})
    assert "Stored now: NO." in answer.content.decode()
    outlet.refresh_from_db()
    assert outlet.country == "NO"


def test_a_topic_is_added_and_put_under_another(browser):
    parent = make.topic("economy")
    given = {"scheme": "on-record", "code": "ports", "label": "Ports", "version_seen": 0}
    browser.post("/admin/claims/topic/add/", given)
    topic = Topic.objects.get(code="ports")
    save(browser, page_of(topic), parent=parent.pk, query="ferry OR port")
    topic.refresh_from_db()
    assert (topic.parent, topic.query) == (parent, "ferry OR port")
    save(browser, page_of(topic), parent="", label="Harbours")
    save(browser, page_of(topic), label="Ports and harbours")
    topic.refresh_from_db()
    assert (topic.parent, topic.label) == (None, "Ports and harbours")


def test_aliases_and_roles_are_added_edited_and_removed_through_the_log(browser):
    speaker = make.speaker()
    gone = Alias.objects.create(speaker=speaker, form="L. Ortiz")
    kept = Alias.objects.create(speaker=speaker, form="Ortis", kind="name")
    page = browser.get(page_of(speaker))
    sent = fields_on(page)
    rows = {sent[f"aliases-{n}-id"]: n for n in (0, 1)}
    sent |= {f"aliases-{rows[str(gone.pk)]}-DELETE": "on"}
    sent |= {f"aliases-{rows[str(kept.pk)]}-kind": "spelling"}
    sent |= {"roles-TOTAL_FORMS": 1, "roles-0-title": "Harbour master", "roles-0-id": ""}
    sent |= {"roles-0-speaker": speaker.pk, "name": "Lena M. Ortiz"}
    assert browser.post(page_of(speaker), sent).status_code == 302
    speaker.refresh_from_db()
    assert speaker.name == "Lena M. Ortiz"
    assert list(speaker.aliases.values_list("form", "kind")) == [("Ortis", "spelling")]
    assert speaker.roles.get().title == "Harbour master"
    assert sorted(Change.objects.values_list("action", "object_type")) == [
        ("create", "role"),
        ("edit", "alias"),
        ("edit", "speaker"),
        ("remove", "alias"),
    ]


def test_a_speaker_is_added_with_an_alias(browser):
    given = {"name": "Tom Brandt", "kind": "person", "privacy": "public", "version_seen": 0}
    given |= {"aliases-TOTAL_FORMS": 1, "aliases-INITIAL_FORMS": 0}
    given |= {"aliases-0-form": "Brandt", "aliases-0-kind": "surname"}
    given |= {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}
    browser.post("/admin/claims/speaker/add/", given)
    assert Speaker.objects.get().aliases.get().form == "Brandt"


def test_a_stale_save_of_an_alias_changes_nothing(browser):
    speaker = make.speaker()
    alias = Alias.objects.create(speaker=speaker, form="L. Ortiz")
    page = browser.get(page_of(speaker))
    sent = {**fields_on(page), "aliases-0-form": "Lena O."}
    Alias.objects.update(form="Ms Ortiz", version=2)
    answer = browser.post(page_of(speaker), {**sent, "name": "Lena M. Ortiz"})
    assert "changed by somebody else in the meantime" in answer.content.decode()
    alias.refresh_from_db()
    speaker.refresh_from_db()
    assert (alias.form, speaker.name) == ("Ms Ortiz", "Lena Ortiz")


@pytest.fixture
def voice(db):
    article = make.article()
    voice = make.attribution(article, make.speaker())
    make.claim(article, voices=[voice])
    return voice


def test_claims_follow_the_speaker_set_on_an_attribution(browser, voice):
    page = browser.get(page_of(voice)).content.decode()
    assert '<mark class="mark-source" title="source">Lena Ortiz</mark>' in page
    other = make.speaker("Tom Brandt")
    save(browser, page_of(voice), speaker=other.pk)
    assert Attribution.objects.get().speaker == other
    assert Claim.objects.get().speaker == other
    save(browser, page_of(voice), speaker="")
    assert Attribution.objects.get().speaker is None


def test_an_attribution_tells_what_the_machine_found(browser, voice):
    Attribution.objects.update(candidates=["Lena Ortiz", "Tom Brandt"], speaker=None)
    page = browser.get(page_of(voice)).content.decode()
    assert "Lena Ortiz; candidates: Lena Ortiz, Tom Brandt" in page
    assert "Attribution to nobody yet" in page


FOUND = [
    # typed, in the article of the claim, names offered
    ("", True, ["Lena Ortiz", "some experts"]),
    ("", False, ["Lena Ortiz", "Tom Brandt", "many guests", "some experts"]),
    ("tom", True, ["Tom Brandt"]),
    ("some", True, ["some experts"]),
    ("many", True, []),
    ("many", False, ["many guests"]),
]


@pytest.mark.parametrize(("typed", "here", "names"), FOUND)
def test_a_claim_is_offered_the_voices_of_its_article_first(browser, voice, typed, here, names):
    make.speaker("Tom Brandt")
    make.speaker("some experts", kind="group", article=voice.article)
    make.speaker("many guests", kind="group", article=make.article("Elsewhere\n"))
    question = {"app_label": "claims", "model_name": "claimvoice", "field_name": "speaker"}
    question |= {"term": typed, "article": voice.article_id if here else ""}
    answer = browser.get("/admin/autocomplete/", question).json()
    assert sorted(row["text"] for row in answer["results"]) == sorted(names)


@pytest.mark.parametrize("model", ["outlet", "speaker", "topic", "attribution", "claim", "article"])
def test_an_onlooker_sees_the_page_without_anything_to_send(onlooker, voice, model):
    rows = {
        "outlet": make.outlet(),
        "speaker": voice.speaker,
        "topic": make.topic(),
        "attribution": voice,
        "claim": Claim.objects.get(),
        "article": voice.article,
    }
    answer = onlooker.get(page_of(rows[model]))
    assert answer.status_code == 200
    assert 'name="_save"' not in answer.content.decode()
    assert onlooker.post(page_of(rows[model]), {"version_seen": 1}).status_code == 403
    assert onlooker.get(f"/admin/claims/{model}/add/").status_code == 403


@pytest.mark.parametrize("model", ["outlet", "speaker", "topic", "attribution", "claim", "article"])
def test_nobody_deletes_a_row_from_the_web(browser, voice, model):
    rows = {
        "outlet": make.outlet(),
        "speaker": voice.speaker,
        "topic": make.topic(),
        "attribution": voice,
        "claim": Claim.objects.get(),
        "article": voice.article,
    }
    address = page_of(rows[model]).replace("/change/", "/delete/")
    assert browser.post(address, {"post": "yes"}).status_code == 403
