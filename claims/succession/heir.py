"""An article in which words of another go on."""

from dataclasses import dataclass

from claims.models import Article
from claims.runs.apply import part_spans
from claims.succession.places import Shift
from corpus.sentences import sentences
from corpus.spans import Span


@dataclass(frozen=True, slots=True)
class Heir:
    """An article in which words of another go on: its text, and where the other's spans stand.

    One that was `there` before the action is put back as it was where the action is undone; any
    other is hidden then, with all that it got.
    """

    article: Article
    text: str
    shift: Shift
    there: bool = False

    @property
    def lines(self) -> list[Span]:
        """The sentences of its text."""
        return sentences(self.text, part_spans(self.article))
