"""Read marked articles with a tier: `python -m corpus.training.predict TIER DATA.jsonl.gz OUT`.

OUT gets one JSON object a line with the attributions found, spans as pairs, for a scorer of the
training set's form. The words read per second of processor time are told at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from corpus.sentences import paragraphs
from corpus.tagging import TIERS, tagger
from corpus.tagging.base import Tagged
from corpus.training.data import documents


def record(identifier: str, found: Sequence[Tagged]) -> dict[str, object]:
    """Return the attributions of one article as JSON has them."""
    parts = ("source", "cue", "content")
    rows = [
        {part: [[span.start, span.end] for span in getattr(one, part)] for part in parts}
        | {"score": round(one.score, 4)}
        for one in found
    ]
    return {"id": identifier, "attributions": rows}


def main() -> None:
    """Read the arguments, then the articles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tier", choices=TIERS)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    reader = tagger(given.tier)
    chosen = documents(given.data)
    began = time.process_time()
    with given.out.open("w", encoding="utf-8") as lines:
        for document in tqdm(chosen):
            found = reader.read(document.text, paragraphs(document.text)).tagged
            lines.write(json.dumps(record(document.id, found)) + "\n")
    seconds = time.process_time() - began
    words = sum(len(document.text.split()) for document in chosen)
    sys.stderr.write(f"{words / seconds:,.0f} words a second\n")


if __name__ == "__main__":
    main()
