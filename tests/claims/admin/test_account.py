"""Accounts for administrators: groups, the staff flag, superusers out of reach, tokens revoked."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from claims import tokens
from claims.curation import undo
from claims.models import Change
from tests.claims import make

pytestmark = pytest.mark.django_db

WORD = "battery staple 41"


@pytest.fixture(autouse=True)
def _quick(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def boss():
    return make.member("admin", "boss")


@pytest.fixture
def browser(boss):
    client = Client()
    client.force_login(boss)
    return client


def page_of(user):
    return reverse("admin:auth_user_change", args=[user.pk])


def sent(user, *roles, **more):
    groups = list(Group.objects.filter(name__in=roles).values_list("pk", flat=True))
    return {"username": user.username, "groups": groups, "is_active": "on"} | more


def test_an_account_is_made_and_gets_its_rights_from_its_groups(browser):
    made = {"username": "ada", "usable_password": "true", "password1": WORD, "password2": WORD}
    browser.post(reverse("admin:auth_user_add"), made)
    ada = User.objects.get(username="ada")
    assert not ada.is_staff
    browser.post(page_of(ada), sent(ada, "editor"))
    ada = User.objects.get(username="ada")
    assert (ada.is_staff, ada.has_perm("claims.change_claim")) == (True, True)
    browser.post(page_of(ada), sent(ada, "researcher"))
    ada = User.objects.get(username="ada")
    assert (ada.is_staff, ada.has_perm("claims.change_claim")) == (False, False)
    entries = Change.objects.filter(object_type="user").order_by("pk")
    assert [entry.action for entry in entries] == ["make account", "edit account", "edit account"]
    assert entries[2].before == {"groups": ["editor"], "is_staff": True}
    assert WORD not in str(list(entries.values()))


def test_saving_an_account_as_it_is_logs_nothing(browser):
    ada = make.member("editor", "ada")
    browser.post(page_of(ada), sent(ada, "editor"))
    assert not Change.objects.exists()


def test_a_password_set_for_somebody_is_logged_without_the_password(browser):
    ada = make.member("editor", "ada")
    address = reverse("admin:auth_user_password_change", args=[ada.pk])
    browser.post(address, {"password1": WORD, "password2": WORD, "usable_password": "true"})
    assert User.objects.get(pk=ada.pk).check_password(WORD)
    entry = Change.objects.get()
    assert (entry.action, entry.object_name) == ("set password", "ada")
    assert WORD not in str(entry.after)


FORGED = [{"is_superuser": "on"}, {"is_staff": "on"}, {"user_permissions": ["1", "2"]}]


@pytest.mark.parametrize("more", FORGED, ids=str)
def test_nobody_raises_himself_by_a_forged_field(browser, boss, more):
    browser.post(page_of(boss), sent(boss, "admin", **more))
    boss.refresh_from_db()
    assert (boss.is_superuser, boss.user_permissions.exists()) == (False, False)


def test_superusers_are_changed_by_superusers_only(browser):
    root = User.objects.create_superuser("root")
    for name in ("change", "password_change"):
        address = reverse(f"admin:auth_user_{name}", args=[root.pk])
        assert browser.post(address, {"password1": WORD, "password2": WORD}).status_code == 403
    own = Client()
    own.force_login(root)
    ada = make.member("editor", "ada")
    own.post(page_of(ada), sent(ada, "editor", is_superuser="on"))
    assert User.objects.get(pk=ada.pk).is_superuser


def test_accounts_are_found_by_the_beginning_of_the_name(browser):
    make.member("editor", "ada")
    make.member("editor", "bert")
    address = reverse("admin:auth_user_changelist")
    page = browser.get(f"{address}?q=ad").content.decode()
    assert ("ada" in page, "bert" in page) == (True, False)
    assert browser.get(f"{address}?username__regex=(").status_code == 400


def test_the_list_names_groups_in_a_fixed_number_of_queries(browser, django_assert_num_queries):
    User.objects.create_superuser("root")
    address = reverse("admin:auth_user_changelist")
    browser.get(address)
    with django_assert_num_queries(6) as few:
        assert "superuser" in browser.get(address).content.decode()
    for n in range(9):
        make.member("editor", f"editor {n}")
    with django_assert_num_queries(len(few)):
        browser.get(address)


def test_accounts_are_not_deleted_and_changes_of_them_are_not_undone(browser, boss):
    ada = make.member("editor", "ada")
    assert browser.post(reverse("admin:auth_user_delete", args=[ada.pk])).status_code == 403
    browser.post(page_of(ada), sent(ada, "researcher"))
    with pytest.raises(undo.CannotUndo, match="own pages"):
        undo.undo(Change.objects.get().batch, actor=boss)


def test_tokens_are_seen_without_their_secret_and_revoked(browser):
    token = tokens.make(make.member("editor", "ada"), name="nightly", writes=True)
    AuthToken.objects.create(make.user("old"))  # from before tokens had cards
    page = browser.get(reverse("admin:knox_authtoken_changelist")).content.decode()
    assert "nightly" in page
    assert token not in page
    row = AuthToken.objects.get(user__username="ada")
    change = reverse("admin:knox_authtoken_change", args=[row.pk])
    assert token not in browser.get(change).content.decode()
    browser.post(reverse("admin:knox_authtoken_delete", args=[row.pk]), {"post": "yes"})
    assert not AuthToken.objects.filter(user__username="ada").exists()
    assert Change.objects.get(action="revoke token").actor.username == "boss"
