"""How the time of whole readings grows with the size of hostile texts, in either tier.

python -m tests.benchmarks.voices_growth [--tier light] [--sizes 25000 100000] [--shape NAME]

Each shape is repeated to each size and read end to end, figures, dates and voices; the least CPU
time of some runs counts. A slope of 1 is linear, 2 is quadratic. Exit code 1 if a slope or a time
per 100,000 characters is above its limit.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial

from corpus.tagging import TIERS, best_tier
from tests.benchmarks.figures_growth import arguments_for, too_slow
from tests.corpus.shapes import VOICES, seconds_to_extract

SIZES = (25_000, 100_000)
SLOWEST = {"main": 10.0, "light": 2.0}
"""Seconds of CPU time that 100,000 characters may take."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a shape, and say which are above a limit."""
    parser = arguments_for(__doc__.split("\n")[0], VOICES, SIZES)
    parser.add_argument("--tier", choices=TIERS, help="default: the best that can run")
    options = parser.parse_args(arguments)
    if len(set(options.sizes)) < 2:
        parser.error("a slope needs two sizes")
    tier = best_tier(options.tier)
    print(f"{tier} tier")
    seconds_to_extract("Ann Lee said 40 boats sank.", tier)  # loads the tier
    took = partial(seconds_to_extract, tier=tier)
    return int(bool(too_slow(took, VOICES, options, SLOWEST[tier])))


if __name__ == "__main__":
    sys.exit(main())
