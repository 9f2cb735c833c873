"""Hostile shapes: what a text may be made of to make a reader slow; each repeated to any size.

SHAPES are for figures and dates, VOICES for attributions, MAIN for the main tier, which takes
longer. Used by the growth tests and by tests/benchmarks/figures_growth.py and voices_growth.py.
"""

from __future__ import annotations

import time
from itertools import count, islice

from corpus.extract import extract
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

NEWS = """Council weighs new ferry quay

KESTRIA, 9 May 2031 — The harbour council of Saltmere said on Tuesday that it would spend $4.2
million on a new quay, a third more than last year.

“We have waited for ten years,” said Lena Ortiz, who chairs the council. “The old quay lost 40
berths in the storm.”

According to a report by the Port Office, traffic rose 12 percent in 2030. Aldo Merrit, a spokesman
for the ferry workers, told the Courier that at least 300 people would lose their jobs. “Nobody
asked us,” he added.

Ms. Ortiz denied this, citing figures of the ministry."""

VOICES: dict[str, str] = {
    # quotation marks
    "nested quotations": '“Yes ‘no "so” ',
    "quotations in quotations": "“a ‘b “c ‘d ",
    "straight quotations": '"Yes" ',
    "single quotations": "‘Yes’ he said ",
    "straight single marks": "'Yes' ",
    "curly marks that alternate": "“a” ”b“ ",
    "quotations never closed": "“We go. ",
    "quotations never opened": "We go.” ",
    "guillemets": "«Oui» ‹non› ",
    "low marks": "„Ja“ ",
    "quotations of one word": "“a” said ",
    "quotations and figures": "“We lost 40,” ",
    "a reopened quotation on each line": "“We were 9 and went on.\n\n",
    "a closed quotation on each line": "“We were 9,” she said.\n\n",
    "apostrophes": "the pilots' ",
    "contractions": "he's they've ",
    "marks between letters": 'a"b',
    # words of saying
    "said": "said ",
    "cue words": "said told claimed according to ",
    "said, said": "said, ",
    "presented": "presented some figures: ",
    "announced": "announced 5 plans. ",
    "he said she said": "he said she said ",
    "he said that he said": "he said that ",
    "said nobody": "he did not say ",
    "she": "she ",
    "pronouns": "he she they it we I you ",
    "pronouns that speak": "She said 5. ",
    "said at the end of lines": "Prices rose 5%, said\n",
    "according to": "according to ",
    "according to names": "according to Ann Lee, ",
    "citing": "citing ",
    "citing names": "the agency said, citing Ann Lee, ",
    "chains": "Ann Lee said Bo Roe told Cy Moe that ",
    "reportedly": "reportedly allegedly ",
    "the report shows": "The report shows 5, ",
    "which says": "which says ",
    "asked": "asked whether ",
    "whom": "Ann Lee, who said 5, ",
    "as": "as Ann Lee put it, ",
    "that": "that ",
    # names
    "names": "Ann Lee ",
    "names with commas": "Ann Lee, ",
    "names with and": "Ann Lee and Bo Roe and ",
    "Mr A": "Mr A ",
    "Mr A said": "Mr A said 5. ",
    "titles": "Minister ",
    "titles of state": "Foreign Minister of the State ",
    "prime ministers": "Prime Minister Ann Lee said. ",
    "particles": "de la ",
    "names with particles": "Ana de la Cruz y ",
    "initials": "A. B. C. ",
    "initials of names": "A. Lee ",
    "capitals": "ANN LEE ",
    "ands": "and ",
    "names with hyphens": "Ann-Lee-",
    "names in brackets": "(Ann Lee) ",
    "names in quotation marks": "Ann “Bo” Lee ",
    "genitives": "Ann Lee's ",
    "names of bodies": "the Ministry of the ",
    "offices of bodies": "spokesman for the Office of the ",
    "names in another order": "Lee Ann Lee ",
    "long names": "Aa Bb Cc Dd Ee Ff Gg Hh Ii Jj Kk Ll ",
    "surnames alone": "Lee said. Roe said. ",
    "accents": "Ána Çelik Ðorđe ",
    # sentences and lines
    "labels": "LEE: Yes.\n",
    "labels without a word": "LEE:\n",
    "labels on one line": "LEE: Yes. ROE: No. ",
    "questions and answers": "Q: Who? A: Ann Lee.\n",
    "colons": "Lee: ",
    "colons alone": ": ",
    "headlines": "40 boats sank: minister\n",
    "headlines with dashes": "40 boats sank – minister\n",
    "one word on a line": "Lee\n",
    "cues on lines": "said\n",
    "one word on a paragraph": "Lee\n\n",
    "First … Second": "First, 5 boats. Second, 6 boats. ",
    "First … Second on lines": "First, she said 5.\nSecond, she said 6.\n",
    "dashes of dialogue": "– Yes, he said. – No. ",
    "dashes on lines": "— Yes\n",
    "dashes": "boats — she said — sank ",
    "brackets": "[he said] (she said) ",
    "open brackets": "(he said [",
    "ellipses": "he said … ",
    "no sentence ends": "the boats left the harbour and ",
    "no blanks": "hesaid",
    "long words": "a" * 400 + " ",
    "long names without a blank": "Lee" * 100 + " ",
    "short sentences": "He left. ",
    "questions": "Who said so? ",
    "semicolons": "he said 5; ",
    "commas": "he, she, ",
    # news
    "he said it rose": "He said 5 rose, she said. ",
    "news on one line": NEWS.replace("\n", " ") + " ",
    "news": NEWS + "\n\n",
}
VOICES["all of these"] = "".join(VOICES.values())

MAIN: dict[str, str] = {
    "capitals": "Aaa Bbb ",
    "cues": "He said that he said 4, and ",
    "sources": "according to A, ",
    "citing": "A, citing B, said ",
    "quotation marks": '"a 5 ',
    "turns": "Q: a 5\n",
    "commas": "Jin, a b, ",
    "pronouns": "He told her. ",
    "one name": "Ann Lee said 5. ",
    "clauses": "Ann Lee who said who said ",
    "quotations": '"x," said Ann Lee, a pilot from Oss, ',
} | {
    name: VOICES[name]
    for name in (
        "one word on a line",
        "nested quotations",
        "cue words",
        "he said it rose",
        "a closed quotation on each line",
        "news on one line",
    )
}


def text_of(shape: str, size: int) -> str:
    """Return `size` code points of a shape."""
    return (shape * (size // len(shape) + 1))[:size]


def crowd(size: int) -> str:
    """Return `size` code points about people who share their first name, each named once."""
    letters = "bcdfghjklmnpqrstvwxyz"
    names = ("".join(letters[n // 21**place % 21] for place in range(4)) for n in count())
    stories = (f"Ann {name.title()} said 5. The pilot came. Ann left. " for name in names)
    return "".join(islice(stories, size // 40))[:size]


def seconds(text: str) -> float:
    """Return the CPU time that the figure reader takes for a text, sentences included."""
    begun = time.process_time()
    read(text, sentences(text))
    return time.process_time() - begun


def seconds_to_extract(text: str, tier: str) -> float:
    """Return the CPU time of a whole reading, voices by `tier`, whatever language it looks like."""
    begun = time.process_time()
    extract(text, language="en", tier=tier)
    return time.process_time() - begun
