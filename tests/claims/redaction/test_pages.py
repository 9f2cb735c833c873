"""The pages and the command on which words are removed, in two steps."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from claims.models import (
    Speaker,
    Tombstone,
)
from tests.claims import make
from tests.claims.redaction.removals import (
    everything,
)

pytestmark = pytest.mark.django_db


def test_the_command_shows_first_and_removes_with_yes(stored, chief):
    out = io.StringIO()
    call_command("redact", "--name", "Plantedsen", stdout=out)
    assert "articletext: 2 rows" in out.getvalue()
    assert "Nothing was changed" in out.getvalue()
    call_command("redact", "--article", stored.uid, stdout=out)
    assert Tombstone.objects.count() == 0
    with pytest.raises(CommandError, match="--by: name an account"):
        call_command("redact", "--name", "Plantedsen", "--yes", "--reason", "order")
    with pytest.raises(CommandError, match="reason: say on what ground"):
        call_command("redact", "--name", "Plantedsen", "--yes", "--by", "chief")
    with pytest.raises(CommandError, match="No article has the uid"):
        call_command("redact", "--article", "nothing")
    given = ("--yes", "--by", "chief", "--reason", "order")
    call_command("redact", "--name", "Plantedsen", *given, stdout=out)
    call_command("redact", "--article", stored.uid, *given, stdout=out)
    assert Tombstone.objects.count() == 2
    assert "plantedsen" not in everything()


def test_a_chief_editor_removes_a_text_in_two_steps(client, stored, chief):
    client.force_login(chief)
    address = reverse("admin:claims_tombstone_text", args=[stored.pk])
    assert stored.uid in client.get(address).content.decode()
    stored.refresh_from_db()
    data = {"reason": "order", "uid": "wrong", "version": stored.version}
    assert "another article" in client.post(address, data).content.decode()
    client.post(address, data | {"uid": stored.uid})
    assert Tombstone.objects.get().what == "text"
    page = client.get(reverse("admin:claims_article_change", args=[stored.pk])).content.decode()
    assert "Remove the text" not in page
    assert client.get(reverse("admin:claims_tombstone_text", args=[10**6])).status_code == 404


def test_a_chief_editor_removes_a_name_in_two_steps(client, stored, chief):
    client.force_login(chief)
    address = reverse("admin:claims_tombstone_name")
    speaker = Speaker.objects.filter(name__contains="Plantedsen").first()
    assert speaker.name in client.get(f"{address}?speaker={speaker.pk}").content.decode()
    data = {"forms_of_name": "Plantedsen\n\n", "reason": "order"}
    assert "articletext" in client.post(address, data).content.decode()
    assert "too short" in client.post(address, data | {"forms_of_name": "A"}).content.decode()
    assert Tombstone.objects.count() == 0
    client.post(address, data | {"confirmed": "yes"})
    assert Tombstone.objects.get().what == "name"
    assert "Remove a name" in client.get("/admin/claims/tombstone/").content.decode()


def test_editors_without_the_right_come_nowhere_near(client, stored):
    client.force_login(make.user("visitor", is_staff=True))
    for address in (
        reverse("admin:claims_tombstone_name"),
        reverse("admin:claims_tombstone_text", args=[stored.pk]),
    ):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("number", ["9" * 18, "9" * 30, "9" * 5000, "²", "x"])
def test_an_address_that_names_no_speaker_shows_an_empty_form(number, client, chief):
    client.force_login(chief)
    address = reverse("admin:claims_tombstone_name")
    assert client.get(f"{address}?speaker={number}").status_code == 200
