"""The figure reader on public annotation sets: one table, counted strictly.

python -m tests.benchmarks.public_sets FOLDER [--half dev] [--markdown]

FOLDER holds the scorers `score_numbers.py` and `score_timex.py` and, in `data/`, one file of JSON
Lines for each set: `newsquant.dev.jsonl`, `rt-numbers.dev.jsonl`, `cqe-rt.dev.jsonl`,
`tbaq.dev.jsonl`, `te3platinum.dev.jsonl`, `rt-datetime.dev.jsonl`; a set that is not there is left
out. `--half` names another part ("test"), or several that are scored together ("dev,test").
The sets are NewsQuant (CQE), the English specifications of Recognizers-Text, TimeBank with
AQUAINT, and the platinum part of TempEval-3. No text of them is part of this project.

The engine sees identifier, text and publication date of each line, none of the marks; it runs as
`python -m corpus --as numbers` and `--as timex`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT = ("id", "text", "published")
RT = {
    "currency": "Recognizers 89.0", "dimension": "CQE 90.6", "number": "Recognizers 73.7",
    "ordinal": "Recognizers 94.7", "percent": "CQE, Recognizers 100", "age": "Recognizers 100",
    "temperature": "CQE 100",
}  # fmt: skip
"""Kinds of the Recognizers-Text specifications, and the best peer on each."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One row of the table: its name, the best peer measured, and where the scorer says it."""

    name: str
    peer: str
    of: Callable[[dict[str, Any]], float]


def _number(name: str, part: str = "ALL") -> Callable[[dict[str, Any]], float]:
    return lambda found: float(found[part][name]["F"])


def _ranges(found: dict[str, Any]) -> float:
    right, marked = map(int, found["ALL"]["recall_by_kind"]["range"].split("/"))
    return 100 * right / marked


def _share(name: str) -> Callable[[dict[str, Any]], float]:
    return lambda found: 100 * float(found[name])


def _spans(name: str) -> Callable[[dict[str, Any]], float]:
    return lambda found: 100 * float(found[name][2])


SETS: dict[str, tuple[str, tuple[Metric, ...]]] = {
    "newsquant": ("numbers", (
        Metric("NewsQuant: value", "CQE 91.3", _number("value")),
        Metric("NewsQuant: value + unit", "CQE 83.1", _number("value+unit")),
        Metric("NewsQuant: value + head of the unit", "CQE 85.5", _number("value+unit-head")),
        Metric("NewsQuant: value + unit + change", "CQE 78.6", _number("value+unit+change")),
        Metric("NewsQuant: ranges found, %", "CQE 72", _ranges),
    )),
    "cqe-rt": ("numbers", (Metric("CQE's Recognizers set: value", "", _number("value")),)),
    "rt-numbers": ("numbers", tuple(
        Metric(f"Recognizers-Text, {kind}: value", peer, _number("value", f"rt-{kind}"))
        for kind, peer in RT.items()
    )),
    "te3platinum": ("timex", (
        Metric("TempEval-3 platinum: value", "HeidelTime 78.1", _share("value_f1")),
        Metric("TempEval-3 platinum: relaxed span", "HeidelTime 90.7", _spans("relaxed")),
        Metric("TempEval-3 platinum: strict span", "HeidelTime 81.8", _spans("strict")),
    )),
    "tbaq": ("timex", (
        Metric("TimeBank + AQUAINT: value", "HeidelTime 75.3", _share("value_f1")),
        Metric("TimeBank + AQUAINT: relaxed span", "HeidelTime 92.4", _spans("relaxed")),
    )),
    "rt-datetime": ("timex", (
        Metric("Recognizers-Text, dates: relaxed span", "Recognizers 93.1", _spans("relaxed")),
        Metric("Recognizers-Text, dates: value", "Recognizers 60.0", _share("value_f1")),
    )),
}  # fmt: skip
"""The peers' figures are for the held-out halves, the platinum ones for all of it."""


def rows(folder: Path, halves: Sequence[str]) -> Iterator[tuple[Metric, float]]:
    """Yield every metric of the sets that are there, with its F1 (or share) in percent.

    Raises:
        subprocess.CalledProcessError: if the engine or a scorer fails.
    """
    for name, (shape, metrics) in SETS.items():
        paths = [folder / "data" / f"{name}.{half}.jsonl" for half in halves]
        if all(path.is_file() for path in paths):
            found = _scored(folder / f"score_{shape}.py", paths, shape)
            yield from ((metric, metric.of(found)) for metric in metrics)


def _scored(scorer: Path, gold: Sequence[Path], shape: str) -> dict[str, Any]:
    """Run the engine on the texts of `gold` and return what the scorer says of it."""
    lines = [line for path in gold for line in path.read_text("utf-8").split("\n") if line.strip()]
    bare = ({key: one.get(key) for key in KEPT if key in one} for one in map(json.loads, lines))
    given = "".join(json.dumps(one) + "\n" for one in bare)
    engine = [sys.executable, "-m", "corpus", "--tier", "light", "--as", shape]
    found = subprocess.run(engine, input=given.encode(), stdout=subprocess.PIPE, check=True)
    with tempfile.TemporaryDirectory() as scratch:
        answer = Path(scratch) / "found.jsonl"
        answer.write_bytes(found.stdout)
        scoring = [sys.executable, str(scorer), ",".join(map(str, gold)), str(answer), "--json"]
        done = subprocess.run(scoring, stdout=subprocess.PIPE, check=True)
    scored: dict[str, Any] = json.loads(done.stdout)
    return scored


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 if no set is there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="scorers, and data/ with sets")
    parser.add_argument("--half", default="dev", help="which part, or parts with commas between")
    parser.add_argument("--markdown", action="store_true", help="print rows for the README")
    options = parser.parse_args(arguments)
    found = list(rows(options.folder, options.half.split(",")))
    if not found:
        print(f"no set called *.{options.half}.jsonl in {options.folder / 'data'}", file=sys.stderr)
        return 1
    for metric, value in found:
        if options.markdown:
            print(f"| {metric.name} | {metric.peer or '–'} | {value:.1f} |")
        else:
            print(f"{metric.name:42} {value:6.1f}   {metric.peer}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
