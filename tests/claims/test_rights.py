"""The table of rights: it names every address, and every address does what it says."""

import base64
import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver
from knox.models import AuthToken

from claims import rights
from claims.curation import articles, reports, samples
from claims.gate import Refused
from claims.models import (
    Article,
    Attribution,
    Candidate,
    Change,
    Claim,
    IdentityJudgement,
    Job,
    Ruling,
    SignInTry,
    Speaker,
    Tombstone,
)
from tests.claims import make
from tests.claims.admin.forms import save

pytestmark = pytest.mark.django_db

WORD = "correct horse"
REFUSED = {401, 403, 404, 405}


def addresses(found=None, space="", path=""):
    """Yield every address of the site: its name in the table, and its pattern."""
    for one in (found or get_resolver()).url_patterns:
        here = path + str(one.pattern)
        if isinstance(one, URLPattern):
            yield space + (one.name or here), here
        else:
            below = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one, below, here)


ADDRESSES = dict(addresses())


@pytest.fixture(autouse=True)
def _quick(settings):
    cache.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def rows():
    """Return one row of each table that an address names, by the table's name."""
    article = make.article(outlet=make.outlet())
    ortiz = make.speaker(privacy="public")
    claim = make.accepted(article, voices=[make.attribution(article, ortiz)])
    make.rule(claim, {"voice_status": "confirmed"})
    make.same(make.speaker("Mara Voss", privacy="public"), make.speaker("Mara M. Voss"))
    one, other = make.speaker("Tom Brandt"), make.speaker("T. Brandt")
    run = make.run(ended=None)
    reading = run.readings.create(article=article, text_sha256="", data=make.reading_of(make.TEXT))
    default_storage.save("sources/none", ContentFile(make.TEXT.encode()))
    make.placement(article, make.source_file())
    user = make.user("somebody")
    token, _ = AuthToken.objects.create(user)
    return {
        "article": article,
        "attribution": article.attributions.get(),
        "authtoken": token,
        "candidate": Candidate.objects.create(one=one, other=other, score=0.9),
        "change": Change.objects.first(),
        "claim": claim,
        "identityjudgement": Speaker.objects.get(name="Mara Voss").judged_first.get(),
        "job": Job.objects.create(kind="read", run=run),
        "outlet": article.outlet,
        "reading": reading,
        "report": reports.receive(claim, "error", "No.", address="", account=None),
        "run": run,
        "sample": samples.draw("May", size=1, seed=1, actor=user),
        "tombstone": Tombstone.objects.create(what="name", actor=user),
        "signintry": SignInTry.objects.create(key="k", user=user, last=user.date_joined),
        "sourcefile": make.source_file(),
        "speaker": claim.speaker,
        "topic": make.topic(),
        "user": user,
    }


_OF_ANOTHER = {"admin:claims_tombstone_text": "article", "report": "claim"}
"""Addresses with a row of another table in them than the one they are named for."""


def path_of(name, rows):
    """Return an address with a row of its own table in it."""
    pattern = ADDRESSES[name]
    words = re.findall("[a-z]+", pattern.removeprefix("admin/claims/"))
    tables = [one for word in words for one in (word, word.removesuffix("s")) if one in rows]
    table = _OF_ANOTHER.get(name) or (tables[0] if tables else "claim")
    row = rows[table]
    values = {
        "uid": getattr(row, "uid", row.pk),
        "app_label": "claims",
        "form": "bib" if "cite" in name else "csv",
        "name": "claims",
        "what": "apply",
        "sheet": table,
        "content_type_id": "1",
        "uidb64": "MQ",
        "number": str(getattr(row, "version", 1)),
        "token": "set-password",
        "url": "nothing",
        "rest": "nothing",
        "scheme": getattr(row, "scheme", ""),
        "code": getattr(row, "code", ""),
        "about": "claim",
    }

    def value(found):
        return str(values.get(found[1], row.pk))

    plain = re.sub(r"<(?:\w+:)?(\w+)>", value, re.sub(r"\(\?P<(\w+)>[^)]*\)", value, pattern))
    return "/" + re.sub(r"[\^$?\\]", "", plain)


def account(role):
    if role == rights.EVERYBODY:
        return None
    user = make.member(role, f"some {role}")
    user.set_password(WORD)
    user.save()
    return user


def asked(name, rows):
    """Return the question without which an address has nothing to show."""
    field = "app_label=claims&model_name=claimvoice&field_name=speaker"
    other = f"other={rows['speaker'].pk + 1}"
    return {"admin:autocomplete": field, "admin:claims_speaker_judge": other}.get(name, "")


def answers(name, path, user, method, question=""):
    """Return what an address answers to an account; whatever it did is taken back."""
    client = Client(raise_request_exception=False)
    headers = {}
    if user and name == "tokens":  # the one address that takes a name and a password
        said = base64.b64encode(f"{user.username}:{WORD}".encode()).decode()
        headers = {"Authorization": f"Basic {said}"}
    with transaction.atomic():
        if user:
            client.force_login(user)
        kind = "application/x-www-form-urlencoded"
        sent = {"data": question, "content_type": kind} if method == "POST" else {}
        answer = client.generic(method, f"{path}?{question}", headers=headers, **sent)
        transaction.set_rollback(True)
    return answer


