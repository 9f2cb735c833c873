"""Headlines that name their source at the end: "Visit fruitful: spokeswoman"."""

from __future__ import annotations

import re

from corpus.attribution.drafts import Draft
from corpus.attribution.forms.clauses import SAY
from corpus.attribution.page import Page, Sentence
from corpus.attribution.phrases import names_a_voice
from corpus.spans import Span
from corpus.speakers.names import GROUPS, ROLES, singular

TAIL_RE = re.compile(r"(?P<content>[^:\n]{8,300}):\s(?P<who>[^:\n.,?!\d]{3,80})\Z")
JOKES_RE = re.compile(r"(?P<content>[^\n]{8,300}),\s(?P<cue>[a-z]{3,12}s)\s(?P<who>[a-z ]{3,40})\Z")
FINDS_RE = re.compile(
    r"(?P<content>[^\n]{8,300}),\s(?P<who>[\w'’ -]{3,50})\s(?P<cue>[a-z]{2,12}s|said)\Z"
)
HEAD_RE = re.compile(r"(?P<who>[^:\n.,\d“\"‘]{3,60}):\s(?P<content>[“\"‘].{3,300})\Z")
BESIDE_RE = re.compile(
    r"(?P<content>[“\"‘][^“”\"’\n]{3,200}[”\"’])\s(?P<who>[A-Z][^:\n.\d]{3,40}?)\son\s.{0,80}\Z"
)
DASH_RE = re.compile(r"(?P<content>[^\n]{8,300})\s[-–—]\s(?P<who>[a-z][^:\n.,?!\d]{2,40})\Z")
ROLE_RE = re.compile(r"(?P<who>[A-Z][^:\n.,\d“\"‘]{2,40}):\s(?P<content>[^\n]{8,300}[^\n.])\Z")
"""A sentence after a heading, "Help for refugees: It came late.", is nobody's."""
SCORE = 0.7
LONGEST = 8
"""Number of words a source may have in a headline."""


def read(page: Page, line: Span) -> Draft | None:
    """Return what the headline in `line` gives to somebody, who is resolved later."""
    for pattern in (TAIL_RE, HEAD_RE, BESIDE_RE, JOKES_RE, FINDS_RE, DASH_RE, ROLE_RE):
        found = pattern.match(page.text, line.start, line.end)
        if found is None or len(found["who"].split()) > LONGEST:
            continue
        source, content = (Span(*found.span(part)) for part in ("who", "content"))
        here = page.sentences[page.number_at(source.start)]
        first, last = here.index(source.start), here.index(source.end - 1)
        if any(here.lower(n) in SAY for n in range(first, last + 1)):
            continue
        voiced = _speaks if pattern is ROLE_RE else names_a_voice
        if here.free(first) and voiced(here, first, last + 1):
            cue = Span(*found.span("cue")) if "cue" in found.groupdict() else None
            return Draft(source, cue, [content], score=SCORE)
    return None


def _speaks(here: Sentence, start: int, end: int) -> bool:
    """Tell whether the words are a role, police, or a person by name, and nothing else."""
    last = here.lower(end - 1)
    if end == start + 1 and here.people.by_word.get(last):
        return True
    name = here.name(start)
    person = name is not None and name.kind == "person" and here.past(start, name.span.end) == end
    return person or singular(last) in ROLES or last in GROUPS
