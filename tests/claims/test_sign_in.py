"""The sign-in guard: what locks, for whom, for how long, and who can unlock it."""

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from claims import sign_in
from claims.models import Change, SignInTry
from tests.claims import make

pytestmark = pytest.mark.django_db

WORD = "correct horse"
LOCKED = "Too many wrong passwords"


@pytest.fixture(autouse=True)
def _quick(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada(db):
    user = make.user("ada", is_staff=True)
    user.set_password(WORD)
    user.save()
    return user


def by_page(word, name="ada", page="sign_in", **meta):
    """Return whether a name and password signed in, and what the page said if not."""
    sent = {"username": name, "password": word}
    answer = Client().post(reverse(page), sent, **meta)
    return answer.status_code == 302, answer.content.decode()


def by_api(word, name="ada"):
    sent = base64.b64encode(f"{name}:{word}".encode()).decode()
    answer = Client().post("/api/v1/tokens/", headers={"Authorization": f"Basic {sent}"})
    return answer.status_code == 201, answer.content.decode()


WAYS = [by_page, lambda word: by_page(word, page="admin:login"), by_api]


@pytest.mark.parametrize("way", WAYS)
def test_five_wrong_passwords_lock_the_name_and_the_page_says_so(ada, way):
    said = [way(f"wrong {n}") for n in range(5)]
    assert [LOCKED in page for _, page in said] == [False] * 4 + [True]
    done, page = way(WORD)
    assert (done, LOCKED in page, "15 minutes" in page) == (False, True, True)


def test_what_one_way_in_locks_is_locked_on_the_others(ada):
    for _ in range(5):
        by_page("wrong")
    assert LOCKED in by_page(WORD, page="admin:login")[1]
    assert LOCKED in by_api(WORD)[1]


def test_a_locked_name_says_over_the_api_how_long_to_wait(ada):
    for _ in range(5):
        by_page("wrong")
    sent = base64.b64encode(f"ada:{WORD}".encode()).decode()
    answer = Client().post("/api/v1/tokens/", headers={"Authorization": f"Basic {sent}"})
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert 800 < int(answer["Retry-After"]) <= 900


def test_others_behind_the_same_address_and_the_name_elsewhere_stay_free(ada):
    bert = make.user("bert")
    bert.set_password(WORD)
    bert.save()
    for _ in range(6):
        by_page("wrong")
    assert by_page(WORD, name="bert")[0]
    assert by_page(WORD, REMOTE_ADDR="192.0.2.7")[0]
    assert not by_page(WORD)[0]


def test_the_right_password_forgets_the_wrong_ones(ada):
    for _ in range(3):
        for _ in range(4):
            by_page("wrong")
        assert by_page(WORD)[0]
    assert not SignInTry.objects.exists()


def test_a_lock_ends_by_itself_however_often_somebody_knocks(ada):
    for _ in range(9):
        by_page("wrong")
    early = timezone.now() - timedelta(minutes=14)
    SignInTry.objects.update(last=early)
    assert not by_page(WORD)[0]
    assert SignInTry.objects.get().last == early
    SignInTry.objects.update(last=timezone.now() - timedelta(minutes=16))
    assert by_page(WORD)[0]


def test_a_name_without_an_account_is_locked_alike_and_not_kept(ada):
    known = [by_page("wrong")[1] for _ in range(6)]
    unknown = [by_page("wrong", name="nobody")[1] for _ in range(6)]
    assert [LOCKED in page for page in known] == [LOCKED in page for page in unknown]
    row = SignInTry.objects.get(user=None)
    assert "nobody" not in f"{row.key} {row.address} {row}"


def test_names_that_differ_in_case_only_share_their_tries(ada):
    for name in ("ada", "Ada", "ADA", "aDa", "adA"):
        by_page("wrong", name=name)
    assert not by_page(WORD)[0]


ADDRESSES = [
    # proxies believed, REMOTE_ADDR, X-Forwarded-For, address
    (0, "192.0.2.1", "", "192.0.2.1"),
    (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
    (1, "192.0.2.1", "198.51.100.5, 203.0.113.9", "203.0.113.9"),
    (2, "192.0.2.1", "198.51.100.5, 203.0.113.9", "198.51.100.5"),
    (1, "192.0.2.1", "no address", "unknown"),
    (0, "2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
    (0, "2001:db8:1:2:ffff::9", "", "2001:db8:1:2::/64"),
]


@pytest.mark.parametrize(("proxies", "remote", "forwarded", "address"), ADDRESSES)
def test_an_address_is_what_the_trusted_proxies_say(proxies, remote, forwarded, address, settings):
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"NUM_PROXIES": proxies}
    meta = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **meta)
    assert sign_in.address_of(request) == address


def test_a_forged_header_makes_no_other_address(ada):
    for n in range(5):
        by_page("wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}")
    assert not by_page(WORD, HTTP_X_FORWARDED_FOR="10.0.0.99")[0]


@pytest.mark.parametrize(("name", "word"), [("a\x00da", WORD), ("ada", "\x00"), (None, None)])
def test_what_is_no_text_is_a_wrong_name_or_password_and_counts_nothing(ada, name, word):
    assert authenticate(None, username=name, password=word) is None
    assert not SignInTry.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="tests share one table in memory")
