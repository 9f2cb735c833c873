"""The text of an article removed, with everything that was read, ruled or logged in its words."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from claims import gate, identity
from claims.columns import refresh
from claims.curation.rulings import locked, locked_articles
from claims.models import (
    Alias,
    Article,
    ArticleText,
    Attribution,
    Change,
    Claim,
    IdentityJudgement,
    PublicChange,
    Reading,
    Report,
    Role,
    Ruling,
    SampleItem,
    SourceFile,
    Speaker,
    Tombstone,
)
from claims.redaction import files
from claims.redaction.black import BLANK, all_black, digest_of
from claims.redaction.shared import Line, Spans, covered
from claims.redaction.traces import bury, cut_again, forget_names, stated_reason, store_text

_WORDS: Final = frozenset(
    {
        *("surface", "concept", "concept_head", "speaker", "place", "scope_place"),
        *("unresolved", "reason"),
    }
)
_LISTS: Final = frozenset({"chain", "candidates"})
_RULED: Final = ("concept", "scope_place", "headline", "byline", "section")
"""Fields whose rulings are words."""


def redact_text(article: Article, *, reason: str, actor: User, version: int) -> Tombstone:
    """Black out the whole text of an article, and withdraw it; its claims keep their figures.

    The same words go from the articles it came from, those that came of it and others of its
    file; what was read and ruled in those loses its words altogether.

    Raises:
        Refused: without a reason, or if the article changed since it was looked at.
    """
    reason = stated_reason(reason)
    files.settle()
    with transaction.atomic():
        spans, gone = covered(article)
        stored = files.lock(list(SourceFile.objects.filter(pk__in={pk for pk, _ in gone})))
        rows = locked_articles(Article.objects.filter(pk__in=spans))
        row = rows[article.pk]
        if row.version != version or covered(article) != (spans, gone):
            raise gate.Refused("article: it changed since you looked at it")
        words = ArticleText.objects.get(pk=row.pk).text
        counts = _forget(rows)
        counts["file"] = _rewrite_files(stored, gone)
        for pk, one in rows.items():
            _blacken(one, spans[pk])
        refresh(locked(Claim.objects.filter(article__in=rows)))  # withdrawn with their article
        counts["articletext"] = len(rows)
        cut_again(rows)
        counts["publicchange"] = _follow(rows, actor)
        return bury("text", row.uid, f"{row.text_sha256}\n{words}", reason, counts, actor)


def _rewrite_files(stored: Sequence[files.Kept], gone: Mapping[Line, Spans]) -> int:
    lines: dict[int, dict[int, Spans]] = defaultdict(dict)
    for (pk, line), slices in gone.items():
        lines[pk][line] = slices
    for file in stored:
        if isinstance(file, SourceFile):
            files.rewrite_slices(file, lines[file.pk])
    return len(stored)


def _blacken(article: Article, spans: Spans) -> None:
    """Black spans out of the text of a locked article; of one with no words left, all else."""
    body = ArticleText.objects.get(pk=article.pk)
    text = files.without(body.text, spans)
    left = " ".join(text.split())
    for name in ("headline", "byline", "section"):
        if getattr(article, name) not in left:
            setattr(article, name, all_black(getattr(article, name)))
    if text == all_black(text):
        article.extra, article.url = {}, ""
        article.visibility, article.unread = Article.Visibility.WITHDRAWN, Article.REDACTED
    store_text(article, body, text)


def _forget(articles: Collection[int]) -> Counter[str]:
    """Take the words of articles out of everything that was read, ruled or logged of them."""
    claims = locked(Claim.objects.filter(article__in=articles))
    voices = list(
        Attribution.objects.filter(article__in=articles).order_by("pk").select_for_update()
    )
    identity.lock()
    counts = Counter({"claim": len(claims)})
    counts["reading"] = _forget_findings(articles, claims, voices)
    ids, spoken = [claim.pk for claim in claims], [row.pk for row in voices]
    of = Q(claim__in=ids) | Q(attribution__in=spoken) | Q(article__in=articles)
    counts["ruling"] = _forget_rulings(Ruling.objects.filter(of))
    counts["report"] = _forget_reports(articles, ids)
    counts["speaker"] = _forget_speakers(articles)
    counts["change"] = _seal(("claim", ids), ("attribution", spoken), ("article", list(articles)))
    return counts


def _forget_findings(
    articles: Collection[int], claims: Sequence[Claim], voices: Sequence[Attribution]
) -> int:
    """Take the words out of what the engine read; return how many readings that were."""
    for claim in claims:
        claim.machine, claim.newer = _wordless(claim.machine), _wordless(claim.newer)
    Claim.objects.bulk_update(claims, ["machine", "newer"], batch_size=200)
    for row in voices:
        row.machine, row.candidates = _wordless(row.machine), []
        row.version += 1
    Attribution.objects.bulk_update(voices, ["machine", "candidates", "version"], batch_size=200)
    for item in SampleItem.objects.filter(claim__in=claims):
        item.machine = _wordless(item.machine)
        item.save(update_fields=["machine"])
    readings = list(Reading.objects.filter(article__in=articles).select_for_update())
    for reading in readings:
        reading.data = _wordless(reading.data)
        reading.save(update_fields=["data"])
    return len(readings)


def _forget_rulings(rulings: Any) -> int:
    """Take words out of rulings; those on address and visibility stand no longer."""
    for ruling in rulings.filter(field__in=_RULED):
        ruling.value = all_black(ruling.value or "")
        ruling.save(update_fields=["value"])
    rulings.exclude(reason="").update(reason="")
    rulings.filter(field__in=["url", "visibility"]).update(standing=False)
    return int(rulings.count())


def _forget_reports(articles: Collection[int], claims: Collection[int]) -> int:
    """Black out what readers sent in on the articles and their claims: it may quote them."""
    reports = list(Report.objects.filter(Q(article__in=articles) | Q(claim__in=claims)))
    for report in reports:
        report.text, report.note = all_black(report.text), all_black(report.note)
        report.version += 1
    Report.objects.bulk_update(reports, ["text", "note", "version"], batch_size=200)
    _seal(("report", [report.pk for report in reports]))
    return len(reports)


def _follow(articles: Mapping[int, Article], actor: User) -> int:
    """Bring claims in line with what is left of their locked articles, which may be hidden now.

    What everybody saw of them keeps its figures and loses its words; return how many entries.
    """
    claims = list(Claim.objects.filter(article__in=articles).order_by("pk"))
    for claim in claims:
        claim.article = articles[claim.article_id]
    refresh(claims, by=actor)
    rows = list(PublicChange.objects.filter(claim__in=claims))
    for row in rows:
        row.before, row.after = _wordless(row.before), _wordless(row.after)
    PublicChange.objects.bulk_update(rows, ["before", "after"], batch_size=500)
    return len(rows)


def _forget_speakers(articles: Collection[int]) -> int:
    """Black out voices and roles that these articles alone name; return how many voices."""
    roles = list(Role.objects.filter(article__in=articles))
    shared = Speaker.objects.exclude(article__in=articles)
    known = Q(canonical__in=shared) | Q(members__in=shared)
    alone = Speaker.objects.filter(article__in=articles).exclude(known).distinct()
    speakers = list(alone.exclude(name__contains=BLANK).order_by("pk"))
    roles += Role.objects.filter(speaker__in=speakers).exclude(article__in=articles)
    for role in roles:
        role.title, role.organisation = all_black(role.title), all_black(role.organisation)
        role.evidence = all_black(role.evidence)
        role.version += 1
    Role.objects.bulk_update(roles, ["title", "organisation", "evidence", "version"])
    aliases = Alias.objects.filter(speaker__in=speakers)
    gone = list(aliases.values_list("pk", flat=True))
    aliases.delete()
    for speaker in speakers:
        speaker.name, speaker.read_as = all_black(speaker.name), f"{BLANK} {speaker.pk}"
        speaker.version += 1
    Speaker.objects.bulk_update(speakers, ["name", "read_as", "version"])
    forget_names(speakers)
    pks = [speaker.pk for speaker in speakers]
    IdentityJudgement.objects.touching(pks).update(reasons=[])
    _seal(("speaker", pks), ("alias", gone), ("role", [role.pk for role in roles]))
    return len(speakers)


def _wordless(value: Any) -> Any:
    """Return JSON of the engine without the article's words: figures, codes and spans stay."""
    if isinstance(value, list):
        return [_wordless(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _wordless(one) for name, one in value.items()}
    for name in kept.keys() & (_WORDS | _LISTS):
        if isinstance(kept[name], str):
            kept[name] = all_black(kept[name])
        elif isinstance(kept[name], list):
            kept[name] = [all_black(one) if isinstance(one, str) else one for one in kept[name]]
    return kept


def _seal(*objects: tuple[str, Sequence[int]]) -> int:
    """Put digests in the place of what log entries say; who did what and when stays."""
    of = Q()
    for kind, ids in objects:
        of |= Q(object_type=kind, object_id__in=ids)
    entries = list(Change.objects.filter(of))
    for entry in entries:
        said = repr((sorted(entry.before.items()), sorted(entry.after.items())))
        entry.before, entry.after = {}, {"redacted": digest_of(said)}
        entry.object_name = all_black(entry.object_name)
    Change.objects.bulk_update(entries, ["before", "after", "object_name"], batch_size=500)
    return len(entries)
