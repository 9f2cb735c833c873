"""The demonstration: what a first look finds, and that repeating it changes nothing."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims import demo
from claims.models import Article, Claim, Ruling
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(capsys):
    """Run the demonstration without serving, and return what it printed."""

    def run(**options):
        call_command("demo", no_serve=True, **options)
        return capsys.readouterr().out

    return run


def test_the_demonstration_leaves_accepted_claims_and_an_editor_with_something_to_rule_on(
    shown, client
):
    said = shown()
    password = said.partition("  password")[2].split()[0]
    assert client.login(username="demo", password=password)
    assert "29 new articles, 0 already known" in said
    assert Claim.objects.public().count() > 300
    assert Claim.objects.queue().exists()
    assert set(Ruling.objects.values_list("actor__username", flat=True)) == {"demo"}
    assert not Article.objects.exclude(visibility="public").exists()
    call_command("verify")


def test_repeating_it_adds_nothing_and_keeps_rulings_and_password(shown):
    shown()
    password = User.objects.get().password
    claim = Claim.objects.public().first()
    make.rule(claim, {"status": "rejected"}, by=User.objects.get())
    said = shown()
    assert "0 new articles, 29 already known; 0 claims accepted" in said
    assert "as shown the first time" in said
    assert User.objects.get().password == password
    assert Claim.objects.get(pk=claim.pk).status == "rejected"


def test_it_does_not_run_in_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("demo", no_serve=True)
    assert not User.objects.exists()


def test_it_says_when_the_sample_texts_are_not_there(settings, tmp_path):
    settings.ROOT = tmp_path
    with pytest.raises(CommandError, match="run this from a checkout"):
        call_command("demo", no_serve=True)


def test_a_port_in_use_is_named_before_anything_is_done(live_server):
    port = int(live_server.url.rpartition(":")[2])
    with pytest.raises(CommandError, match=f"Port {port}.*Nothing was changed"):
        call_command("demo", port=port)
    assert not Article.objects.exists()


def test_gold_that_does_not_fit_is_named(settings, shown, monkeypatch, tmp_path):
    (tmp_path / "odd.toml").write_text(
        'file = "texts/daily-lantern/02-rovers.txt"\n[[article]]\nheadline = "Nothing like it"\n'
    )
    accept = demo.accept_marked
    monkeypatch.setattr(
        demo, "accept_marked", lambda gold, seeds, actor: accept(tmp_path, seeds, actor=actor)
    )
    with pytest.raises(CommandError, match=r"odd\.toml: Nothing like it"):
        shown()


def test_it_serves_on_this_machine_only(monkeypatch):
    called = []

    def record(name, *args, **options):
        called.append((name, *args))

    monkeypatch.setattr("claims.management.commands.demo.call_command", record)
    call_command("demo", port=18999)
    assert called[-1] == ("runserver", "127.0.0.1:18999")
