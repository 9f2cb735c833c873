"""How the figure reader's time grows with the size of hostile texts.

python -m tests.benchmarks.figures_growth [--sizes 12500 25000 50000 100000 200000] [--shape NAME]

Each shape is repeated to each size and read; the least CPU time of some runs counts. The slope is
that of the line through the logarithms of size and time: 1 is linear, 2 is quadratic. Exit code
1 if a slope or a time per 100,000 characters is above its limit.
"""

from __future__ import annotations

import math
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence

from tests.corpus.shapes import SHAPES, seconds, text_of

SIZES = (12_500, 25_000, 50_000, 100_000, 200_000)
STEEPEST = 1.2
SLOWEST = 0.6
"""Seconds of CPU time for 100,000 characters; most shapes take less than half of it."""


def slope(sizes: Sequence[int], times: Sequence[float]) -> float:
    """Return the slope of the least-squares line through the logarithms."""
    xs, ys = ([math.log(max(one, 1e-9)) for one in values] for values in (sizes, times))
    middle, height = sum(xs) / len(xs), sum(ys) / len(ys)
    rise = sum((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True))
    return rise / sum((x - middle) ** 2 for x in xs)


def arguments_for(about: str, shapes: Iterable[str], sizes: Sequence[int]) -> ArgumentParser:
    """Return a parser of which sizes and shapes to measure, and how often."""
    parser = ArgumentParser(description=about)
    parser.add_argument("--sizes", nargs="+", type=int, default=sizes, metavar="CHARACTERS")
    parser.add_argument(
        "--shape", action="append", choices=shapes, metavar="NAME", help="only this one; repeat"
    )
    parser.add_argument("--runs", type=int, default=3, help="the least time of so many counts")
    return parser


def too_slow(
    took: Callable[[str], float], shapes: Mapping[str, str], options: Namespace, slowest: float
) -> list[str]:
    """Print one line a shape and return those above a limit.

    `took` returns the CPU seconds for a text; `slowest` are those for 100,000 characters.
    """
    print(f"{'shape':36} {'slope':>6} {'s/100k':>7}", *(f"{size:>9,}" for size in options.sizes))
    bad = []
    for name in options.shape or shapes:
        texts = [text_of(shapes[name], size) for size in options.sizes]
        times = [min(took(text) for _ in range(options.runs)) for text in texts]
        steep, per_100k = slope(options.sizes, times), times[-1] * 100_000 / options.sizes[-1]
        if over := steep > STEEPEST or per_100k > slowest:
            bad.append(name)
        cells = " ".join(f"{one:9.3f}" for one in times)
        print(f"{name:36} {steep:6.2f} {per_100k:7.3f} {cells}{' !' if over else ''}", flush=True)
    print(f"above a limit: {', '.join(bad) or 'none'}")
    return bad


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line a shape, and say which are above a limit."""
    parser = arguments_for(__doc__.split("\n")[0], SHAPES, SIZES)
    options = parser.parse_args(arguments)
    if len(set(options.sizes)) < 2:
        parser.error("a slope needs two sizes")
    return int(bool(too_slow(seconds, SHAPES, options, SLOWEST)))


if __name__ == "__main__":
    sys.exit(main())