@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_look_at_no_more_passwords_than_one_after_another(monkeypatch):
    user, looked = make.user("ada"), []
    user.set_password(WORD)
    user.save()
    real = type(user).check_password
    monkeypatch.setattr(
        type(user), "check_password", lambda self, raw: looked.append(raw) or real(self, raw)
    )

    def guess(n):
        try:
            return by_page(f"wrong {n}")[0]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        assert not any(threads.map(guess, range(18)))
    assert len(looked) == 5


def test_old_tries_are_cleared_away(ada):
    by_page("wrong", name="somebody")
    SignInTry.objects.update(last=timezone.now() - timedelta(hours=1))
    by_page("wrong")
    assert SignInTry.objects.get().user == ada


def test_an_administrator_unlocks_a_name_and_the_log_says_so(ada):
    for _ in range(5):
        by_page("wrong")
    boss = make.member("admin")
    browser = Client()
    browser.force_login(boss)
    row = SignInTry.objects.get()
    page = browser.get(reverse("admin:claims_signintry_changelist")).content.decode()
    assert "ada" in page
    address = reverse("admin:claims_signintry_delete", args=[row.pk])
    assert browser.post(address, {"post": "yes"}).status_code == 302
    assert by_page(WORD)[0]
    entry = Change.objects.get(action="unlock sign-in")
    assert (entry.actor, entry.object_name) == (boss, "ada from 127.0.0.1")


def test_several_names_are_unlocked_together(ada):
    for name in ("ada", "bert"):
        by_page("wrong", name=name)
    browser = Client()
    browser.force_login(make.member("admin"))
    rows = list(SignInTry.objects.values_list("pk", flat=True))
    sent = {"action": "delete_selected", "_selected_action": rows, "post": "yes"}
    browser.post(reverse("admin:claims_signintry_changelist"), sent)
    assert not SignInTry.objects.exists()


def test_own_rights_and_those_of_groups_are_asked_once(django_assert_num_queries):
    chief = make.member("chief editor")
    rights = chief.get_group_permissions()
    own = Permission.objects.exclude(content_type__app_label="claims").first()
    chief.user_permissions.add(own)
    again = User.objects.get(pk=chief.pk)
    with django_assert_num_queries(1):
        assert again.has_perm("claims.change_claim")
        assert not again.has_perm("claims.no_such_right")
        found = again.get_all_permissions()
    assert found == rights | {f"{own.content_type.app_label}.{own.codename}"}


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({"is_superuser": True}, True),
        ({"is_superuser": True, "is_active": False}, False),
        ({}, False),
    ],
)
def test_who_has_every_right_and_who_has_none(fields, may):
    account = make.user("nobody", **fields)
    assert account.has_perm("claims.change_claim") is may
    assert bool(account.get_all_permissions()) is may


def test_a_session_ends_with_its_account(ada):
    client = Client()
    client.force_login(ada)
    assert client.get(reverse("admin:index")).status_code == 200
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert client.get(reverse("admin:index")).status_code == 302
