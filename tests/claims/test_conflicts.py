"""Two hundred forced conflicts: whoever saves second is refused and overwrites nobody.

Each row of `WAYS` is a way to write. Two browsers look at one row; both change it, one after the
other. The second is told so, what the first saved stays, and no entry of the log is the second's.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from claims import tokens
from claims.curation import evidence
from claims.models import Alias, Change, Claim, Note
from tests.claims import make
from tests.claims.admin.forms import fields_on, sent_by

pytestmark = pytest.mark.django_db

ROUNDS = 10


@dataclass(frozen=True)
class Way:
    """How somebody looks at a row and then writes: `look` returns what `write` sends.

    `row` makes the row, `stored` reads what the writes contend for; `value` is what the writer of
    a round sends.
    """

    row: Callable
    stored: Callable
    look: Callable
    write: Callable
    refusal: int = 200


def signed_in(name):
    client = Client()
    client.force_login(make.editor(name))
    return client


# Forms of the admin, with their inlines


def page_of(row):
    return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])


def form(field, make_row, page=page_of, stored=None):
    """Return the way by the form of a row's page, through one of its fields."""
    return Way(
        row=make_row,
        stored=stored or (lambda row: getattr(type(row).objects.get(pk=row.pk), field)),
        look=lambda client, row: fields_on(client.get(page(row))),
        write=lambda client, row, seen, value: client.post(page(row), {**seen, field: value}),
    )


def an_alias(n):
    return Alias.objects.create(speaker=make.speaker(f"Lena Ortiz {n}"), form=f"L. Ortiz {n}")


def a_note(n):
    row = Note(claim=a_claim(n), text="First words.")
    evidence.add(row, actor=make.editor("author"))
    return row


def a_claim(n):
    return make.claim(make.article(f"{n}. {make.TEXT}"))


def of_owner(row):
    return page_of(row.speaker if isinstance(row, Alias) else row.claim)


# Buttons and list actions


def shown(client, claim):
    claim = Claim.objects.get(pk=claim.pk)
    return f"{claim.pk}:{claim.version}"


def by_button(client, claim, seen, value):
    address = reverse("admin:claims_claim_rule", args=[claim.pk])
    return client.post(address, {"ruling": value, "version": seen}, follow=True)


def by_action(client, claim, seen, value):
    address = reverse("admin:claims_claim_changelist") + "?work=all"
    sent = {"action": value, "_selected_action": claim.pk, "version": seen, "confirmed": "yes"}
    return client.post(address, sent, follow=True)


def status(claim):
    return Claim.objects.get(pk=claim.pk).status


# The desk


def desk_of(claim):
    return reverse("desk_article", args=[claim.article_id]) + f"?card={claim.pk}"


def marking(claim, what, words):
    start, end = make.span_of(claim.article.body.text, words)
    address = reverse("desk_mark", args=[claim.article_id])
    return f"{address}?what={what}&card={claim.pk}&start={start}&end={end}"


def at_desk(client, claim, address, sent):
    """Send a form of the desk, by an editor who took the article over from whoever had it."""
    client.post(reverse("desk_take", args=[claim.article_id]), {"over": "1"})
    return client.post(address, sent)


def by_key(client, claim, seen, value):
    address = reverse("desk_rule", args=[claim.pk])
    return at_desk(client, claim, address, {"ruling": value, "version": seen})


def card_of(client, claim):
    return sent_by(client.get(desk_of(claim)).context["card"].form)


def by_card(client, claim, seen, value):
    sent = {**seen, "card-value": value, "then": "stay"}
    return at_desk(client, claim, reverse("desk_edit", args=[claim.pk]), sent)


def place_of(client, claim):
    """Return both forms that pointing at words opens: to move the claim, to say who speaks."""
    forms = (("move", "3.74"), ("source", "Lena Ortiz"))
    pages = (client.get(marking(claim, what, words)) for what, words in forms)
    return {name: value for page in pages for name, value in sent_by(page.context["form"]).items()}


def by_moving(client, claim, seen, words):
    return at_desk(client, claim, marking(claim, "move", words), seen)


def by_voice(client, claim, seen, name):
    sent = {**seen, "voice-speaker": "", "voice-name": name, "voice-kind": "person"}
    return at_desk(client, claim, marking(claim, "source", "Lena Ortiz"), sent)


def surface(claim):
    return Claim.objects.get(pk=claim.pk).surface


def speaker(claim):
    row = Claim.objects.get(pk=claim.pk).speaker
    return row and row.name


# The API


def tag(client, claim):
    return client.get(f"/api/v1/claims/{claim.uid}/")["ETag"]


