"""How fast whole readings are on given texts: figures, dates and voices, on one core.

python -m tests.benchmarks.voices_speed PATH… [--characters 1000000] [--runs 3] [--tier light]

PATH is a file of JSON Lines with a `text` each (plain or .gz), a text file, or a folder of text
files. Every tier reads all of the text, then only the paragraphs that figures need. The median of
the runs counts, in CPU time; between two runs a fixed piece of other work is measured, so that a
busy machine shows. Loading time and memory are those of fresh processes (Linux).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from corpus.extract import extract
from corpus.tagging import TIERS, best_tier
from tests.benchmarks.figures_speed import fresh, texts, yardstick

IMPORT = "from corpus.extract import extract"
READ_ONE = f"{IMPORT}\nextract('Ann Lee said 40 boats sank.', tier='{{tier}}')"


def read_all(found: Sequence[str], tier: str, figures_only: bool) -> float:
    """Return the CPU seconds that reading every text takes."""
    begun = time.process_time()
    for text in found:
        extract(text, tier=tier, figures_only=figures_only)
    return time.process_time() - begun


def main(arguments: Sequence[str] | None = None) -> int:
    """Print words per CPU second by tier, loading time and memory."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="texts to read")
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tier", action="append", choices=TIERS, help="only this one; repeat")
    options = parser.parse_args(arguments)
    found = list(texts(options.paths, options.characters))
    words = sum(len(text.split()) for text in found)
    if not words:
        parser.error("there is no text in what was given")
    print(f"{len(found)} texts, {words:,} words")
    busy = []
    for tier in options.tier or [tier for tier in TIERS if best_tier(tier) == tier]:
        extract("Ann Lee said 40 boats sank.", tier=tier)  # loads the tier
        for name, figures_only in (("all text", False), ("figures only", True)):
            speeds = []
            for _ in range(options.runs):
                busy.append(yardstick())
                speeds.append(words / read_all(found, tier, figures_only))
            low, middle, high = min(speeds), statistics.median(speeds), max(speeds)
            print(f"{tier}, {name}: {middle:,.0f} words per CPU second ({low:,.0f} to {high:,.0f})")
        took, memory, more = fresh(READ_ONE.format(tier=tier), options.runs)
        print(
            f"{tier}, import and one sentence: {took:.2f} s, {memory:.0f} MB ({more:.0f} MB more)"
        )
    took, memory, more = fresh(IMPORT, options.runs)
    print(f"import: {took:.2f} s, {memory:.0f} MB ({more:.0f} MB more than Python alone)")
    print(f"a fixed piece of other work between the runs took {min(busy):.3f} to {max(busy):.3f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
