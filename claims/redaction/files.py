"""Files as received, with words blacked out of their bytes; from then on they are UTF-8.

The new bytes are written beside the old ones first, under the digest that the row then says; they
take their place after the commit. A kill in between leaves a row that says so: `settle` ends it.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from claims.models import Job, SourceFile
from claims.redaction.black import all_black, blacked
from corpus.readers import BOM, PLAIN, UnreadableError, decode, read

Kept = SourceFile | Job
"""A row that keeps bytes: a file, or a job that has not imported one yet."""

_STALE: Final = 24 * 3600
"""Seconds after which bytes written beside a file belong to nobody."""


def holding(black: Callable[[str], str]) -> list[Kept]:
    """Return the rows whose bytes hold words to be blacked out."""
    return [row for row in _all() if _blacked(row, black) is not None]


def lock(rows: Sequence[Kept]) -> list[Kept]:
    """Return the rows anew, locked until the transaction ends; lock them before articles."""
    found: list[Kept] = []
    for model in (SourceFile, Job):
        pks = [row.pk for row in rows if isinstance(row, model)]
        anew = model._default_manager.filter(pk__in=pks).order_by("pk")
        found += anew.select_for_update(no_key=True, of=("self",))
    return found


def rewrite(row: Kept, black: Callable[[str], str]) -> int:
    """Black words out of the bytes of a file; tell how many files that changed, 0 or 1."""
    after = _blacked(row, black)
    if after is None:
        return 0
    _keep(row, after)
    return 1


def rewrite_slices(file: SourceFile, gone: Mapping[int, Sequence[Sequence[int]]]) -> None:
    """Black spans, by line, out of the bytes of a file; of JSON Lines, all else in the line too."""
    data = bytes_left(*_place(file))
    if file.media_type == PLAIN:
        _keep(file, without(decode(data).text, gone.get(0, ())))
        return
    lines = data.decode("utf-8", "replace").split("\n")
    for number, spans in gone.items():
        value = json.loads(lines[number - 1].removeprefix(BOM))
        text = without(value["text"], spans)
        changed = blacked(value, all_black) | {"text": text}
        lines[number - 1] = json.dumps(changed, ensure_ascii=False)
    _keep(file, "\n".join(lines))


def without(text: str, spans: Sequence[Sequence[int]]) -> str:
    """Return a text with spans blacked out."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = all_black(text[start:end])
    return "".join(letters)


def bytes_left(name: str, redacted: str) -> bytes:
    """Return the bytes of a stored file, also while those without the words wait beside it."""
    due = _due(name, redacted)
    path = due if redacted and due.exists() else Path(settings.MEDIA_ROOT) / name
    return path.read_bytes()


def settle() -> None:
    """End what a kill left: put blacked bytes in their place, drop those that belong to nobody."""
    for row in _all():
        name, redacted = _place(row)
        if redacted:
            _replace(name, redacted)
    for path in Path(settings.MEDIA_ROOT).glob("sources/*/.*"):
        if path.stat().st_mtime < time.time() - _STALE:
            path.unlink(missing_ok=True)


def _all() -> Iterator[Kept]:
    """Yield every row that keeps bytes of its own, once each."""
    stored = set()
    for file in SourceFile.objects.order_by("pk").iterator():
        stored.add(file.file.name)
        yield file
    for job in Job.objects.filter(kind=Job.Kind.IMPORT).order_by("pk").iterator():
        if job.options["file"] not in stored:
            yield job


def _place(row: Kept) -> tuple[str, str]:
    """Return the name of the bytes in storage, and their digest if words were removed."""
    if isinstance(row, SourceFile):
        return row.file.name or "", row.redacted_sha256
    return row.options["file"], row.options.get("redacted_sha256", "")


def _blacked(row: Kept, black: Callable[[str], str]) -> str | None:
    """Return the text of the bytes with words blacked out; None if there are none, or no bytes."""
    try:
        data = bytes_left(*_place(row))
    except OSError:
        return None
    if _is_plain(row, data):
        before = _decoded(data)
        after = black(before)
    else:
        before = data.decode("utf-8", "replace")
        after = "\n".join(_rewritten_line(line, black) for line in before.split("\n"))
    return after if after != before else None


def _is_plain(row: Kept, data: bytes) -> bool:
    if isinstance(row, SourceFile):
        return row.media_type == PLAIN
    try:
        return read(data, row.options["name"]).media_type == PLAIN
    except UnreadableError:
        return True


def _decoded(data: bytes) -> str:
    try:
        return decode(data).text
    except UnreadableError:
        return data.decode("utf-8", "replace")


def _rewritten_line(line: str, black: Callable[[str], str]) -> str:
    """Return a line of JSON Lines with words of its values blacked out, as they are read."""
    try:
        value = json.loads(line.removeprefix(BOM))
    except ValueError:
        return black(line)
    changed = blacked(value, black)
    return line if changed == value else json.dumps(changed, ensure_ascii=False)


def _keep(row: Kept, text: str) -> None:
    """Write new bytes beside the old, say so in the row, and swap them after the commit."""
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    name, _ = _place(row)
    with _due(name, digest).open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if isinstance(row, SourceFile):
        row.encoding, row.redacted_sha256 = "utf-8", digest
        row.save(update_fields=["encoding", "redacted_sha256"])
    else:
        row.options["redacted_sha256"] = digest
        row.save(update_fields=["options"])
    transaction.on_commit(partial(_replace, name, digest))


def _due(name: str, digest: str) -> Path:
    path = Path(settings.MEDIA_ROOT) / name
    return path.with_name(f".{path.name}.{digest}")


def _replace(name: str, digest: str) -> None:
    due = _due(name, digest)
    if due.exists():
        due.replace(Path(settings.MEDIA_ROOT) / name)
