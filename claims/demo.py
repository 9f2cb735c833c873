"""The demonstration: sample texts imported, read, and accepted where they match their marks."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.crypto import get_random_string

from claims import rights, starters
from claims.curation import review
from claims.ingest import FileReport, Options, find, import_path
from claims.models import Article, Claim, Reading
from corpus.findings import from_json, text_digest
from corpus.score import Marked, load_gold, pair, same_voice

EDITOR = "demo"


@transaction.atomic
def editor() -> tuple[User, str]:
    """Return the demonstration's editor, and the password if the account was made just now."""
    user, created = User.objects.get_or_create(username=EDITOR, defaults={"is_staff": True})
    if not created:
        return user, ""
    password = get_random_string(16)
    user.set_password(password)
    user.save()
    user.groups.set(Group.objects.filter(name__in=(rights.EDITOR, rights.CHIEF)))
    return user, password


def import_samples(seeds: Path, *, actor: User) -> Iterator[FileReport]:
    """Add starter rows, then import every folder of texts under its outlet, open to the public."""
    for folder in starters.load(seeds, actor=actor):
        options = Options(outlet=folder.outlet, visibility=Article.Visibility.PUBLIC, actor=actor)
        for path in find([str(folder.path)]):
            yield import_path(path, options)


def accept_marked(gold: Path, seeds: Path, *, actor: User) -> int:
    """Accept untouched claims that agree with gold marks, voices too where they agree.

    Everything else stays proposed, so that there is something to rule on. Returns how many
    claims were accepted now; a claim anybody ruled on is left as it is.
    """
    return sum(_accept(marked, actor) for marked in load_gold(gold, seeds))


def _accept(marked: Marked, actor: User) -> int:
    digest = text_digest(marked.article.text)
    reading = Reading.objects.filter(article__text_sha256=digest).order_by("-id").first()
    if reading is None:
        return 0
    found = list(pair(marked.claims, from_json(reading.data).claims))
    untouched = {
        (claim.start, claim.end, claim.kind): claim.pk
        for claim in Claim.objects.filter(article=reading.article_id, rulings=None)
    }
    keys = {(claim.start, claim.end, claim.kind): same_voice(mark, claim) for mark, claim in found}
    accepted = 0
    for voice in (True, False):
        ids = [pk for key, pk in untouched.items() if keys.get(key) is voice]
        claims = Claim.objects.filter(pk__in=ids)
        accepted += review.accept(claims, actor=actor, voice=voice).changed
    return accepted


def summary() -> list[tuple[str, int, int, int]]:
    """Return, for each kind of claim, how many there are, are accepted, and have a known voice."""
    claims = Claim.objects.current()
    total = Counter(claims.values_list("kind", flat=True).order_by())
    accepted = Counter(
        claims.filter(status=Claim.Status.ACCEPTED).values_list("kind", flat=True).order_by()
    )
    voiced = Counter(
        claims.filter(voice_status=Claim.VoiceStatus.CONFIRMED)
        .values_list("kind", flat=True)
        .order_by()
    )
    return [(kind, total[kind], accepted[kind], voiced[kind]) for kind in sorted(total)]
