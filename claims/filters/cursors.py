"""Cursors: what a list says to itself in the addresses of its pages.

They are sealed: nobody else can make one, and they tell nothing of the numbers inside, which would
let readers count rows that are hidden from them.
"""

import binascii
import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import blake2b
from typing import Any

from django.conf import settings

_CURSOR = re.compile(r"[0-9A-Za-z_-]{12,96}\Z")
_TAG_BYTES = 8
_MOST_BYTES = 64  # what one digest hides


def sealed(*said: Any) -> str:
    """Return a cursor that holds values of JSON, of 64 bytes together."""
    told = json.dumps(said, separators=(",", ":")).encode()
    tag = _digest("tag", told, _TAG_BYTES)
    return urlsafe_b64encode(tag + _hidden(tag, told)).rstrip(b"=").decode()


def opened(cursor: str) -> list[Any] | None:
    """Return what a cursor holds; None if it is none of ours."""
    if not _CURSOR.match(cursor):
        return None
    try:
        held = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except binascii.Error:
        return None
    tag, hidden = held[:_TAG_BYTES], held[_TAG_BYTES:]
    told = _hidden(tag, hidden)
    if _digest("tag", told, _TAG_BYTES) != tag:
        return None
    said: list[Any] = json.loads(told)
    return said


def _hidden(tag: bytes, said: bytes) -> bytes:
    """Cover bytes so that only the same key and tag uncover them: twice is not at all."""
    cover = _digest("cover", tag, _MOST_BYTES)
    return bytes(one ^ other for one, other in zip(said, cover, strict=False))


def _digest(use: str, of: bytes, size: int) -> bytes:
    key = blake2b(f"cursor {use} {settings.SECRET_KEY}".encode()).digest()
    return blake2b(of, key=key, digest_size=size).digest()
