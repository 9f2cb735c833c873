"""The attributions of an article: frames of every sentence, resolved, linked and carried on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

from corpus.attribution.base import Attribution
from corpus.attribution.content import content_tokens
from corpus.attribution.cues import SAY, Marked, marked
from corpus.attribution.frames import Frame, frames
from corpus.attribution.subjects import opening
from corpus.quotes import Quotation
from corpus.sentences import paragraphs
from corpus.spans import Span, joined
from corpus.speakers.people import People
from corpus.speakers.resolve import PRONOUNS, Hearing, Voice, voice_of
from corpus.speakers.tokens import tokens

LABEL_RE = re.compile(
    r"(?P<label>Q|A|[A-Z][\w\u0300-\u036f'’-]{0,30}"
    r"(?: [A-Z][\w\u0300-\u036f'’.-]{0,30}){0,3}):\s{1,9}"
)
TAIL_RE = re.compile(r"[^:\n]{8,300}:\s(?P<who>[^:\n.,\d]{3,80})\Z")
NEXT_POINT_RE = re.compile(r"(?:And )?(?:Second|Third|Fourth|Fifth|Sixth|Finally|Last)(?:ly)?\b")
SHORT_QUOTE = 4
"""Number of words up to which a quotation is a turn of phrase and needs no speaker."""
DEEPEST = 8
"""Number of attributions embedded in one another beyond which a link is cut."""
NEAREST = 8
"""Number of neighbours looked at for the attribution that holds another one."""


@dataclass(slots=True)
class Draft:
    """An attribution being put together; `sentence` and `line` number where its cue stands."""

    voice: Voice
    cue: Span | None
    content: list[Span]
    sentence: int
    line: int
    written: bool = False
    trailing: bool = False
    gives: bool = False
    worded: bool = True
    parent: Draft | None = None
    score: float = 0.8


@dataclass(slots=True)
class Article:
    """What the reader knows while it goes through a text, line by line."""

    text: str
    people: People
    quotations: Sequence[Quotation]
    heard: Hearing = field(default_factory=Hearing)
    drafts: list[Draft] = field(default_factory=list)
    quoted_before: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """Count for each quotation, by where it starts, the code points quoted before it."""
        lengths = accumulate((len(one.span) for one in self.quotations), initial=0)
        starts = (one.span.start for one in self.quotations)
        self.quoted_before = dict(zip(starts, lengths, strict=False))


def attributions(
    text: str, sentences: Sequence[Span], quotations: Sequence[Quotation], people: People
) -> list[Attribution]:
    """Return the attributions of `text` in the order of their cues, numbered from 0."""
    outer = [quotation for quotation in quotations if quotation.depth == 0]
    article = Article(text, people, outer)
    lines = paragraphs(text)
    labelled = _labelled(text, lines)
    starts = [sentence.start for sentence in sentences]
    for number, line in enumerate(lines):
        first = bisect_left(starts, line.start)
        last = bisect_left(starts, line.end)
        _read_line(article, number, line, sentences[first:last], first, labelled)
    article.drafts = _carried(article, lines, sentences)
    return _numbered(article)


def _labelled(text: str, lines: Sequence[Span]) -> dict[int, re.Match[str]]:
    """Return the lines that begin with a speaker's label, if the text is a transcript."""
    found = {
        number: label
        for number, line in enumerate(lines)
        if (label := LABEL_RE.match(text, line.start, line.end)) and label.end() < line.end
    }
    names = [label["label"] for label in found.values()]
    spoken = {n: m for n, m in found.items() if m["label"].isupper() or names.count(m["label"]) > 1}
    return spoken if len(spoken) > 1 else {}


def _read_line(
    article: Article,
    number: int,
    line: Span,
    sentences: Sequence[Span],
    first: int,
    labelled: dict[int, re.Match[str]],
) -> None:
    turn = None
    article.heard.line = line.start
    if label := labelled.get(number):
        turn = _turn(article, label, line, first, number)
    elif number == 0 or len(sentences) == 1:
        _headline(article, line, first, number)
    begun = len(article.drafts)
    for offset, sentence in enumerate(sentences):
        around = _quotes_in(article, sentence)
        words = tokens(article.text, sentence)
        here = marked(words, sentence, around, article.people)
        _read_sentence(article, here, first + offset, number)
    for draft in article.drafts[begun:]:
        draft.parent = draft.parent or turn
    _free_quotations(article, line, number, begun, first)


def _quotes_in(article: Article, sentence: Span) -> Sequence[Quotation]:
    first = bisect_left(article.quotations, sentence.start, key=lambda one: one.span.end)
    last = bisect_left(article.quotations, sentence.end, key=lambda one: one.span.start)
    return article.quotations[first:last]


