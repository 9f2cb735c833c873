"""An account's own pages: signing in, passwords by mail, byline, tokens shown once."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from claims import tokens
from claims.models import Byline, Change, SignInTry
from tests.claims import make

pytestmark = pytest.mark.django_db

WORD, NEW = "correct horse", "battery staple 41"


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada():
    user = make.member("editor", "ada")
    user.set_password(WORD)
    user.email = "ada@example.org"
    user.save()
    return user


@pytest.fixture
def browser(ada):
    client = Client()
    client.force_login(ada)
    return client


def sign_in(name, word, **more):
    sent = {"username": name, "password": word, **more}
    return Client().post(reverse("sign_in"), sent)


def test_editors_are_led_to_the_admin_and_researchers_to_their_account(ada):
    reader = make.member("researcher", "reader")
    reader.set_password(WORD)
    reader.save()
    assert sign_in("ada", WORD).url == "/admin/"
    assert sign_in("reader", WORD).url == "/account/"
    assert sign_in("ada", WORD, next="/api/docs/").url == "/api/docs/"


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:0"])
def test_signing_in_leads_to_no_other_site(ada, address):
    assert sign_in("ada", WORD, next=address).url == "/admin/"


def test_a_closed_account_does_not_sign_in(ada):
    ada.is_active = False
    ada.save()
    assert "Please enter a correct username" in sign_in("ada", WORD).content.decode()


def test_signing_out_needs_a_post(browser):
    assert browser.get(reverse("sign_out")).status_code == 405
    assert browser.post(reverse("sign_out")).status_code == 302
    assert browser.get(reverse("account")).status_code == 302


def test_the_first_page_shows_the_way_in_and_to_the_account(client, browser):
    assert "Sign in" in client.get("/").content.decode()
    assert "Account" in browser.get("/").content.decode()


def test_a_password_is_changed_and_other_sessions_end(ada, browser):
    other = Client()
    other.force_login(ada)
    sent = {"old_password": WORD, "new_password1": NEW, "new_password2": NEW}
    answer = browser.post(reverse("password_change"), sent, follow=True)
    assert "Your password was changed" in answer.content.decode()
    assert browser.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302


def test_a_weak_password_is_refused(browser):
    sent = {"old_password": WORD, "new_password1": "12345678", "new_password2": "12345678"}
    assert "too common" in browser.post(reverse("password_change"), sent).content.decode()


def link_in_mail():
    (sent,) = mail.outbox
    return re.search(r"http://testserver(/account/reset/\S+)", sent.body)[1]


def test_a_link_by_mail_sets_a_new_password_once_and_ends_all_tokens(ada, client):
    tokens.make(ada)
    client.post(reverse("admin_password_reset"), {"email": "ada@example.org"})
    page = client.get(link_in_mail(), follow=True)
    assert "set-password" in page.redirect_chain[0][0], "the secret is not in the form's address"
    sent = {"new_password1": NEW, "new_password2": NEW}
    done = client.post(page.redirect_chain[0][0], sent, follow=True)
    assert reverse("sign_in") in done.content.decode()
    assert sign_in("ada", NEW).status_code == 302
    assert not AuthToken.objects.exists()
    assert "invalid" in client.get(link_in_mail()).content.decode()


def test_who_has_no_account_gets_no_mail_and_the_same_answer(ada, client):
    answers = [
        client.post(reverse("admin_password_reset"), {"email": email}, follow=True)
        for email in ("ada@example.org", "nobody@example.org")
    ]
    assert len({answer.redirect_chain[0] for answer in answers}) == 1
    assert len(mail.outbox) == 1


def test_nobody_is_flooded_with_links(ada, client):
    for _ in range(7):
        answer = client.post(reverse("admin_password_reset"), {"email": "ada@example.org"})
    assert "Asked for too often" in answer.content.decode()
    assert len(mail.outbox) == 5
    assert sign_in("ada", WORD).status_code == 302, "asking for links locks nobody out"
    assert SignInTry.objects.get().failures == 5


def test_a_token_is_shown_once_and_never_kept_by_the_browser(browser):
    answer = browser.post(reverse("token_make"), {"name": "nightly export"})
    token = re.search(r'class="secret">(\w+)<', answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    sent = {"Authorization": f"Token {token}"}
    assert Client().get("/api/v1/runs/", headers=sent).status_code == 200
    page = browser.get(reverse("account")).content.decode()
    assert token not in page
    assert "nightly export" in page
    assert token[:6] in page


@pytest.mark.parametrize(
    ("sent", "said"), [({"name": ""}, "required"), ({"name": "x" * 81}, "80"), ({}, "required")]
)
def test_a_token_has_a_name(browser, sent, said):
    answer = browser.post(reverse("token_make"), sent)
    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert not AuthToken.objects.exists()


def test_there_is_an_end_of_tokens(browser, monkeypatch):
    monkeypatch.setattr("claims.tokens.MOST", 1)
    answers = [browser.post(reverse("token_make"), {"name": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 400]
    assert "revoke one first" in answers[1].content.decode()


def test_a_token_is_revoked_by_its_owner_only(ada, browser):
    token = tokens.make(ada)
    key = AuthToken.objects.get().token_key
    other = Client()
    other.force_login(make.member("editor", "bert"))
    assert (
        "no such token"
        in other.post(reverse("token_revoke"), {"key": key}, follow=True).content.decode()
    )
    sent = {"Authorization": f"Token {token}"}
    assert Client().get("/api/v1/runs/", headers=sent).status_code == 200
    assert (
        "Revoked"
        in browser.post(reverse("token_revoke"), {"key": key}, follow=True).content.decode()
    )
    assert Client().get("/api/v1/runs/", headers=sent).status_code == 401
    assert set(Change.objects.values_list("action", "origin")) == {
        ("make token", "command"),
        ("revoke token", "page"),
    }


def test_only_editors_are_offered_a_byline_and_tokens_that_write(browser):
    page = browser.get(reverse("account")).content.decode()
    assert "Public byline" in page
    assert "may rule on claims" in page
    reader = Client()
    reader.force_login(make.member("researcher"))
    page = reader.get(reverse("account")).content.decode()
    assert "Public byline" not in page
    assert "may rule on claims" not in page


BYLINES = [
    # typed, kept, said
    ("  A.  Lovelock ", "A. Lovelock", "Your byline is chosen"),
    ("", None, "You have no byline now"),
    ("a\x00b", None, "NUL"),
    ("x" * 101, None, "at most 100"),
]


@pytest.mark.parametrize(("typed", "kept", "said"), BYLINES)
def test_a_byline_is_chosen(browser, typed, kept, said):
    answer = browser.post(reverse("byline"), {"byline": typed}, follow=True)
    assert said in answer.content.decode()
    assert Byline.objects.values_list("name", flat=True).first() == kept


def test_the_account_page_costs_few_queries(ada, browser, django_assert_max_num_queries):
    for n in range(5):
        tokens.make(ada, name=str(n))
    with django_assert_max_num_queries(6):
        browser.get(reverse("account"))
