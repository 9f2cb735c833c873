"""Speakers' pages in the admin: one voice's rows, proposals, judgements and their way back."""

import pytest
from django.urls import reverse

from claims import matching
from claims.curation import identities
from claims.models import IdentityJudgement, Speaker
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    found = []
    for n, name in enumerate(("Lena Ortiz", "Lena Ortiz", "Lena Ortis")):
        text = f"{name}, mayor of Saltmere, said 3.74 million passengers came in {2030 + n}.\n"
        article = make.article(text, published=f"{2030 + n}-05-01")
        row = make.speaker(name, article=article)
        row.roles.create(title="mayor", article=article, start=0, end=5, origin="machine")
        make.claim(article, voices=[make.attribution(article, row)])
        found.append(row)
    list(matching.match_new())
    return found


def page(row):
    return reverse("admin:claims_speaker_change", args=[row.pk])


def judge(row):
    return reverse("admin:claims_speaker_judge", args=[row.pk])


def heads():
    rows = Speaker.objects.select_related("canonical").order_by("pk")
    return [row.head.pk for row in rows]


def test_a_speakers_page_shows_its_voice(browser, rows):
    html = browser.get(page(rows[0])).content.decode()
    for words in ("May be the same", "spelled alike: ortiz / ortis", "1 other row", "mayor"):
        assert words in html
    assert "2030-05-01/2031-05-01" in html, "roles of all rows of the voice"
    merged = browser.get(page(rows[1])).content.decode()
    assert "One voice with" in merged
    make.same(rows[0], rows[2])
    assert "Also written <bdi>Lena Ortis</bdi>" in browser.get(page(rows[0])).content.decode()


def test_a_merge_is_looked_at_then_made_then_undone(browser, rows):
    first, _, third = rows
    html = browser.get(f"{judge(first)}?other={third.pk}").content.decode()
    assert "Lena Ortis" in html
    assert html.count("<dt>claims</dt>") == 3
    assert heads() == [first.pk, first.pk, third.pk], "a look changes nothing"
    asked = {"other": third.pk, "verdict": "same", "version": 0, "reason": "one mayor"}
    found = browser.post(judge(first), asked, follow=True)
    assert "Judged: 1 row" in found.content.decode()
    assert heads() == [first.pk] * 3
    assert IdentityJudgement.objects.get(origin="editor").reasons == ["one mayor"]
    history = browser.get(f"{page(first)}".replace("change", "history")).content.decode()
    assert "Lena Ortiz = Lena Ortis" in history


def test_what_contradicts_is_said_and_nothing_is_changed(browser, rows):
    first, second, third = rows
    browser.post(judge(second), {"other": third.pk, "verdict": "different"})
    found = browser.post(judge(first), {"other": third.pk, "verdict": "same"}, follow=True)
    assert "ruled not to be the same" in found.content.decode()
    assert heads() == [first.pk, first.pk, third.pk]
    found = browser.post(
        judge(second), {"other": third.pk, "verdict": "same", "version": 0}, follow=True
    )
    assert "changed by somebody else" in found.content.decode()


def test_a_row_is_taken_apart_after_a_look(browser, rows):
    address = reverse("admin:claims_speaker_take_out", args=[rows[1].pk])
    html = browser.get(address).content.decode()
    assert html.count("<dt>claims</dt>") == 2
    browser.post(address)
    assert heads() == [row.pk for row in rows]


@pytest.mark.parametrize("other", ["", "0", "abc"])
def test_a_speaker_that_is_not_there_is_not_found(browser, rows, other):
    assert browser.get(f"{judge(rows[0])}?other={other}").status_code == 404


def test_judgements_are_listed_filtered_and_taken_back(browser, rows):
    identities.judge(rows[0], rows[2], "different", actor=make.editor())
    listed = reverse("admin:claims_identityjudgement_changelist")
    for question, number in (
        ("", 2),
        ("verdict=different", 1),
        ("origin=rule", 1),
        ("revoked=1", 0),
        (f"speaker={rows[2].pk}", 1),
        (f"speaker={rows[1].pk}", 2),
    ):
        found = browser.get(f"{listed}?{question}")
        assert found.context["cl"].result_count == number, question
    row = IdentityJudgement.objects.get(origin="rule")
    shown = browser.get(reverse("admin:claims_identityjudgement_change", args=[row.pk]))
    assert "Take it back" in shown.content.decode()
    address = reverse("admin:claims_identityjudgement_revoke", args=[row.pk])
    stale = browser.post(address, {"version": "9"}, follow=True)
    assert "changed by somebody else" in stale.content.decode()
    browser.post(address, {"version": row.version})
    assert heads() == [row.pk for row in rows]
    assert browser.get(address).status_code == 405
    missing = reverse("admin:claims_identityjudgement_revoke", args=[999])
    assert browser.post(missing).status_code == 404


def test_proposals_are_listed_likeliest_first_until_judged(browser, rows):
    listed = reverse("admin:claims_candidate_changelist")
    html = browser.get(listed).content.decode()
    assert "spelled alike: ortiz / ortis" in html
    assert f"/{rows[0].pk}/judge/?other={rows[2].pk}" in html
    identities.judge(rows[1], rows[2], "same", actor=make.editor())
    assert browser.get(listed).context["cl"].result_count == 0
    assert browser.get(f"{listed}?shown=all").context["cl"].result_count == 1


def test_only_those_who_may_change_speakers_judge(client, rows):
    watcher = make.user("watcher", is_staff=True)
    client.force_login(watcher)
    row = IdentityJudgement.objects.get()
    assert client.get(f"{judge(rows[0])}?other={rows[2].pk}").status_code == 403
    assert client.post(judge(rows[0]), {"other": rows[2].pk}).status_code == 403
    revoke = reverse("admin:claims_identityjudgement_revoke", args=[row.pk])
    assert client.post(revoke, {"version": 1}).status_code == 403


def test_the_list_shows_one_row_for_each_voice_unless_asked(browser, rows):
    make.speaker("some experts", kind="group", article=rows[0].article)
    listed = reverse("admin:claims_speaker_changelist")
    for question, number in (
        ("", 3),
        ("shown=voices", 3),
        ("shown=named", 2),
        ("shown=local", 1),
        ("shown=merged", 1),
        ("shown=all", 4),
        ("q=Lena+Ortis", 1),
    ):
        found = browser.get(f"{listed}?{question}")
        assert found.context["cl"].result_count == number, question


def test_lists_of_a_speaker_are_those_of_the_whole_voice(browser, rows):
    for model in ("claim", "attribution"):
        listed = reverse(f"admin:claims_{model}_changelist")
        for row in rows[:2]:
            found = browser.get(f"{listed}?speaker={row.pk}")
            assert found.context["cl"].result_count == 2


def test_who_picks_a_voice_is_offered_the_articles_own_row_once(browser, rows):
    address = reverse("admin:autocomplete")
    asked = {"app_label": "claims", "model_name": "claimvoice", "field_name": "speaker"}

    def offered(article, term="Lena Ortiz"):
        question = asked | {"term": term, "article": article.pk}
        found = browser.get(address, question).json()["results"]
        return [int(row["id"]) for row in found]

    assert offered(rows[1].article) == [rows[1].pk]
    assert offered(rows[2].article) == [rows[0].pk]
    assert offered(rows[1].article, "") == [rows[1].pk]