def _turn(
    article: Article, label: re.Match[str], line: Span, sentence: int, number: int
) -> Draft | None:
    """Read one turn of a transcript: "RENNER: ...", "A: ..."."""
    mention = Span(label.start("label"), label.end("label"))
    voice = Voice(mention, None, "role", "label")
    if label["label"] not in ("Q", "A"):
        found = article.people.matching(tuple(label["label"].lower().split()), ())
        if len(found) == 1:
            voice = Voice(mention, found[0].name, "person", "label")
        else:
            voice = Voice(mention, label["label"].title(), "person", "label")
    elif label["label"] == "A" and article.heard.voices:
        voice = replace(article.heard.voices[0], mention=mention, by="label")
    content = Span(label.end(), line.end)
    draft = Draft(voice, Span(mention.end, mention.end + 1), [content], sentence, number)
    article.drafts.append(draft)
    article.heard.voices.append(voice)
    return draft


def _headline(article: Article, line: Span, sentence: int, number: int) -> None:
    """Read "content: spokeswoman", the way headlines give their source."""
    tail = TAIL_RE.match(article.text, line.start, line.end)
    if tail is None:
        return
    phrase = tokens(article.text, Span(*tail.span("who")))
    if len(phrase) > 8:
        return
    voice = voice_of(article.people, phrase, article.heard)
    if voice.by == "phrase" or not voice.speaker:
        return
    colon = tail.start("who") - 2
    content = Span(line.start, colon)
    article.heard.add(voice, phrase)
    article.drafts.append(
        Draft(voice, Span(colon, colon + 1), [content], sentence, number, score=0.7)
    )


def _read_sentence(article: Article, here: Marked, sentence: int, line: int) -> None:
    found = frames(here)
    drafts: list[Draft] = []
    citable: list[Draft] = []
    plain = sum(not frame.citing for frame in found)
    for n, frame in enumerate(sorted(found, key=lambda frame: frame.citing)):
        if n == plain:
            citable = list(drafts)
        phrase = frame.subject.phrase(here)
        voice = voice_of(article.people, phrase, article.heard)
        cue = Span(here.words[frame.cue[0]].start, here.words[frame.cue[1] - 1].end)
        draft = Draft(
            voice=voice,
            cue=cue,
            content=_content(article, here, frame),
            sentence=sentence,
            line=line,
            written=frame.written or voice.kind == "document",
            trailing=frame.before is not None and frame.before[0] == 0,
            gives=frame.gives,
            worded=frame.cue[1] - frame.cue[0] == 1 and here.lower(frame.cue[0]) != "per",
        )
        if frame.citing:
            draft.parent = _cited_in(citable, draft)
            draft.content = list(draft.parent.content) if draft.parent else []
        said = here.lower(frame.cue[0]) in SAY
        pronoun_of_thing = phrase[0].lower in ("it", "they") and not voice.speaker and not said
        if (draft.content or draft.gives) and not pronoun_of_thing:
            drafts.append(draft)
            article.heard.add(voice, phrase)
    article.drafts.extend(sorted(drafts, key=_place))
    _remember_topic(article, here)


def _remember_topic(article: Article, here: Marked) -> None:
    """Note whom the sentence begins with; a pronoun leaves that as it was."""
    begins = opening(here)
    if begins is None:
        article.heard.topic = None
    elif here.lower(0) not in PRONOUNS:
        article.heard.topic = voice_of(article.people, here.words[slice(*begins)], article.heard)


def _cited_in(drafts: Sequence[Draft], citing: Draft) -> Draft | None:
    """Return the draft whose words rest on the cited source: the nearest cue."""
    at = _place(citing)
    n = bisect_left(drafts, at, key=_place)
    near = drafts[max(0, n - 1) : n + 1]
    return min(near, key=lambda one: abs(_place(one)[0] - at[0]), default=None)


def _content(article: Article, here: Marked, frame: Frame) -> list[Span]:
    spans = []
    for stretch in (frame.before, frame.after):
        if stretch and (words := content_tokens(here, stretch)):
            start, end = words[0].start, words[-1].end
            first = here.quoted[_index(here, start)]
            last = here.quoted[_index(here, end - 1)]
            if first and first.span.start < start:
                start = first.span.start
            if last and last.span.end > end:
                end = last.span.end
            spans.append(Span(start, end))
    return spans


def _index(here: Marked, place: int) -> int:
    return max(0, bisect_left(here.words, place + 1, key=lambda token: token.start) - 1)


def _free_quotations(article: Article, line: Span, number: int, begun: int, first: int) -> None:
    """Give a quotation without a cue of its own to whoever speaks around it."""
    here = article.drafts[begun:]
    covered = [span for draft in here for span in draft.content]
    for quotation in _quotes_in(article, line):
        if len(quotation.inner.cut(article.text).split()) <= SHORT_QUOTE:
            continue
        if any(span.overlaps(quotation.span) for span in covered):
            continue
        whole = quotation.span.start == line.start
        before = [d for d in here if d.cue and d.cue.start < quotation.span.start]
        source = before[-1] if before else None
        if source is None and (whole or quotation.continues):
            earlier = [d for d in article.drafts[:begun] if d.line == number - 1]
            source = earlier[-1] if earlier else None
        if source is None and here:
            source = here[0]
        if source is not None:
            source.content.append(quotation.span)


