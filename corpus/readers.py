"""From bytes to text: encodings, plain text and JSON Lines; nothing is cut or repaired silently."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from math import isfinite
from typing import Any, BinaryIO

from charset_normalizer import from_bytes

from corpus.spans import Span

MAX_BYTES = 200_000_000
MAX_LINE_BYTES = 10_000_000
MAX_DEPTH = 32
MAX_DIGITS = 100

PLAIN, JSON_LINES = "text/plain", "application/x-ndjson"
KNOWN_KEYS = ("id", "headline", "byline", "outlet", "url", "published", "section", "language")

BOM = "\ufeff"
UTF16_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:!doctype\s+html|html|\?xml)\b", re.IGNORECASE)
OBJECT_START = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}\{")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]+")
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


class UnreadableError(ValueError):
    """A file that holds no text this package can read; the message names the file and why."""


@dataclass(frozen=True, slots=True)
class LayoutRange:
    """A stretch of a file's or record's text that needs an explanation, and the explanation."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of some bytes. `notes` mark characters that no database can store, now U+FFFD."""

    text: str
    encoding: str
    notes: tuple[LayoutRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One text to be read. `line` counts from 1; None for a plain file, which is one record.

    `meta` holds the known keys that were given, and under `extra` all others.
    """

    line: int | None
    text: str
    meta: dict[str, Any] = field(default_factory=dict)
    notes: tuple[LayoutRange, ...] = ()


@dataclass(frozen=True, slots=True)
class LineError:
    """A line of JSON Lines that gives no record, and why; `line` counts from 1."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as read. `text` is empty for JSON Lines, whose texts are in the records."""

    sha256: str
    media_type: str
    encoding: str
    size: int
    text: str
    records: tuple[Record, ...]
    errors: tuple[LineError, ...] = ()
    notes: tuple[LayoutRange, ...] = ()


def read(data: bytes, name: str) -> SourceText:
    """Read the bytes of the file called `name`: JSON Lines by suffix or content, else plain text.

    Raises:
        UnreadableError: if the file is too large, is markup, is no text, or is JSON of a kind
            other than one object a line.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"{name}: {len(data):,} bytes; at most {MAX_BYTES:,} are read")
    suffix = name.lower().rpartition(".")[2]
    digest = sha256(data).hexdigest()
    if suffix in ("jsonl", "ndjson") or _looks_like_json_lines(data):
        lines = list(json_lines(io.BytesIO(data)))
        records = tuple(line for line in lines if isinstance(line, Record))
        errors = tuple(line for line in lines if isinstance(line, LineError))
        return SourceText(digest, JSON_LINES, "utf-8", len(data), "", records, errors)
    if suffix == "json":
        raise UnreadableError(f"{name}: not JSON Lines (one object a line, each with a text)")
    if MARKUP.match(data):
        raise UnreadableError(f"{name}: HTML or XML, which is not read; give the text alone")
    try:
        decoded = decode(data)
    except UnreadableError as error:
        raise UnreadableError(f"{name}: {error}") from None
    whole = Record(None, decoded.text, {}, decoded.notes)
    return SourceText(
        digest, PLAIN, decoded.encoding, len(data), decoded.text, (whole,), (), decoded.notes
    )


def decode(data: bytes) -> Decoded:
    """Decode as UTF-8, else Windows-1252, else whatever fits best; line ends stay as they are.

    A byte order mark stays in the text as U+FEFF. NUL and lone surrogates become U+FFFD.

    Raises:
        UnreadableError: if the bytes are no text in any encoding.
    """
    text, encoding = _decoded(data)
    odd = sum(1 for _ in CONTROL.finditer(text))
    if odd > max(8, len(text) // 50):
        raise UnreadableError("binary data, not text")
    text, notes = storable(text)
    return Decoded(text, encoding, notes)


def storable(text: str) -> tuple[str, tuple[LayoutRange, ...]]:
    """Return `text` with NUL and lone surrogates as U+FFFD, one for one, and where they stood."""
    reason = "unreadable character replaced"
    notes = tuple(LayoutRange(Span(*m.span()), reason) for m in UNSTORABLE.finditer(text))
    return UNSTORABLE.sub(lambda match: "\ufffd" * len(match[0]), text), notes


def json_lines(stream: BinaryIO) -> Iterator[Record | LineError]:
    """Yield a record or an error for each line of `stream` that is not blank, one at a time."""
    for line in json_objects(stream):
        if isinstance(line, LineError):
            yield line
            continue
        try:
            yield _record(*line)
        except ValueError as error:
            yield LineError(line[0], str(error))


def json_objects(stream: BinaryIO) -> Iterator[tuple[int, dict[str, Any]] | LineError]:
    """Yield the number and the object of each line of `stream` that is not blank, or an error.

    Only one line is held in memory; a line over 10 MB is passed over and reported.
    """
    number = 0
    while raw := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(raw) > MAX_LINE_BYTES:
            _pass_over(stream, raw)
            yield LineError(number, f"longer than {MAX_LINE_BYTES:,} bytes")
            continue
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw.strip():
            continue
        try:
            yield number, _loaded(raw)
        except ValueError as error:
            yield LineError(number, str(error))


def _decoded(data: bytes) -> tuple[str, str]:
    if encoding := UTF16_MARKS.get(data[:2]):
        return data.decode(encoding, errors="replace"), encoding
    for encoding, errors in (("utf-8", "strict"), ("utf-8", "surrogatepass"), ("cp1252", "strict")):
        try:
            return data.decode(encoding, errors), encoding
        except UnicodeDecodeError:
            continue
    best = from_bytes(data).best()
    if best is None:
        raise UnreadableError("binary data, not text")
    return data.decode(best.encoding, errors="replace"), best.encoding


def _looks_like_json_lines(data: bytes) -> bool:
    if not OBJECT_START.match(data):
        return False
    first = next(json_lines(io.BytesIO(data[:MAX_LINE_BYTES])))
    return isinstance(first, Record)


def _pass_over(stream: BinaryIO, raw: bytes) -> None:
    """Read on to the end of a line of which `raw` was the beginning."""
    while raw and not raw.endswith(b"\n"):
        raw = stream.readline(MAX_LINE_BYTES)


def _record(number: int, found: dict[str, Any]) -> Record:
    """Check the keys of one line; a ValueError says in plain words what is wrong with them."""
    text = found.pop("text", None)
    if not isinstance(text, str):
        raise ValueError("key text: missing, or not a string")
    meta = {key: _known(key, found.pop(key)) for key in KNOWN_KEYS if key in found}
    meta = {key: value for key, value in meta.items() if value is not None}
    if found:
        meta["extra"] = _clean(found)
    text, notes = storable(text)
    return Record(number, text, meta, notes)


def _loaded(raw: bytes) -> dict[str, Any]:
    """Read one line as a JSON object; a ValueError says in plain words what is wrong with it."""
    try:
        line = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start})") from None
    try:
        found = json.loads(line, parse_float=_finite, parse_int=_integer, parse_constant=_finite)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON: {error.msg}, column {error.colno}") from None
    except RecursionError:
        raise ValueError(f"nested more than {MAX_DEPTH} deep") from None
    if not isinstance(found, dict):
        raise ValueError("not a JSON object")
    if _depth(found) > MAX_DEPTH:
        raise ValueError(f"nested more than {MAX_DEPTH} deep")
    return found


def _finite(number: str) -> float:
    value = float(number)
    if not isfinite(value):
        raise ValueError(f"the number {number[:20]} is not finite")
    return value


def _integer(number: str) -> int:
    if len(number) > MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    return int(number)


def _depth(found: Any) -> int:
    """Return how deep lists and objects are nested in `found`, without recursion."""
    depth, level = 0, [found]
    while level:
        depth += 1
        inner = [one.values() if isinstance(one, dict) else one for one in level]
        level = [x for values in inner for x in values if isinstance(x, (dict, list))]
    return depth


def _known(key: str, value: Any) -> str | None:
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"key {key}: not a string")
    return None if value is None else storable(value)[0]


def _clean(value: Any) -> Any:
    """Return a JSON value with every string in it storable; it is at most 32 deep."""
    if isinstance(value, str):
        return storable(value)[0]
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {storable(key)[0]: _clean(one) for key, one in value.items()}
    return value
