"""Nobody overwrites anybody: strong entity tags, and writes that name the one they saw.

A tag is a digest of what the reader is sent, and says nothing else: readers who see other things
get other tags. A write must send it back as `If-Match`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from rest_framework.exceptions import APIException
from rest_framework.request import Request

_TAG = re.compile(r'(W/)?"[^"]{0,200}"')


class Unconditional(APIException):
    """A write that does not say what it saw."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_detail = (
        "Send the ETag of the claim as you saw it in If-Match; * does not say what you saw."
    )


class Outdated(APIException):
    """What the caller saw is no longer so; `conflicts` maps fields to what was sent and stands."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_detail = (
        "The claim is not as you saw it. Nothing was changed; look at it now and send your "
        "change again with the ETag it has now."
    )

    def __init__(self, tag: str, conflicts: Mapping[str, tuple[Any, Any]]) -> None:
        super().__init__()
        self.tag = tag
        self.conflicts = {
            name: {"sent": sent, "stored": stored} for name, (sent, stored) in conflicts.items()
        }


def tag_of(row: Mapping[str, Any]) -> str:
    """Return the strong entity tag of what is sent of a row."""
    sent = json.dumps(row, sort_keys=True, ensure_ascii=False, default=str).encode()
    return f'"{hashlib.sha256(sent).hexdigest()[:32]}"'


def matches(request: Request, tag: str) -> bool:
    """Tell whether a write names the tag that stands; a weak one names nothing.

    Raises:
        Unconditional: if it names none.
    """
    given = request.headers.get("If-Match", "").strip()
    if given in {"", "*"}:
        raise Unconditional
    return tag in {match[0] for match in _TAG.finditer(given)}


def is_known(request: Request, tag: str) -> bool:
    """Tell whether a reader has the row already as it stands."""
    given = request.headers.get("If-None-Match", "").strip()
    known = {match[0].removeprefix("W/") for match in _TAG.finditer(given)}
    return given == "*" or tag in known
