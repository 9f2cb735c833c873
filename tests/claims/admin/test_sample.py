"""The pages of samples: drawn, judged blind, settled, reported."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from claims.admin.sample import _shown
from claims.curation import pointing, review, samples
from claims.curation.pointing import Place
from claims.models import Claim, Coding, Sample
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample():
    article = make.article()
    make.claim(article, "3.74 million")
    make.claim(article, "1,200", value="1200")
    return samples.draw("May", size=2, seed=1, actor=make.editor("chief"))


def as_editor(client, name):
    client.force_login(make.editor(name))
    return client


def page(client, name, sample):
    answer = client.get(reverse(f"admin:claims_sample_{name}", args=[sample.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def judge(client, name, sample, **given):
    item = re.search(r'name="item" value="(\d+)"', page(client, name, sample))[1]
    data = {"item": item, "figure": "right", "voice": "right", **given}
    address = reverse(f"admin:claims_sample_{name}", args=[sample.pk])
    return client.post(address, data, follow=True).content.decode()


def test_a_sample_is_drawn_from_the_admin(client):
    make.claim()
    client = as_editor(client, "chief")
    address = reverse("admin:claims_sample_add")
    assert "Draw a sample" in client.get(address).content.decode()
    asked = {"name": "May", "size": 5, "seed": 3, "kind": "", "engine": "", "outlet": ""}
    refused = client.post(address, asked | {"kind": "money"}).content.decode()
    assert "no claim fits" in refused
    made = client.post(address, asked, follow=True).content.decode()
    assert "0 of 1 readings judged" in made
    assert Sample.objects.get().actor.username == "chief"
    assert "no other sample has" in client.post(address, asked).content.decode()


def test_judging_is_blind(client, sample):
    review.reject(Claim.objects.all(), actor=make.editor("somebody"), reason="plantedreason")
    shown = judge(as_editor(client, "first"), "code", sample, note="plantednote")
    assert "1 left for you" in shown
    shown = page(as_editor(client, "second"), "code", sample)
    for word in ("plantednote", "plantedreason", "rejected", "somebody"):
        assert word not in shown
    assert "3,740,000" in shown or "1,200" in shown


def test_a_judge_sees_the_words_and_voices_the_machine_read_whatever_was_ruled(client):
    article, boss = make.article(), make.editor("chief")
    said = make.attribution(article, make.speaker())
    claim = make.claim(article, "1,200", value="1200", voices=[said])
    make.claim(article, "3.74 million")
    start = article.body.text.index("At least")
    sample = samples.draw("May", size=9, seed=1, actor=boss)
    place = Place(start, start + 14, "At least 1,200", claim.machine["sentence"], "k")
    pointing.move_claim(claim, place, {}, actor=boss, version=claim.version)
    named = make.speaker("Planted Name")
    review.set_speaker_of_attribution(said, named, actor=boss, version=said.version)
    item = sample.items.select_related("claim").get(claim=claim)
    shown = str(_shown(item)["passage"].html)
    assert re.findall(r'<mark class="mark-claim[^>]*>([^<]*)', shown) == ["1,200"]
    assert "Lena Ortiz" in shown
    assert "Planted Name" not in shown
    assert "mark-other" not in shown
    Claim.objects.filter(pk=claim.pk).update(machine_chain=[], machine={})
    newer = {"finding": item.machine, "chain": [said.pk], "dismissed": False}
    for held, source in ((newer, True), (None, False)):
        Claim.objects.filter(pk=claim.pk).update(newer=held)
        item = sample.items.select_related("claim").get(claim=claim)
        assert ("mark-source" in str(_shown(item)["passage"].html)) is source


def test_two_judge_a_third_settles_and_the_report_tells(client, sample):
    for name, figure in (("first", "right"), ("second", "wrong")):
        someone = as_editor(client, name)
        judge(someone, "code", sample, figure=figure)
        done = judge(someone, "code", sample)
        assert "You have judged all" in done
    told = page(someone, "change", sample)
    assert "2 of 2 readings judged" in told
    assert "Settle (1)" in told
    assert "Nothing waits to be settled by you" in page(someone, "settle", sample)
    settled = judge(as_editor(client, "chief"), "settle", sample, figure="wrong")
    assert "Nothing waits to be settled by you" in settled
    assert "50.0 %" in page(client, "change", sample)


def test_what_was_judged_by_others_meanwhile_is_told(client, sample):
    someone = as_editor(client, "third")
    shown = page(someone, "code", sample)
    item = sample.items.get(pk=re.search(r'name="item" value="(\d+)"', shown)[1])
    for name in ("first", "second"):
        samples.code(item, figure="right", voice="right", actor=make.editor(name))
    address = reverse("admin:claims_sample_code", args=[sample.pk])
    data = {"item": item.pk, "figure": "right", "voice": "right"}
    told = someone.post(address, data, follow=True).content.decode()
    assert "2 editors judged this one before you. Nothing was stored." in told
    settling = reverse("admin:claims_sample_settle", args=[sample.pk])
    told = someone.post(settling, data, follow=True).content.decode()
    assert "There is nothing to settle. Nothing was stored." in told
    assert Coding.objects.count() == 2


@pytest.mark.parametrize("name", ["code", "settle"])
def test_bad_requests_to_judge_store_nothing(client, sample, name):
    someone = as_editor(client, "first")
    address = reverse(f"admin:claims_sample_{name}", args=[sample.pk])
    assert someone.post(address, {"item": "1"}).status_code == 200
    data = {"item": "x" * 30, "figure": "right", "voice": "right"}
    assert someone.post(address, data).status_code == 404
    missing = reverse(f"admin:claims_sample_{name}", args=[10**6])
    assert someone.get(missing).status_code == 404
    assert Coding.objects.count() == 0


def test_who_may_only_look_neither_draws_nor_judges(client, sample):
    looker = make.user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename="view_sample"))
    client.force_login(looker)
    assert "Judge" not in page(client, "change", sample)
    for name in ("code", "settle"):
        address = reverse(f"admin:claims_sample_{name}", args=[sample.pk])
        assert client.get(address).status_code == 403
    assert client.get(reverse("admin:claims_sample_add")).status_code == 403


def test_a_list_of_samples_takes_few_queries(client, sample, django_assert_max_num_queries):
    someone = as_editor(client, "chief")
    someone.get(reverse("admin:claims_sample_changelist"))
    with django_assert_max_num_queries(8):
        someone.get(reverse("admin:claims_sample_changelist"))
