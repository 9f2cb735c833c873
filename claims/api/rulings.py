"""Rulings over the API: the same functions as in the admin, for sessions and tokens that may."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims import history
from claims.api import bodies, rows, versions
from claims.api.throttles import WriteThrottle
from claims.api.tokens import SafeTokens
from claims.columns import finding_columns
from claims.curation import pointing, review, topics, undo
from claims.curation.rulings import Outcome, locked
from claims.filters.base import BadQuestion
from claims.filters.readers import Reader, claims_for, reader_of
from claims.filters.readers import topics as all_topics
from claims.models import Change, Claim, Speaker
from claims.models.claim import ClaimQuerySet
from claims.runs.pointing import read_marked
from claims.statements import Given, Written

Asked = Mapping[str, Any]

_CLAIM = Written(lambda: claims_for(Reader.EDITOR).filter(uid=Given("uid")))


class RulingView(APIView):
    """One ruling on one claim, as its page showed it to the caller."""

    authentication_classes: list[type[BaseAuthentication]] = [SafeTokens, SessionAuthentication]
    content_negotiation_class = bodies.OnlyJson
    throttle_classes = [WriteThrottle]
    parser_classes = [bodies.BoundedJson]
    metadata_class = None
    body: ClassVar[type[serializers.Serializer]] = bodies.Nothing

    @abstractmethod
    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        """Rule on `claims`, which holds just the claim."""

    def post(self, request: Request, uid: str) -> Response:
        """Rule."""
        return rule(self, request, uid, self.body, self.act)


@bodies.ruling("accept", bodies.Accepting)
class Accept(RulingView):
    """Accept the figure; with `voice` the voice too."""

    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        how: dict[str, Any] = {"actor": actor, "versions": _seen(claim)}
        return review.accept(claims, voice=asked.get("voice", False), **how)


@bodies.ruling("reject", bodies.Rejecting)
class Reject(RulingView):
    """Reject the reading; no later run proposes it again."""

    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        how: dict[str, Any] = {"actor": actor, "versions": _seen(claim)}
        return review.reject(claims, reason=asked.get("reason") or "", **how)


@bodies.ruling("confirm_voice", bodies.Nothing)
class ConfirmVoice(RulingView):
    """Confirm whose words it is; it says nothing about the figure."""

    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        return review.confirm_voice(claims, actor=actor, versions=_seen(claim))


@bodies.ruling("confirm", bodies.Nothing)
class Confirm(RulingView):
    """Confirm as a second editor what another one accepted."""

    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        return review.confirm(claims, actor=actor, versions=_seen(claim))


@bodies.ruling("restore", bodies.Nothing)
class Restore(RulingView):
    """Put an accepted or rejected claim back into the queue."""

    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        return review.reopen(claims, actor=actor, versions=_seen(claim))


@bodies.ruling("add_topic", bodies.Tagging)
class AddTopic(RulingView):
    """Say that the claim is about a topic."""

    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        with transaction.atomic():
            locked(claims, _seen(claim))
            return topics.add_topic(claims, _topic(asked["topic"]), actor=actor)


@bodies.ruling("remove_topic", bodies.Tagging)
class RemoveTopic(RulingView):
    """Say that the claim is not about a topic."""

    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        with transaction.atomic():
            locked(claims, _seen(claim))
            return topics.remove_topic(claims, _topic(asked["topic"]), actor=actor)


@bodies.ruling("undo", bodies.Undoing)
class Undo(RulingView):
    """Take back what was done to the claim last, or the action that is named."""

    def post(self, request: Request, uid: str) -> Response:
        """Undo; an action that touched other rows too is taken back on all of them."""
        return super().post(request, uid)

    def act(self, claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
        entries = Change.objects.of(claim)
        if "change" in asked:
            entries = entries.filter(batch=asked["change"])
        else:
            entries = entries.filter(undone_by=None).exclude(action="undo")
        entry = entries.first()
        if entry is None:
            raise BadQuestion({"change": "there is no such change of this claim"})
        return undo.undo(entry.batch, actor=actor)


def words_read(claim: Claim, asked: Asked) -> Asked:
    """Return what is asked with the words `[start, end)` as `marked`: read, if there are any.

    The engine takes its time: nothing may be locked meanwhile.
    """
    rest = dict(asked)
    span = [rest.pop(name, None) for name in ("start", "end")]
    if span == [None, None]:
        return rest
    if None in span:
        raise BadQuestion({"start": "comes with end"})
    return rest | {"marked": read_marked(claim.article, *span)}


def correct(claims: ClaimQuerySet, claim: Claim, actor: User, asked: Asked) -> Outcome:
    """Rule on fields of a claim; with `marked` words on those, and on what was read there."""
    fields = dict(asked)
    reason, marked = fields.pop("reason", None) or "", fields.pop("marked", None)
    fields = _fields(claim, fields)
    how: dict[str, Any] = {"actor": actor, "version": claim.version, "reason": reason}
    if marked is None:
        return review.correct(claim, fields, **how)
    read = finding_columns(marked.finding)
    fields = {name: read[name] for name in bodies.READ_ANEW} | fields
    return pointing.move_claim(claim, marked.place, fields, **how)


def rule(
    view: APIView,
    request: Request,
    uid: str,
    body: type[serializers.Serializer],
    act: Callable[[ClaimQuerySet, Claim, User, Asked], Outcome],
    *,
    prepared: Callable[[Claim, Asked], Asked] = lambda claim, asked: asked,
) -> Response:
    """Let `act` rule on the claim that the caller saw, and return it as it is now.

    `act` is given the claim as it was seen, and says so to what locks it; and what is asked as
    `prepared` makes it, before anything is locked.

    Raises:
        Outdated: if the claim is not what the caller saw; nothing was changed.
    """
    actor = editor(request)
    if names := sorted(request.query_params):
        raise BadQuestion({name[:60]: "is no parameter here" for name in names})
    asked = bodies.read(body, request)
    claim = _CLAIM.first(uid=uid)
    if claim is None:
        raise Http404
    claims = Claim.objects.by_id(claim.pk)
    if not versions.matches(request, versions.tag_of(_row(claims))):
        raise _outdated(claims, asked)
    ready = prepared(claim, asked)
    try:
        outcome = act(claims, claim, actor, ready)
    except history.Stale as problem:
        raise _outdated(claims, asked) from problem
    return _answer(claims, outcome.batch)


def _seen(claim: Claim) -> dict[int, int]:
    """Return the version that the caller saw."""
    return {claim.pk: claim.version}


def _answer(claims: ClaimQuerySet, batch: UUID) -> Response:
    row = _row(claims)
    return Response(row, headers={"ETag": versions.tag_of(row), "Change": str(batch)})


def editor(request: Request) -> User:
    """Return who rules, if the account may and the token was made for it."""
    if not request.user.is_authenticated:
        raise NotAuthenticated
    user = request.user
    if reader_of(user) < Reader.EDITOR or not user.has_perm("claims.change_claim"):
        raise PermissionDenied("This account may not rule on claims.")
    if isinstance(request.auth, AuthToken) and not request.auth.card.writes:
        raise PermissionDenied("This token only reads.")
    return user


def _row(claims: ClaimQuerySet) -> rows.Row:
    found = rows.claim(claims, Reader.EDITOR)
    assert found is not None, "a claim is never deleted"
    return found


def _outdated(claims: ClaimQuerySet, asked: Asked) -> versions.Outdated:
    now = _row(claims)
    sent = {name: value for name, value in asked.items() if name in now}
    conflicts = {name: (value, now[name]) for name, value in sent.items() if now[name] != value}
    return versions.Outdated(versions.tag_of(now), conflicts)


def _fields(claim: Claim, asked: dict[str, Any]) -> dict[str, Any]:
    """Return what is asked as fields that are ruled on: no text for null, speakers by id."""
    if "speaker" in asked and "chain" in asked:
        raise BadQuestion({"speaker": "comes without chain, which begins with it"})
    uids = asked.pop("chain", None)
    if "speaker" in asked:
        speaker = asked.pop("speaker")
        uids = [speaker] if speaker else []
    fields = {
        name: "" if value is None and name != "change" else value for name, value in asked.items()
    }
    return fields if uids is None else fields | {"chain": _speakers(claim, uids)}


def _speakers(claim: Claim, uids: list[str]) -> list[int]:
    """Return ids of speakers; of a voice the claim has already, the row its article has."""
    known = dict(Speaker.objects.filter(uid__in=uids).values_list("uid", "pk"))
    for voice in claim.voices.select_related("speaker__canonical"):
        known |= {voice.speaker.head.uid: voice.speaker_id, voice.speaker.uid: voice.speaker_id}
    if missing := [uid for uid in uids if uid not in known]:
        raise BadQuestion({"chain": f"there is no speaker {missing[0][:20]!r}"})
    return [known[uid] for uid in uids]


def _topic(key: str) -> Any:
    keyed: Any = all_topics()
    topic = keyed.filter(key=key).first()
    if topic is None:
        raise BadQuestion({"topic": f"there is no {key[:80]!r}; give scheme:code"})
    return topic
