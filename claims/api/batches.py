"""Many rulings at once: all of them or none, each on the claim as the caller saw it.

What is asked of several claims alike is one action, which one undo takes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import gate
from claims.api import bodies, describing, rulings, shapes
from claims.api.problems import Refused
from claims.curation.rulings import locked
from claims.filters.base import BadQuestion
from claims.filters.readers import Reader, claims_for
from claims.models import Claim

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Way:
    """How a ruling is done; `alone` if never on several claims in one action."""

    body: type[serializers.Serializer]
    act: Any
    alone: bool = False


WAYS: Final[Mapping[str, Way]] = {
    "accept": Way(bodies.Accepting, rulings.Accept().act),
    "reject": Way(bodies.Rejecting, rulings.Reject().act),
    "confirm-voice": Way(bodies.Nothing, rulings.ConfirmVoice().act),
    "confirm": Way(bodies.Nothing, rulings.Confirm().act, alone=True),
    "restore": Way(bodies.Nothing, rulings.Restore().act),
    "add-topic": Way(bodies.Tagging, rulings.AddTopic().act),
    "remove-topic": Way(bodies.Tagging, rulings.RemoveTopic().act),
    "correct": Way(bodies.Correcting, rulings.correct, alone=True),
}


class Item(serializers.Serializer):
    """One ruling on one claim."""

    uid = bodies.Text(empty=False, longest=12, help_text="uid of the claim.")
    ruling = serializers.ChoiceField(choices=[*WAYS])
    version = bodies.Span(help_text="Of the claim as seen: `expand=version` tells it to editors.")
    body = serializers.DictField(
        required=False, help_text="What the address of this ruling takes; `correct` as PATCH."
    )


class Asked(serializers.Serializer):
    """Rulings, each on another claim."""

    rulings = serializers.ListField(child=Item(), min_length=1, max_length=MOST)


@dataclass(frozen=True, slots=True)
class _Ruling:
    number: int
    uid: str
    name: str
    version: int
    asked: dict[str, Any]

    def fault(self, why: object, **told: Any) -> dict[str, Any]:
        return {"item": self.number, "uid": self.uid, "detail": str(why), **told}


class BatchView(rulings.RulingView):
    """Rule on up to 200 claims: all that is asked is done, or nothing.

    A claim that is not as it was seen refuses the whole batch (412, with its version now).
    """

    @extend_schema(
        operation_id="claims_rulings",
        request=Asked,
        responses={200: shapes.Batch, **describing.problems(*bodies.REFUSALS)},
    )
    def post(self, request: Request) -> Response:  # type: ignore[override]
        """Rule on all of them."""
        actor = rulings.editor(request)
        asked = _read(request)
        with transaction.atomic():
            claims = _seen(asked)
            changes = dict[str, str]()
            for group in _alike(asked):
                first = claims[group[0].uid]
                rows = Claim.objects.filter(pk__in=[claims[one.uid].pk for one in group])
                changes |= dict.fromkeys(
                    (one.uid for one in group), _done(rows, first, actor, group)
                )
            now = dict(rows_of(claims).values_list("uid", "version"))
        return Response(
            {
                "results": [
                    {"uid": one.uid, "change": str(changes[one.uid]), "version": now[one.uid]}
                    for one in asked
                ]
            }
        )


def rows_of(claims: Mapping[str, Claim]) -> Any:
    """Return the rows of claims as they are now."""
    return Claim.objects.filter(pk__in=[claim.pk for claim in claims.values()])


def _read(request: Request) -> list[_Ruling]:
    if names := sorted(request.query_params):
        raise BadQuestion({name[:60]: "is no parameter here" for name in names})
    found = bodies.read(Asked, request)["rulings"]
    read, faults, seen = list[_Ruling](), list[dict[str, Any]](), set[str]()
    for number, item in enumerate(found):
        one = _Ruling(number, item["uid"], item["ruling"], item["version"], {})
        if one.uid in seen:
            faults.append(one.fault("this claim is ruled on twice"))
        seen.add(one.uid)
        try:
            one.asked.update(bodies.understood(WAYS[one.name].body, item.get("body", {})))
            if one.name == "correct" and {"start", "end"} & one.asked.keys():
                raise BadQuestion({"start": "a claim is moved by a PATCH of its own"})
        except BadQuestion as problem:
            faults.append(one.fault(problem))
        read.append(one)
    if faults:
        raise Refused(faults)
    return read


def _seen(asked: Sequence[_Ruling]) -> dict[str, Claim]:
    """Return the claims by uid, locked, if they are all as the caller saw them."""
    uids = [one.uid for one in asked]
    rows = {claim.uid: claim for claim in locked(claims_for(Reader.EDITOR).filter(uid__in=uids))}
    if missing := [one.fault("there is no such claim") for one in asked if one.uid not in rows]:
        raise Refused(missing)
    stale = [
        one.fault(f"it is not as you saw it: version {version} now", version=version)
        for one in asked
        if (version := rows[one.uid].version) != one.version
    ]
    if stale:
        raise Refused(stale, HTTPStatus.PRECONDITION_FAILED)
    return rows


def _alike(asked: Sequence[_Ruling]) -> list[list[_Ruling]]:
    groups = dict[Any, list[_Ruling]]()
    for one in asked:
        alone = one.number if WAYS[one.name].alone else None
        groups.setdefault((one.name, repr(sorted(one.asked.items())), alone), []).append(one)
    return list(groups.values())


def _done(rows: Any, first: Claim, actor: Any, group: Sequence[_Ruling]) -> Any:
    """Rule on the rows of a group, and return the batch that undoes it."""
    try:
        return WAYS[group[0].name].act(rows, first, actor, group[0].asked).batch
    except (BadQuestion, gate.Refused) as problem:
        raise Refused([one.fault(problem) for one in group]) from problem
