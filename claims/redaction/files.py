"""Files as received, with words blacked out of their bytes; from then on they are UTF-8."""

import hashlib
import json
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from claims.models import Article, SourceFile
from claims.redaction.black import all_black, blacked
from corpus.readers import BOM, PLAIN, decode


def rewrite(file: SourceFile, black: Callable[[str], str]) -> int:
    """Black words out of the bytes of a file; tell how many files that changed, 0 or 1."""
    data = _bytes(file)
    if file.media_type == PLAIN:
        before = decode(data).text
        after = black(before)
    else:
        before = data.decode("utf-8", "replace")
        lines = before.split("\n")
        after = "\n".join(_rewritten_line(line, black) for line in lines)
    if after == before:
        return 0
    _keep(file, after)
    return 1


def rewrite_slices(file: SourceFile, article: Article) -> None:
    """Black an article's slices out of the bytes of a file; of JSON Lines, its whole lines."""
    places = list(file.placements.filter(article=article))
    if file.media_type != PLAIN:
        lines = _bytes(file).decode("utf-8", "replace").split("\n")
        for place in places:
            lines[place.line - 1] = _rewritten_line(lines[place.line - 1], all_black)
        _keep(file, "\n".join(lines))
        return
    text = list(decode(_bytes(file)).text)
    for start, end in (pair for place in places for pair in place.slices):
        text[start:end] = all_black("".join(text[start:end]))
    _keep(file, "".join(text))


def _rewritten_line(line: str, black: Callable[[str], str]) -> str:
    """Return a line of JSON Lines with words of its values blacked out, as they are read."""
    try:
        value = json.loads(line.removeprefix(BOM))
    except ValueError:
        return black(line)
    changed = blacked(value, black)
    return line if changed == value else json.dumps(changed, ensure_ascii=False)


def _bytes(file: SourceFile) -> bytes:
    with file.file.open("rb") as stored:
        return bytes(stored.read())


def _keep(file: SourceFile, text: str) -> None:
    data = text.encode()
    name = file.file.name or ""
    default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
    file.encoding = "utf-8"
    file.redacted_sha256 = hashlib.sha256(data).hexdigest()
    file.save(update_fields=["encoding", "redacted_sha256"])
