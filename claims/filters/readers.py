"""Who asks, and the rows each kind of reader may see at all: where every list begins."""

from collections.abc import Mapping
from enum import IntEnum

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from claims.models import Article, Attribution, Claim, ClaimVoice, Outlet, Role, Speaker, Topic
from claims.models.article import ArticleQuerySet
from claims.models.claim import ClaimQuerySet
from claims.models.speaker import SpeakerQuerySet


class Reader(IntEnum):
    """Everybody sees what is accepted and public; each further kind of reader sees more.

    Researchers are signed in: they may ask for machine readings of public articles. Editors
    also see drafts, withdrawn articles, rejected claims and every outlet's text.
    """

    EVERYBODY = 0
    RESEARCHER = 1
    EDITOR = 2


STATUSES: Mapping[Reader, frozenset[str]] = {
    Reader.EVERYBODY: frozenset({Claim.Status.ACCEPTED}),
    Reader.RESEARCHER: frozenset({Claim.Status.ACCEPTED, Claim.Status.PROPOSED}),
    Reader.EDITOR: frozenset(Claim.Status.values),
}
"""The states of a claim that each kind of reader may ask for."""

VISIBILITIES: Mapping[Reader, frozenset[str]] = {
    Reader.EVERYBODY: frozenset({Article.Visibility.PUBLIC}),
    Reader.RESEARCHER: frozenset({Article.Visibility.PUBLIC}),
    Reader.EDITOR: frozenset(Article.Visibility.values),
}
"""The visibilities of an article that each kind of reader may ask for."""


def reader_of(user: AbstractBaseUser | AnonymousUser) -> Reader:
    """Return what kind of reader an account is; editors are staff who may view claims."""
    if not user.is_authenticated:
        return Reader.EVERYBODY
    if isinstance(user, AbstractUser) and user.is_staff and user.has_perm("claims.view_claim"):
        return Reader.EDITOR
    return Reader.RESEARCHER


def claims_for(reader: Reader) -> ClaimQuerySet:
    """Return the claims a reader may ask for; unless they ask, they get the public ones."""
    if reader == Reader.EVERYBODY:
        return Claim.objects.public()
    current = Claim.objects.current()
    if reader == Reader.EDITOR:
        return current
    rejected = Q(status=Claim.Status.REJECTED)
    return current.filter(~rejected, article__visibility=Article.Visibility.PUBLIC)


def articles_for(reader: Reader) -> ArticleQuerySet:
    """Return the articles a reader may ask for."""
    return Article.objects.all() if reader == Reader.EDITOR else Article.objects.public()


def outlets_for(reader: Reader) -> QuerySet[Outlet]:
    """Return the outlets a reader may ask for: without rights, those of public articles."""
    if reader == Reader.EDITOR:
        return Outlet.objects.all()
    return Outlet.objects.filter(Exists(Article.objects.public().filter(outlet=OuterRef("pk"))))


def speakers_for(reader: Reader) -> SpeakerQuerySet:
    """Return the speakers a reader may ask for.

    One row for each voice, the canonical one. Everybody: voices that an editor confirmed in a
    public claim. Researchers: voices of any claim they may see. Neither gets private persons,
    and who is not decided counts as private.
    """
    if reader == Reader.EDITOR:
        return Speaker.objects.canonical()
    heard = Exists(_heard(reader)) | Exists(members_for(reader).filter(canonical=OuterRef("pk")))
    return Speaker.objects.canonical().filter(heard, is_public=True)


def members_for(reader: Reader) -> SpeakerQuerySet:
    """Return the rows, merged into others, that a reader may know of by their claims."""
    merged = Speaker.objects.filter(canonical__isnull=False)
    return merged if reader == Reader.EDITOR else merged.filter(Exists(_heard(reader)))


def roles_for(reader: Reader) -> QuerySet[Role]:
    """Return the roles a reader may see: without rights none that nobody checked."""
    if reader == Reader.EDITOR:
        return Role.objects.all()
    if reader == Reader.EVERYBODY:
        return Role.objects.filter(origin=Role.Origin.EDITOR)
    hidden = Q(article__isnull=False) & ~Q(article__visibility=Article.Visibility.PUBLIC)
    return Role.objects.filter(~hidden)


def attributions_for(reader: Reader) -> QuerySet[Attribution]:
    """Return the attributions a reader may ask for.

    Everybody: those of public claims whose voice an editor confirmed, if the speaker is still
    a voice of that claim after the editor's rulings.
    """
    if reader == Reader.EDITOR:
        return Attribution.objects.filter(gone=False)
    # One condition within the other, so that no plan begins with all claims of the speaker.
    voices = ClaimVoice.objects.annotate(head=Coalesce("speaker__canonical", "speaker"))
    speaker = voices.filter(claim=OuterRef("pk"), head=OuterRef(OuterRef("head")))
    heard = _with_voice(reader).filter(Exists(speaker), attribution=OuterRef("pk"))
    rows = Attribution.objects.annotate(head=Coalesce("speaker__canonical", "speaker"))
    return rows.filter(Exists(heard), gone=False)


def topics() -> QuerySet[Topic]:
    """Return all topics with their `key`, scheme:code; labels are for everybody."""
    return Topic.objects.annotate(key=Concat("scheme", Value(":"), "code"))


def shows_voice(reader: Reader, voice_status: str) -> bool:
    """Tell whether a reader may see who a claim is given to."""
    return reader > Reader.EVERYBODY or voice_status == Claim.VoiceStatus.CONFIRMED


def shows_identity(reader: Reader, is_public: bool) -> bool:
    """Tell whether a speaker has an identity of its own for a reader, beyond a name in a claim."""
    return reader == Reader.EDITOR or is_public


def _heard(reader: Reader) -> ClaimQuerySet:
    """Return the claims in which a reader may hear the speaker of the query around."""
    return _with_voice(reader).filter(voices__speaker=OuterRef("pk"))


def _with_voice(reader: Reader) -> ClaimQuerySet:
    claims = claims_for(reader)
    if reader == Reader.EVERYBODY:
        return claims.filter(voice_status=Claim.VoiceStatus.CONFIRMED)
    return claims
