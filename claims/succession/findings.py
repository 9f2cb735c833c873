"""Findings and attributions as they stand in a successor's text."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claims.models import Claim
from claims.runs.anchors import Places, family
from claims.succession.places import Shift
from corpus.spans import Span


def moved_finding(
    claim: Claim, shift: Shift, lines: Sequence[Span], voices: Mapping[int, int]
) -> dict[str, Any] | None:
    """Return the finding of a claim as it stands in the new text, or None if it does not.

    `lines` are the sentences of the new text; `voices` leads from attributions of the old
    article to those of the new one. Without all of them nobody is named.
    """
    machine = claim.machine
    place = shift(Span(machine["start"], machine["end"]))
    if place is None:
        return None
    finding: dict[str, Any] = machine | {
        "start": place.start,
        "end": place.end,
        "sentence": _sentence(lines, place),
        "concept_span": _moved(machine.get("concept_span"), shift),
        "hedge_span": _moved(machine.get("hedge_span"), shift),
        "scope": _scope(machine.get("scope"), shift),
    }
    if any(pk not in voices for pk in claim.machine_chain):
        finding |= {"voice": Claim.Voice.UNDETERMINED.value, "speaker": None, "chain": []}
        finding |= {"attribution": None, "voices": []}
    return finding


def moved_place(
    place: Mapping[str, Any], kind: str, text: str, shift: Shift, lines: Sequence[Span]
) -> dict[str, Any] | None:
    """Return where a claim stands by an editor's ruling, in the new text; None if it does not."""
    moved = shift(Span(place["start"], place["end"]))
    if moved is None:
        return None
    sentence = _sentence(lines, moved)
    key = Places(text, lines).key(family(kind), Span(*sentence), place["surface"], moved.start)
    return {**place, "start": moved.start, "end": moved.end, "sentence": sentence, "key": key}


def moved_attribution(machine: Mapping[str, Any], shift: Shift) -> dict[str, Any] | None:
    """Return an attribution as it stands in the new text.

    None where its cue or source, or all that it gives, does not stand there.
    """
    moved = {name: _all_moved(machine[name], shift) for name in ("source", "cue", "content")}
    whole = all(len(moved[name]) == len(machine[name]) for name in ("source", "cue"))
    if not moved["content"] or not whole:
        return None
    spans = {name: _moved(machine.get(name), shift) for name in ("mention", "said_when_span")}
    return {**machine, **moved, **spans}


def _sentence(lines: Sequence[Span], place: Span) -> list[int]:
    line = lines[max(0, bisect_right(lines, place.start, key=_start) - 1)]
    return [min(line.start, place.start), max(line.end, place.end)]


def _scope(scope: Mapping[str, Any] | None, shift: Shift) -> dict[str, Any] | None:
    if scope is None or (span := _moved(scope["span"], shift)) is None:
        return None
    return {**scope, "span": span, "place_span": _moved(scope.get("place_span"), shift)}


def _all_moved(spans: Iterable[Sequence[int]], shift: Shift) -> list[list[int]]:
    return [moved for span in spans if (moved := _moved(span, shift))]


def _moved(span: Sequence[int] | None, shift: Shift) -> list[int] | None:
    place = shift(Span(*span)) if span else None
    return [place.start, place.end] if place else None


def _start(span: Span) -> int:
    return span.start