def by_api(client, claim, seen, value):
    user = client.session["_auth_user_id"]
    token = tokens.make(make.User.objects.get(pk=user), writes=True)
    headers = {"If-Match": seen, "Authorization": f"Token {token}"}
    method, path, body = value
    address = f"/api/v1/claims/{claim.uid}/{path}"
    return Client().generic(method, address, json.dumps(body), "application/json", headers=headers)


def effect(claim):
    row = Claim.objects.get(pk=claim.pk)
    return row.status, row.value


CHANGES = {"first": "accept", "second": "reject"}
RULED = {"first": ("POST", "accept/", {}), "second": ("POST", "reject/", {"reason": "no"})}
CORRECTED = {"first": ("PATCH", "", {"value": "1"}), "second": ("PATCH", "", {"value": "2"})}
TYPED = {"first": "first words", "second": "second words"}

WAYS = {
    # name: the way, what the two send
    "claim form": (form("concept", a_claim), TYPED),
    "claim form, value": (form("value", a_claim), {"first": "1", "second": "2"}),
    "article form": (form("section", lambda n: make.article(f"{n}. {make.TEXT}")), TYPED),
    "outlet form": (form("domain", lambda n: make.outlet(f"Outlet {n}")), TYPED),
    "speaker form": (form("name", lambda n: make.speaker(f"Lena Ortiz {n}")), TYPED),
    "topic form": (form("label", lambda n: make.topic(f"topic-{n}")), TYPED),
    "alias inline": (
        form("aliases-0-form", an_alias, of_owner, lambda row: Alias.objects.get(pk=row.pk).form),
        TYPED,
    ),
    "note inline": (
        form("note_rows-0-text", a_note, of_owner, lambda row: Note.objects.get(pk=row.pk).text),
        TYPED,
    ),
    "button": (Way(a_claim, status, shown, by_button), CHANGES),
    "list action": (Way(a_claim, status, shown, by_action), CHANGES),
    "desk, key": (Way(a_claim, status, shown, by_key, refusal=409), CHANGES),
    "desk, card": (
        Way(a_claim, effect, card_of, by_card, refusal=409),
        {"first": "1", "second": "2"},
    ),
    "desk, words": (
        Way(a_claim, surface, place_of, by_moving, refusal=409),
        {"first": "3.74", "second": "3.74 million passengers"},
    ),
    "desk, voice": (
        Way(a_claim, speaker, place_of, by_voice, refusal=409),
        {"first": "Ada Rao", "second": "Ida Moss"},
    ),
    "API ruling": (Way(a_claim, effect, tag, by_api, refusal=412), RULED),
    "API correction": (Way(a_claim, effect, tag, by_api, refusal=412), CORRECTED),
}


@pytest.fixture(autouse=True)
def _no_quota():
    cache.clear()


def entries_of(client):
    actor = client.session["_auth_user_id"]
    return Change.objects.filter(actor=actor).exclude(object_type="user").count()


@pytest.mark.parametrize("name", WAYS)
def test_who_saves_second_overwrites_nobody(name):
    way, sent = WAYS[name]
    names = ("author", "author") if name == "note inline" else ("first", "second")
    first, second = map(signed_in, names)  # a note is its author's: one account, two browsers
    for n in range(ROUNDS):
        row = way.row(n)
        seen = [way.look(client, row) for client in (first, second)]
        before = way.stored(row)
        way.write(first, row, seen[0], sent["first"])
        kept = way.stored(row)
        assert kept != before, "the first is saved"
        logged = entries_of(second)
        answer = way.write(second, row, seen[1], sent["second"])
        assert answer.status_code == way.refusal
        assert way.stored(row) == kept, "the second overwrites nothing"
        said = answer.content.decode()
        assert "changed by somebody else" in said or "is not as you saw it" in said
        assert entries_of(second) == logged
    assert entries_of(first) >= ROUNDS


ON_ONE_CLAIM = ("claim form", "button", "list action", "API ruling", "API correction")
ON_ONE_CLAIM += ("desk, key", "desk, card", "desk, words", "desk, voice")
CROSSED = list(permutations(ON_ONE_CLAIM, 2))


@pytest.mark.parametrize(("one", "other"), CROSSED)
def test_what_one_way_saved_no_other_overwrites(one, other):
    first, second = signed_in("first"), signed_in("second")
    (early, sent), (late, other_sent) = WAYS[one], WAYS[other]
    for n in range(2):
        claim = a_claim(n)
        seen = early.look(first, claim), late.look(second, claim)
        early.write(first, claim, seen[0], sent["first"])
        kept = Claim.objects.values().get(pk=claim.pk)
        answer = late.write(second, claim, seen[1], other_sent["second"])
        assert answer.status_code == late.refusal
        assert Claim.objects.values().get(pk=claim.pk) == kept
        assert entries_of(second) == 0


def test_the_rows_make_two_hundred_conflicts():
    assert len(WAYS) * ROUNDS + len(CROSSED) * 2 >= 200
