"""Hostile shapes: what a text may be made of to make a reader slow; each repeated to any size.

Used by the growth test and by tests/benchmarks/figures_growth.py.
"""

from __future__ import annotations

import time

from corpus.quantities import read
from corpus.sentences import sentences

SHAPES: dict[str, str] = {
    # runs of one mark
    "digits": "1",
    "blanks": " ",
    "line breaks": "\n",
    "hyphens": "-",
    "quotation marks": '"',
    "curly quotation marks": "“",
    "brackets": "(",
    "currency signs": "$",
    "slashes": "/",
    "full stops": ".",
    "letters": "a",
    "capital letters": "A",
    # digits and marks
    "commas between digits": "1,",
    "stops between digits": "1.",
    "colons between digits": "1:",
    "slashes between digits": "1/",
    "hyphens between digits": "1-",
    "digits and blanks": "1 ",
    "groups of three digits": "100 ",
    "no-break groups of digits": "100\u00a0",
    "digits in brackets": "(5",
    "digits on lines": "5\n",
    "signs and digits": "−5 ",
    "percent signs": "5% ",
    "currency and digits": "€1",
    "currency codes": "US$",
    "superscript digits": "10²",
    "other digits": "٤٥",
    "full-width digits": "５，",
    "halves": "5½ ",
    # number words
    "number words": "twenty-one ",
    "number words joined": "twenty-",
    "scale words": "thousand ",
    "scales after figures": "5 million ",
    "ordinals": "first ",
    "ordinal figures": "21st ",
    "and": "twenty and ",
    "of": "3 of the 4 ",
    "halves of": "half a ",
    "points": "five point ",
    "vague words": "several hundred ",
    # phrases
    "from … to": "from 1 to 2 ",
    "rises from … to": "rose from 1 to 2 percent ",
    "between … and": "between 5 and ",
    "at least": "at least ",
    "per": "5 km per ",
    "units": "5 kg ",
    "counted nouns": "5 big boats ",
    "capital words": "Aaa Bbb 4 ",
    "ages": "Ann Lee, 5, ",
    # dates
    "years": "2019 ",
    "year ranges": "2019-",
    "months": "May ",
    "days of months": "May 1, ",
    "weekdays": "Monday ",
    "numeric dates": "1/2/2019 ",
    "clock times": "8:30 ",
    "last years": "last year ",
    "years earlier": "a year earlier ",
    "quarters": "third quarter of ",
    # designators
    "addresses of pages": "http://",
    "addresses of mail": "a1@b.",
    "telephone numbers": "+44 20 ",
    "versions": "v1.0.",
    "numbers of things": "No. 5 ",
}
SHAPES["all of these"] = "".join(SHAPES.values())


def text_of(shape: str, size: int) -> str:
    """Return `size` code points of a shape."""
    return (shape * (size // len(shape) + 1))[:size]


def seconds(text: str) -> float:
    """Return the CPU time that the figure reader takes for a text, sentences included."""
    begun = time.process_time()
    read(text, sentences(text))
    return time.process_time() - begun
