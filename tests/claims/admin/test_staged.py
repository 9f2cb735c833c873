"""A staged run in the admin: everything it would do is shown before anybody decides."""

from dataclasses import replace

import pytest

from claims.admin.staged import precision
from claims.curation import review
from claims.models import Article, Change, Claim, Reading, Run
from tests.claims import make
from tests.claims.runs.test_engine import articles_given, engine, run  # noqa: F401
from tests.claims.runs.test_staged import contents, stage

pytestmark = pytest.mark.django_db


def diff(row, **asked):
    return f"/admin/claims/run/{row.pk}/diff/", asked


def decide(browser, row, what):
    return browser.post(f"/admin/claims/run/{row.pk}/decide/{what}/", follow=True)


@pytest.fixture
def staged(engine):  # noqa: F811
    """A run in which percentages are gone and money says something else, over rulings."""
    first, _ = articles_given(2)
    run()
    here = Claim.objects.filter(article=first)
    review.accept(here.filter(kind="money"), actor=make.editor())
    review.reject(here.filter(kind="percent"), actor=make.editor())

    def change(claim):
        if claim.kind == "percent":
            return None
        if claim.kind == "money":
            return replace(claim, value="7", concept="piers")
        return replace(claim, voice="own", chain=(), voices=(), attribution=None, speaker=None)

    engine("99", change)
    row, _ = stage()
    return row


def rows(answer):
    return [
        (row.outcome, row.claim.kind, [one[0] for one in row.differences])
        for _, found, _ in answer.context["articles"]
        for row in found
    ]


def test_the_page_shows_counts_rows_and_precision_and_changes_nothing(browser, staged):
    before = contents()
    answer = browser.get(*diff(staged))
    assert answer.status_code == 200
    found = rows(answer)
    assert ("orphaned", "percent", []) in found
    assert ("gone", "percent", []) in found
    assert ("changed", "money", ["concept", "value"]) in found
    (confirm,) = [one for one in found if one[0] == "to_confirm"]
    assert {"concept", "value"} <= {name.split(" ")[0] for name in confirm[2]}
    voices = [one for one in found if one[0] == "changed" and one[1] == "count"]
    assert all("voices, nearest first" in names for _, _, names in voices)
    assert "Lena Ortiz" in answer.text
    assert contents() == before
    assert dict(answer.context["outcomes"])["to_confirm"] == 1
    kinds = {kind: (old, new) for kind, old, new, _ in answer.context["kinds"]}
    assert kinds["percent"] == ("0 % (0 of 1)", "–")
    assert kinds["money"] == ("100 % (1 of 1)", "0 % (0 of 1), 1 missed")


def test_new_claims_are_shown_with_their_voices(browser):
    articles_given(1)
    row, total = stage()
    found = rows(browser.get(*diff(row)))
    assert [outcome for outcome, _, _ in found] == ["new"] * total.new


@pytest.mark.parametrize("only", ["new", "changed", "gone", "orphaned", "to_confirm"])
def test_one_outcome_can_be_looked_at(browser, staged, only):
    answer = browser.get(*diff(staged, only=only))
    assert {outcome for outcome, _, _ in rows(answer)} <= {only}
    listed = dict(answer.context["outcomes"])[only]
    assert len(rows(answer)) == listed


def test_many_articles_come_in_pages_of_a_fixed_number_of_queries(
    browser,
    monkeypatch,
    django_assert_max_num_queries,
):
    articles_given(5)
    row, _ = stage()
    monkeypatch.setattr("claims.admin.staged.ARTICLES_AT_ONCE", 2)
    with django_assert_max_num_queries(12 + 2 * 35):
        answer = browser.get(*diff(row, page="2"))
    assert "page 2 of 3" in answer.text
    assert "page=3" in answer.text


@pytest.mark.parametrize(
    "asked", [{"only": "nothing"}, {"page": "x"}, {"other": "1"}, {"page": ["1", "2"]}]
)
def test_a_question_that_makes_no_sense_is_refused(browser, asked):
    row, _ = stage()
    assert browser.get(*diff(row, **asked)).status_code == 400


def test_a_run_is_applied_after_confirmation(browser, staged):
    answer = browser.get(f"/admin/claims/run/{staged.pk}/decide/apply/")
    assert "not taken back by undo" in answer.text
    assert Run.objects.get(pk=staged.pk).state == "staged"
    answer = decide(browser, staged, "apply")
    assert "The run is being applied" in answer.text
    staged.refresh_from_db()
    assert staged.state == "applied"
    assert Claim.objects.filter(to_confirm=True).count() == 1
    assert Change.objects.get(action="apply run").actor.username == "editor"
    assert "is applied: only a staged run" in decide(browser, staged, "apply").text
    assert "Apply the rest" not in browser.get(f"/admin/claims/run/{staged.pk}/change/").text


def test_a_run_is_dropped_after_confirmation(browser, staged):
    before = Claim.objects.count()
    assert "removed for good" in browser.get(f"/admin/claims/run/{staged.pk}/decide/drop/").text
    assert "The run was dropped" in decide(browser, staged, "drop").text
    staged.refresh_from_db()
    assert (staged.state, staged.readings.count()) == ("dropped", 0)
    assert Claim.objects.count() == before
    assert "only a staged run can be dropped" in decide(browser, staged, "drop").text


def test_a_run_is_counted_again(browser, staged):
    review.accept(Claim.objects.filter(kind="percent"), actor=make.editor())
    decide(browser, staged, "weigh")
    staged.refresh_from_db()
    assert (staged.outlook["counts"]["gone"], staged.state) == (0, "staged")


def test_deciding_is_for_those_who_may_run_the_engine(browser, onlooker, staged):
    assert onlooker.get(*diff(staged)).status_code == 200
    assert "Apply" not in onlooker.get(*diff(staged)).text
    assert onlooker.get(f"/admin/claims/run/{staged.pk}/decide/apply/").status_code == 403
    assert decide(onlooker, staged, "drop").status_code == 403
    assert browser.get(f"/admin/claims/run/{staged.pk}/decide/explode/").status_code == 404
    assert browser.get("/admin/claims/run/77/decide/drop/").status_code == 404
    assert Reading.objects.staged().count() == 2


def test_the_diff_is_for_those_who_may_see_runs(client, staged):
    client.force_login(make.user("clerk", is_staff=True))
    assert client.get(*diff(staged)).status_code == 403


def test_a_kind_that_the_new_engine_reads_worse_is_marked():
    money, date = {"right": 4, "found": 4, "gold": 4}, {"right": 1, "found": 2, "gold": 1}
    worse, none = {"right": 1, "found": 4, "gold": 4}, {"right": 0, "found": 0, "gold": 2}
    old, new = {"money": money, "date": date}, {"money": worse, "share": none}
    assert precision({"old": old, "new": new}) == [
        ("date", "50 % (1 of 2)", "–", True),
        ("money", "100 % (4 of 4)", "25 % (1 of 4), 3 missed", True),
        ("share", "–", "found none, 2 missed", False),
    ]


def test_a_list_of_runs_shows_their_states(browser, staged):
    answer = browser.get("/admin/claims/run/")
    assert "badge staged" in answer.text
    assert "/admin/claims/job/start/" in answer.text


def test_an_article_superseded_since_says_why_it_cannot_be_applied(browser, staged):
    Article.objects.update(superseded=True)
    assert "It cannot be applied: article: it was superseded" in browser.get(*diff(staged)).text
