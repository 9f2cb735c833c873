"""Speakers for the names of a reading: each belongs to its article, whoever else bears the name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from claims import batch, gate, identity
from claims.models import Article, Role, Speaker
from corpus.speakers.compare import misspelled
from corpus.speakers.offices import offices

Voice = tuple[str, str]
"""A name and a kind of speaker."""


def voice_of(attribution: Mapping[str, Any]) -> Voice | None:
    """Return the name and kind an attribution gives its words to, if it names a voice.

    A reading that does not say what kind of voice it is gives an unnamed role.
    """
    name = gate.line("speaker", attribution["speaker"] or "")
    return (name, attribution["speaker_kind"] or Speaker.Kind.ROLE.value) if name else None


def speakers_of(article: Article, text: str, voices: Iterable[Voice]) -> dict[Voice, int]:
    """Return the id of each voice's speaker in the locked `article`, made where there is none.

    A new person gets the roles that `text` gives the name. Whether somebody of another article
    is the same is for `claims.matching`, which looks at new speakers when the run is over. A name
    in `text` that is spelled much like a person's gets a row too, for editors to say who it is.
    """
    wanted = list(dict.fromkeys(voices))
    persons = [name for name, kind in wanted if kind == Speaker.Kind.PERSON]
    slips = [(name, Speaker.Kind.PERSON.value) for name in misspelled(text, persons)]
    wanted += [voice for voice in slips if voice not in wanted]
    stored = Speaker.objects.filter(article=article, read_as__in={name for name, _ in wanted})
    found = {(row.read_as, row.kind): row.pk for row in stored}
    new = [
        Speaker(
            article=article, name=name, read_as=name, kind=kind, **identity.columns_of(name, kind)
        )
        for name, kind in wanted
        if (name, kind) not in found
    ]
    batch.insert(new)
    batch.insert([role for row in new for role in _roles(row, text)])
    return found | {(row.name, row.kind): row.pk for row in new}


def _roles(speaker: Speaker, text: str) -> Sequence[Role]:
    if speaker.kind != Speaker.Kind.PERSON:
        return []
    return [
        Role(
            speaker=speaker,
            title=office.title,
            organisation=office.organisation,
            origin=Role.Origin.MACHINE,
            article=speaker.article,
            start=office.span.start,
            end=office.span.end,
        )
        for office in offices(text, speaker.name)
    ]
