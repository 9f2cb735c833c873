"""Speakers for the names of a reading: shared by all articles, or local to this one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from claims import gate
from claims.models import Alias, Article, Speaker

SHARED_KINDS: Final = frozenset(
    {Speaker.Kind.PERSON, Speaker.Kind.ORGANISATION, Speaker.Kind.DOCUMENT}
)

Voice = tuple[str, str]
"""A name and a kind of speaker."""


def voice_of(attribution: Mapping[str, Any]) -> Voice | None:
    """Return the name and kind an attribution gives its words to, if it names a voice.

    A reading that does not say what kind of voice it is gives an unnamed role.
    """
    name = gate.line("speaker", attribution["speaker"] or "")
    return (name, attribution["speaker_kind"] or Speaker.Kind.ROLE.value) if name else None


def speakers_of(article: Article, voices: Iterable[Voice]) -> dict[Voice, int]:
    """Return the id of each voice's speaker, made where there is none.

    Persons with a name of two words or more, organisations and documents are shared: found by
    name and kind, or by an alias of exactly one of that kind. A name that several shared speakers
    bear, a lone surname, a group and an unnamed role stay local to the article.
    """
    wanted = list(dict.fromkeys(voices))
    names = {name for name, _ in wanted}
    shared: dict[Voice, set[int]] = defaultdict(set)
    also: dict[Voice, set[int]] = defaultdict(set)
    local: dict[Voice, int] = {}
    for speaker in Speaker.objects.filter(name__in=names, article=None):
        shared[speaker.name, speaker.kind].add(speaker.pk)
    for alias in Alias.objects.filter(form__in=names, speaker__article=None).select_related(
        "speaker"
    ):
        also[alias.form, alias.speaker.kind].add(alias.speaker_id)
    for speaker in Speaker.objects.local_to(article).filter(name__in=names).order_by("-id"):
        local[speaker.name, speaker.kind] = speaker.pk
    found: dict[Voice, int] = {}
    for voice in wanted:
        known = (shared[voice] or also[voice]) if _is_shared(voice) else set()
        if len(known) == 1:
            found[voice] = next(iter(known))
        elif voice in local:
            found[voice] = local[voice]
        else:
            place = None if _is_shared(voice) and not known else article
            made = Speaker.objects.create(name=voice[0], kind=voice[1], article=place)
            found[voice] = made.pk
    return found


def _is_shared(voice: Voice) -> bool:
    name, kind = voice
    return kind in SHARED_KINDS and (kind != Speaker.Kind.PERSON or " " in name)
