"""An attribution being put together, whoever found it: the tagger or one of the forms."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.spans import Span
from corpus.speakers.scene import Voice

FORM = "rules"
"""The tier of what was found by a form and not by a tagger."""
SURE = 0.8
"""Score of what a form finds."""


@dataclass(slots=True, eq=False)
class Draft:
    """Source, cue and content so far; `place` is where it stands in the order of the text.

    `gives` marks figures that are announced, so that what follows belongs to them, `turn` a turn
    of a transcript, `written` what a thing says and not a person. A `tentative` draft, such as
    ", they show,", is dropped unless its voice is found. `parent` is the draft that cites this
    one, or holds it. `voice` is resolved when all drafts are there.
    """

    source: Span | None
    cue: Span | None
    content: list[Span]
    score: float = SURE
    tier: str = FORM
    voice: Voice | None = None
    parent: Draft | None = None
    written: bool = False
    gives: bool = False
    turn: bool = False
    tentative: bool = False
    stance: str = "asserted"

    @property
    def place(self) -> Span:
        """Where the cue is, or the source, or the content."""
        return self.cue or self.source or self.content[0]

    def covers(self, span: Span) -> bool:
        """Tell whether some content overlaps `span`."""
        return any(one.overlaps(span) for one in self.content)
