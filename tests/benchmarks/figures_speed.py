"""How fast the figure reader is on given texts: numbers, dates and designators, on one core.

python -m tests.benchmarks.figures_speed PATH… [--characters 1000000] [--runs 5]

PATH is a file of JSON Lines with a `text` each (plain or .gz), a text file, or a folder of text
files. Texts are taken in the order of their names until there are enough characters; the median
of the runs counts, in CPU time; finding the sentences is part of it. Between two runs the same
work without the reader is measured, so that a busy machine shows. Import time and memory are
those of fresh processes (Linux); import time is CPU time too.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import readers
from corpus.quantities import read
from corpus.sentences import sentences

FRESH = """
import time
from pathlib import Path

def megabytes():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))

before, begun = megabytes(), time.process_time()
{work}
print(time.process_time() - begun, megabytes(), megabytes() - before)
"""
IMPORT = "from corpus.quantities import read\nfrom corpus.sentences import sentences"
READ_ONE = f"{IMPORT}\nread('On 9 March 2031 at least 1,200 people came.', [])"


def texts(paths: Sequence[Path], characters: int) -> Iterator[str]:
    """Yield texts of the given files, in order, until they hold so many characters."""
    for path in paths:
        for name in sorted(path.rglob("*")) if path.is_dir() else [path]:
            for text in _texts_of(name) if name.is_file() else ():
                if characters <= 0:
                    return
                characters -= len(text)
                yield text


def _texts_of(path: Path) -> list[str]:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data, path = gzip.decompress(data), path.with_suffix("")
    return [record.text for record in readers.read(data, path.name).records]


def read_all(found: Sequence[str]) -> tuple[float, int]:
    """Read every text; return CPU seconds, and how many figures and names there are."""
    begun, number = time.process_time(), 0
    for text in found:
        result = read(text, sentences(text))
        number += len(result.quantities) + len(result.designators)
    return time.process_time() - begun, number


def yardstick() -> float:
    """Return CPU seconds of a fixed piece of work, which tells how busy the machine is."""
    begun = time.process_time()
    sum(n * n for n in range(2_000_000))
    return time.process_time() - begun


def fresh(work: str, runs: int) -> list[float]:
    """Return medians for `work` in a fresh process: CPU seconds, MB, MB more than before."""
    rows = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", FRESH.format(work=work)], capture_output=True, check=True
        )
        rows.append([float(part) for part in done.stdout.split()])
    return [statistics.median(column) for column in zip(*rows, strict=True)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print characters per CPU second, import time and memory."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="texts to read")
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    found = list(texts(options.paths, options.characters))
    size = sum(map(len, found))
    if not size:
        parser.error("there is no text in what was given")
    speeds, busy = [], []
    for _ in range(options.runs):
        busy.append(yardstick())
        seconds, number = read_all(found)
        speeds.append(size / seconds)
    print(f"{len(found)} texts, {size:,} characters, {number:,} figures, dates and designators")
    print(
        f"{statistics.median(speeds):,.0f} characters per CPU second: the median of {options.runs}"
    )
    print(
        f"runs, {min(speeds):,.0f} to {max(speeds):,.0f}; a fixed piece of other work between them"
    )
    print(f"took {min(busy):.3f} to {max(busy):.3f} s")
    for title, work in (("import", IMPORT), ("import and one sentence", READ_ONE)):
        took, memory, more = fresh(work, options.runs)
        print(f"{title}: {took:.2f} s, {memory:.0f} MB ({more:.0f} MB more than Python alone)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