def _carried(article: Article, lines: Sequence[Span], sentences: Sequence[Span]) -> list[Draft]:
    """Let an attribution run on over sentences that plainly belong to it."""
    by_line: dict[int, list[Draft]] = {}
    for draft in article.drafts:
        by_line.setdefault(draft.line, []).append(draft)
    starts = [sentence.start for sentence in sentences]
    for number, drafts in by_line.items():
        last = bisect_left(starts, lines[number].end)
        _carry_between(drafts, sentences)
        _carry_list(article.text, drafts, sentences, last)
        for draft in drafts:
            if draft.gives:
                _carry_on(draft, drafts, by_line, lines, sentences, last)
    return [draft for draft in article.drafts if draft.content]


def _carry_between(drafts: Sequence[Draft], sentences: Sequence[Span]) -> None:
    """Sentences between two attributions to one voice are its own, if the second closes them."""
    for first, second in pairwise(drafts):
        same = first.voice.speaker and first.voice.speaker == second.voice.speaker
        if same and second.trailing and second.worded:
            second.content.extend(sentences[first.sentence + 1 : second.sentence])
            second.content.sort()


def _carry_list(text: str, drafts: Sequence[Draft], sentences: Sequence[Span], last: int) -> None:
    """ "First, N said, ... Second, ... Third, ...": the whole list is N's."""
    taken = {draft.sentence for draft in drafts}
    for draft in drafts:
        if not sentences[draft.sentence].cut(text).startswith("First"):
            continue
        for at in range(draft.sentence + 1, last):
            if not NEXT_POINT_RE.match(text, sentences[at].start):
                break
            if at not in taken:
                draft.content.append(sentences[at])


def _carry_on(
    draft: Draft,
    drafts: Sequence[Draft],
    by_line: dict[int, list[Draft]],
    lines: Sequence[Span],
    sentences: Sequence[Span],
    last: int,
) -> None:
    """ "N presented some figures:" covers what follows, up to the next voice."""
    taken = {other.sentence for other in drafts if other is not draft}
    at = draft.sentence + 1
    while at < last and at not in taken:
        draft.content.append(sentences[at])
        at += 1
    line = draft.line + 1
    while at == last and line < len(lines) and line not in by_line and line < draft.line + 4:
        draft.content.append(lines[line])
        line += 1


def _numbered(article: Article) -> list[Attribution]:
    """Number the drafts by where they stand and find in which other each is embedded."""
    drafts = sorted(article.drafts, key=_place)
    for draft in drafts:
        draft.content = joined(draft.content)
    numbers = {id(draft): n for n, draft in enumerate(drafts)}
    holders = [_holder(drafts, n) or draft.parent for n, draft in enumerate(drafts)]
    parents = _without_circles(
        [None if holder is None else numbers[id(holder)] for holder in holders]
    )
    return [
        Attribution(
            n=n,
            manner=_manner(article, draft),
            source=(draft.voice.mention,),
            cue=(draft.cue,) if draft.cue else (),
            content=tuple(draft.content),
            mention=draft.voice.mention,
            speaker=draft.voice.speaker,
            speaker_kind=draft.voice.kind,
            resolved_by=draft.voice.by,
            candidates=draft.voice.candidates,
            parent=parents[n],
            score=draft.score,
        )
        for n, draft in enumerate(drafts)
    ]


def _without_circles(parents: list[int | None]) -> list[int | None]:
    """Cut each link that leads back to its start, or deeper than any real chain."""
    for n, parent in enumerate(parents):
        at, depth = parent, 0
        while at is not None and at != n and depth < DEEPEST:
            at, depth = parents[at], depth + 1
        if at is not None:
            parents[n] = None
    return parents


def _place(draft: Draft) -> tuple[int, int]:
    cue = draft.cue or draft.voice.mention
    return cue.start, cue.end


def _holder(drafts: Sequence[Draft], n: int) -> Draft | None:
    """Return the nearest attribution whose content holds this one's cue and source."""
    draft = drafts[n]
    place = Span(_place(draft)[0], _place(draft)[1])
    best: tuple[int, Draft] | None = None
    for other in drafts[max(0, n - NEAREST) : n + NEAREST + 1]:
        if other is draft or other.parent is draft:
            continue
        for span in other.content:
            if span.holds(place) and (best is None or len(span) < best[0]):
                best = (len(span), other)
    return best[1] if best else None


def _manner(article: Article, draft: Draft) -> str:
    if draft.written:
        return "document"
    inside = sum(_length_quoted(article, span) for span in draft.content)
    outside = sum(map(len, draft.content)) - inside
    if inside and outside <= 3:
        return "direct"
    return "mixed" if inside else "indirect"


def _length_quoted(article: Article, span: Span) -> int:
    """Return how many code points of `span` stand in quotation marks."""
    inside = _quotes_in(article, span)
    if not inside:
        return 0
    first, last = inside[0].span, inside[-1].span
    whole = article.quoted_before[last.start] + len(last) - article.quoted_before[first.start]
    return whole - max(0, span.start - first.start) - max(0, last.end - span.end)
