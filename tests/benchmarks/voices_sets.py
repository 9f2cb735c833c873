"""The readers of voices on PolNeAR: one table for both tiers, scored on whole attributions.

python -m tests.benchmarks.voices_sets FOLDER [--half dev] [--tier main] [--markdown]

FOLDER holds the scorer `score_quotes.py` and, in `data/polnear/`, one file of JSON Lines for each
part: `dev.jsonl.gz`. `--half` names another part ("test"). No text of the set is part of this
project.

The engine sees identifier and text of each line, none of the marks; it runs as
`python -m corpus --as quotes`, forms and all. An attribution is right if its content overlaps the
marked one by half or more and its source is the right one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.tagging import TIERS


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of the table: its name, the scorer's name for it, best peer measured, and humans."""

    name: str
    key: str
    peer: str
    humans: str


METRICS = (
    Metric("PolNeAR, joint", "joint", "44.1", "75.1"),
    Metric("PolNeAR, joint, cues of saying", "joint speech cue", "69.2", "94.4"),
    Metric("PolNeAR, joint, direct", "joint direct", "61.7", "97.2"),
    Metric("PolNeAR, joint, mixed", "joint mixed", "54.8", "87.0"),
    Metric("PolNeAR, joint, indirect", "joint indirect", "36.3", "69.0"),
    Metric("PolNeAR, numbers with the right source", "numbers", "59.2", "80.7"),
)
"""The peers' figures are for the held-out half; humans are measured on twenty other articles."""


def scores(folder: Path, half: str, tier: str) -> dict[str, float]:
    """Return what the scorer says of a tier on one part: F1 in percent by its own names.

    Raises:
        subprocess.CalledProcessError: if the engine or the scorer fails.
    """
    gold = folder / "data" / "polnear" / f"{half}.jsonl.gz"
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        marked = [json.loads(line) for line in lines]
    given = "".join(json.dumps({key: one[key] for key in ("id", "text")}) + "\n" for one in marked)
    engine = [sys.executable, "-m", "corpus", "--as", "quotes", "--tier", tier]
    found = subprocess.run(engine, input=given.encode(), stdout=subprocess.PIPE, check=True)
    with tempfile.TemporaryDirectory() as scratch:
        answer, scored = Path(scratch) / "found.jsonl", Path(scratch) / "scored.json"
        answer.write_bytes(found.stdout)
        command = [sys.executable, str(folder / "score_quotes.py"), str(gold), str(answer)]
        scoring = [*command, "--json", str(scored), "--boot", "0"]
        subprocess.run(scoring, stdout=subprocess.DEVNULL, check=True)
        table = json.loads(scored.read_text(encoding="utf-8"))
    return {metric.key: 100 * float(table[metric.key]["f1"]) for metric in METRICS}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if the set is not there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the scorer, and data/polnear")
    parser.add_argument("--half", default="dev", help="which part")
    parser.add_argument("--tier", action="append", choices=TIERS, help="only this one; repeat")
    parser.add_argument("--markdown", action="store_true", help="print rows for the README")
    options = parser.parse_args(arguments)
    wanted = options.folder / "data" / "polnear" / f"{options.half}.jsonl.gz"
    if not wanted.is_file():
        print(f"no file {wanted}", file=sys.stderr)
        return 1
    tiers = options.tier or TIERS
    found = [scores(options.folder, options.half, tier) for tier in tiers]
    if not options.markdown:
        print(f"{'F1 in percent':40} {'peer':>6} {'humans':>7}", *(f"{tier:>6}" for tier in tiers))
    for metric in METRICS:
        values = [f"{one[metric.key]:.1f}" for one in found]
        if options.markdown:
            print(f"| {metric.name} | {metric.peer} | {metric.humans} | {' | '.join(values)} |")
        else:
            cells = " ".join(f"{value:>6}" for value in values)
            print(f"{metric.name:40} {metric.peer:>6} {metric.humans:>7} {cells}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