def lets_in(answer):
    """Tell whether an answer is the address's own, not a refusal or the way to the sign-in."""
    if answer.status_code == 302:
        return not re.match(r"/(admin/login|account/sign-in)/", answer["Location"])
    return answer.status_code not in REFUSED


def differences(role, method, rows, names):
    """Return the addresses that answer a role otherwise than the table says."""
    user, wrong = account(role), {}
    for name in names:
        cache.clear()
        answer = answers(name, path_of(name, rows), user, method, asked(name, rows))
        said = role in rights.TABLE.get(name, {}).get(method, ())
        if answer.status_code >= 500 or lets_in(answer) != said:
            wrong[name] = answer.status_code
    return wrong


ROLES = (rights.EVERYBODY, *rights.KEPT)
OF_API = [name for name, pattern in ADDRESSES.items() if pattern.startswith("api/")]


def test_the_table_names_every_address_and_no_other():
    assert set(rights.TABLE) == set(ADDRESSES)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", ROLES)
def test_every_address_lets_in_whom_the_table_says(rows, role, method):
    assert differences(role, method, rows, ADDRESSES) == {}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("role", ROLES)
def test_the_api_takes_no_other_method(rows, role, method):
    assert differences(role, method, rows, OF_API) == {}


# What the groups may do


def test_every_migrate_puts_the_groups_right_again():
    editor = Group.objects.get(name=rights.EDITOR)
    editor.permissions.clear()
    Group.objects.get(name=rights.ADMIN).delete()
    call_command("migrate", verbosity=0)
    assert editor.permissions.filter(codename="change_claim").exists()
    assert set(Group.objects.values_list("name", flat=True)) == set(rights.KEPT)
    kept = Group.objects.get(name=rights.ADMIN).permissions
    assert not kept.filter(codename="change_claim").exists()


def test_no_group_may_what_nobody_does_on_the_web():
    codes = {code for kept in rights.KEPT.values() for code in kept}
    deleted = {code for code in codes if ".delete_" in code}
    assert deleted == {
        *("claims.delete_alias", "claims.delete_role", "claims.delete_signintry"),
        "knox.delete_authtoken",
    }
    assert not {
        code for code in codes if re.match(r"claims\.(add|change)_(change|claimvoice)$", code)
    }
    assert not {code for code in codes if code.startswith("auth.") and "group" in code}


# What chief editors alone may


@pytest.mark.parametrize(("role", "stored"), [("editor", "draft"), ("chief editor", "public")])
def test_only_chief_editors_publish(role, stored):
    article, user = make.article(visibility="draft"), account(role)
    client = Client()
    client.force_login(user)
    address = f"/admin/claims/article/{article.pk}/change/"
    save(client, address, visibility="public", section="Port")
    article.refresh_from_db()
    assert (article.visibility, article.section) == (stored, "Port")


def test_the_function_itself_refuses_to_publish_for_an_editor():
    article = make.article(visibility="draft")
    with pytest.raises(Refused, match="only chief editors publish"):
        articles.correct(article, {"visibility": "public"}, actor=account("editor"), version=1)


def test_who_may_not_publish_imports_drafts(client):
    client.force_login(account("admin"))
    page = client.get("/admin/claims/article/import/")
    assert [one for one, _ in page.context["form"].fields["visibility"].choices] == ["draft"]
    file = SimpleUploadedFile("a.txt", b"A text.")
    sent = {"file": file, "visibility": "public"}
    client.post("/admin/claims/article/import/", sent)
    assert not Job.objects.exists()


FORGED = [
    # role that may not, address, what is sent
    ("admin", "admin:claims_claim_changelist", {"action": "accept", "_selected_action": "{claim}"}),
    ("admin", "admin:claims_claim_rule", {"ruling": "reject"}),
    ("admin", "admin:claims_claim_change", {"value": "1", "version_seen": "1"}),
    ("researcher", "admin:claims_claim_rule", {"ruling": "reject"}),
    ("editor", "admin:claims_speaker_judge", {"other": "{other}", "verdict": "same"}),
    ("editor", "admin:auth_user_change", {"username": "x", "is_superuser": "on"}),
    ("editor", "admin:claims_article_delete", {"post": "yes"}),
    ("chief editor", "admin:claims_claim_delete", {"post": "yes"}),
    ("chief editor", "admin:claims_change_delete", {"post": "yes"}),
    ("admin", "admin:claims_change_change", {"action": "nothing"}),
]


@pytest.mark.parametrize(("role", "name", "sent"), FORGED)
def test_a_forged_form_changes_nothing(rows, role, name, sent):
    client = Client()
    client.force_login(account(role))
    before = snapshot()
    ids = {"claim": rows["claim"].pk, "other": rows["candidate"].one_id}
    data = {key: value.format(**ids) for key, value in sent.items()}
    assert client.post(path_of(name, rows), data).status_code in {200, 302, 403}
    assert snapshot() == before


def snapshot():
    """Return all that a forged form might want to change."""
    tables = (Article, Attribution, Change, Claim, IdentityJudgement, Ruling, Speaker)
    found = {table.__name__: list(table.objects.order_by("pk").values()) for table in tables}
    return found | {"User": list(User.objects.order_by("pk").values("username", "is_superuser"))}
