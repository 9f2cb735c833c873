"""The engine as a command: texts in, one JSON object a line out.

    python -m corpus < docs.jsonl > readings.jsonl     one JSON object with a text per line
    python -m corpus FILE...                           files, read and split into articles

Exit code 0: all was read; 1: something was not, and standard error names it; 2: wrong usage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from corpus.dating import from_given
from corpus.extract import extract_record
from corpus.findings import Reading
from corpus.newsquant import mentions
from corpus.readers import MAX_BYTES, LineError, Record, UnreadableError, json_lines, read, storable
from corpus.spans import Span
from corpus.split import FoundArticle, as_article, split
from corpus.tagging import TIERS, best_tier
from corpus.times import times

Shape = Callable[[Reading, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Way:
    """How texts are read, and what is written of each."""

    shape: Shape
    tier: str | None
    figures_only: bool


def main(
    arguments: Sequence[str] | None = None,
    source: BinaryIO | None = None,
    target: BinaryIO | None = None,
) -> int:
    """Run the command and return its exit code; standard input and output are the defaults."""
    options = _options(arguments)
    if options.tier and best_tier(options.tier) != options.tier:
        print("onnxruntime is not installed: the light tier reads", file=sys.stderr)
    source, target = source or sys.stdin.buffer, target or sys.stdout.buffer
    way = Way(SHAPES[options.shape], options.tier, options.figures_only)
    texts = _from_files(options.files, way) if options.files else _from_lines(source, way)
    failed = False
    try:
        for found in texts:
            if isinstance(found, str):
                failed = True
                print(found, file=sys.stderr)
            else:
                line = json.dumps(found, ensure_ascii=False, allow_nan=False)
                target.write(line.encode() + b"\n")
                target.flush()  # whoever feeds us line by line waits for the answer
    except BrokenPipeError:
        # Whoever read our output has gone; nothing may be flushed to it again when we exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return int(failed)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m corpus",
        description="Read figures, dates and who states them out of news texts.",
        epilog="Without a FILE, standard input is read: one JSON object a line, each with a text.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="plain text or JSON Lines")
    parser.add_argument(
        "--as", dest="shape", choices=tuple(SHAPES), default="readings",
        help="what to write: readings (default), or the shape of a public annotation set",
    )  # fmt: skip
    parser.add_argument(
        "--tier", choices=TIERS,
        help="reader of voices (default: main, if it can run); each reading names the one that ran",
    )  # fmt: skip
    parser.add_argument(
        "--figures-only", action="store_true", help="read voices only where figures need them"
    )
    options = parser.parse_args(arguments)
    if not options.files and arguments is None and sys.stdin.isatty():
        parser.error("no FILE given, and nothing comes in on standard input")
    return options


def _from_lines(source: BinaryIO, way: Way) -> Iterator[dict[str, Any] | str]:
    """Yield what is read from JSON Lines, one line at a time, or a message about a line."""
    for record in json_lines(source):
        if isinstance(record, LineError):
            yield f"line {record.line}: {record.message}"
        else:
            yield _shaped(record, as_article(record), way, f"line {record.line}")


def _from_files(names: Sequence[str], way: Way) -> Iterator[dict[str, Any] | str]:
    """Yield what is read from files, or a message about a file or a line of one."""
    for name in names:
        try:
            if Path(name).stat().st_size > MAX_BYTES:
                raise UnreadableError(f"{name}: larger than {MAX_BYTES:,} bytes")
            contents = read(Path(name).read_bytes(), name)
        except OSError as error:
            yield f"{name}: {error.strerror or error}"
            continue
        except UnreadableError as error:
            yield str(error)
            continue
        for wrong in contents.errors:
            yield f"{name}, line {wrong.line}: {wrong.message}"
        for record in contents.records:
            plain = record.line is None
            articles = split(record.text).articles if plain else (as_article(record),)
            place = name if plain else f"{name}, line {record.line}"
            for article in articles:
                yield _with_place(_shaped(record, article, way, place), name, record, article)


def _shaped(record: Record, article: FoundArticle, way: Way, place: str) -> dict[str, Any] | str:
    """Read one article; a message, which begins with its place, if its date is no date."""
    published = record.meta.get("published")
    try:
        if published is not None:
            from_given(published)
    except ValueError as error:
        return f"{place}: published: {error}"
    reading = extract_record(record, article, tier=way.tier, figures_only=way.figures_only)
    kept = {"extra": record.meta["extra"]} if "extra" in record.meta else {}
    return way.shape(reading, article.text) | (kept if way.shape is _as_readings else {})


def _with_place(
    found: dict[str, Any] | str, name: str, record: Record, article: FoundArticle
) -> dict[str, Any] | str:
    """Add where an article stands: its file, its line or ranges there, its headline and text."""
    if isinstance(found, str):
        return found
    place = {"ranges": _pairs(article.slices)} if record.line is None else {"line": record.line}
    return {
        "file": storable(name)[0],
        **place,
        "headline": article.headline,
        "text": article.text,
    } | found


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


# --- the shapes of public annotation sets --------------------------------------------------------


def _as_readings(reading: Reading, text: str) -> dict[str, Any]:
    return reading.to_json()


def _as_quotes(reading: Reading, text: str) -> dict[str, Any]:
    """Attributions as spans, as PolNeAR marks them."""
    marks = [
        {"source": _pairs(said.source), "cue": _pairs(said.cue), "content": _pairs(said.content)}
        for said in reading.attributions
    ]
    return {"id": reading.id, "attributions": marks}


def _as_timex(reading: Reading, text: str) -> dict[str, Any]:
    """Times as TIMEX3: places, types and values."""
    marks = [time.to_json() for time in times(reading, text)]
    published = reading.published.edtf
    return {"id": reading.id, "text": text, "published": published, "timexes": marks}


def _as_numbers(reading: Reading, text: str) -> dict[str, Any]:
    """Quantities as NewsQuant and its kin mark them; dates are left out."""
    return {"id": reading.id, "text": text, "mentions": mentions(reading.claims)}


SHAPES: dict[str, Shape] = {
    "readings": _as_readings,
    "numbers": _as_numbers,
    "timex": _as_timex,
    "quotes": _as_quotes,
}

if __name__ == "__main__":
    sys.exit(main())
