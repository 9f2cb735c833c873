"""Runs and their readings: begun, resumed, staged; made by this engine or elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from claims import gate, matching, statistics
from claims.models import Article, ArticleText, Reading, Run
from claims.models.article import ArticleQuerySet
from claims.runs.apply import check_text, part_spans
from claims.runs.check import checked
from claims.runs.proposals import Counts, Progress
from corpus import extract, lexicon
from corpus.findings import Reading as Found
from corpus.findings import text_digest
from corpus.tagging import TIERS, best_tier


def start_run(tier: str | None = None, *, figures_only: bool = False, staging: bool = False) -> Run:
    """Return the open run of this engine version, configuration and care, or begin one.

    A run that was stopped is open: starting it again goes on where it stood. The runs of
    background jobs are not returned: their workers resume them. `tier` is the reader of voices,
    by default the best there is; the run tells which one reads here.

    Raises:
        ValueError: if there is no such tier.
    """
    same = _of_this_engine(tier) | {"figures_only": figures_only, "staging": staging}
    return Run.objects.open().filter(**same, jobs=None).first() or Run.objects.create(**same)


def begin_run(tier: str | None = None, *, staging: bool = False) -> Run:
    """Begin a run of its own."""
    return Run.objects.create(**_of_this_engine(tier), staging=staging)


def start_load(engine: str, tier: str, digest: str, *, staging: bool = False) -> Run:
    """Return the open run for readings made elsewhere, or begin one.

    `digest` is the SHA-256 of the file they come in: the same file again goes on where it stood.

    Raises:
        gate.Refused: if engine or tier is too long a name.
    """
    gate.text("engine", engine, longest=40)
    gate.text("tier", tier, longest=10)
    same = {
        "origin": Run.Origin.FILE,
        "engine": engine,
        "config_hash": digest,
        "tier": tier,
        "staging": staging,
    }
    return Run.objects.open().filter(**same).first() or Run.objects.create(**same)


def match_speakers(run: Run) -> None:
    """Look for the same voices elsewhere, for all speakers nobody matched yet; count it.

    Stopped at any moment it goes on where it stood, in whichever run ends next.
    """
    for done in matching.match_new():
        with transaction.atomic():
            row = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
            for name, number in asdict(done).items():
                key = f"speakers_{name}"
                row.counts[key] = row.counts.get(key, 0) + number
            row.save(update_fields=["counts"])


def finish(run: Run) -> None:
    """Note that a run is over: what it read is applied, or staged if the run stages.

    The database then sees what it left.
    """
    rows = Run.objects.filter(pk=run.pk)
    rows.filter(state=Run.State.APPLYING).update(state=Run.State.APPLIED)
    rows.filter(state=Run.State.RUNNING).update(
        state=Run.State.STAGED if run.staging else Run.State.APPLIED
    )
    rows.update(ended=timezone.now())
    statistics.refresh()


def attempt(run: Run, article: Article, act: Callable[[], Counts]) -> Progress:
    """Do something with one article of a run, which goes on whatever comes of it.

    What fails is noted in the run; what the run had noted of the article before is taken back.

    Raises:
        DatabaseError, OSError, MemoryError: as the next article would fare no better.
    """
    try:
        counts = act()
    except (DatabaseError, OSError, MemoryError):
        raise
    except Exception as error:  # whatever is wrong with one article must not stop the others
        foreseen = isinstance(error, ValueError)  # FindingsError and gate.Refused among them
        message = str(error) if foreseen else f"{type(error).__name__}: {error}"
        note(run, article, message)
        return Progress(article, Counts(), message)
    if any(error["article"] == article.pk for error in run.errors):
        note(run, article, "")
    return Progress(article, counts)


@transaction.atomic
def note(run: Run, article: Article, message: str) -> None:
    """Note in the run why an article could not be read; an empty message takes that back."""
    row = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
    row.errors = [error for error in row.errors if error["article"] != article.pk]
    if message:
        row.errors.append({"article": article.pk, "uid": article.uid, "message": message})
    row.save(update_fields=["errors"])
    run.errors = row.errors


def to_read(run: Run, articles: ArticleQuerySet, *, again: bool = False) -> ArticleQuerySet:
    """Keep articles that `run` has to read: those its engine has not read with as much care.

    Care is the tier and whether all voices were read: what the light tier read, or for figures
    only, is read again when more is asked for, and not when less is. `again` reads those of
    earlier runs too, not those of this run.
    What a run has staged is read.
    Superseded ones are not read, nor those whose text was removed.
    """
    articles = articles.readable()
    read = Reading.objects.filter(article=OuterRef("pk"))
    applied = read.filter(applied__isnull=False)
    if run.staging:
        articles = articles.filter(~Exists(read.filter(run=run)))
    if again:
        return articles.filter(~Exists(applied.filter(run=run)))
    alike = applied.filter(run__engine=run.engine, run__config_hash=run.config_hash)
    as_good = alike.filter(run__tier__in=TIERS[: TIERS.index(run.tier) + 1])
    if not run.figures_only:
        as_good = as_good.filter(run__figures_only=False)
    return articles.filter(~Exists(as_good))


def read_article(run: Run, article: Article) -> Reading:
    """Return what the engine says of an article, staged; a run reads an article once.

    Raises:
        FindingsError, gate.Refused: if the engine returns what cannot be stored.
    """
    if earlier := Reading.objects.filter(run=run, article=article).first():
        return earlier
    text = ArticleText.objects.get(pk=article.pk).text
    found = extracted(article, text, run.tier, figures_only=run.figures_only)
    return _stage(run, article, text, checked(found.to_json(), text))


def extracted(
    article: Article, text: str, tier: str | None = None, *, figures_only: bool = False
) -> Found:
    """Return what the engine says of an article; nothing is stored.

    A publication date that was given, by the import or by an editor, is the engine's to use.
    """
    given = article.published_basis in {Article.Basis.GIVEN, Article.Basis.EDITOR}
    return extract.extract(
        text,
        article.published if given and article.published else None,
        headline=article.headline or None,
        byline=article.byline or None,
        outlet=article.outlet.name if article.outlet else None,
        url=article.url or None,
        language=article.language or None,
        parts=part_spans(article),
        id=article.uid,
        tier=tier,
        figures_only=figures_only,
    )


def store_reading(run: Run, article: Article, data: Mapping[str, Any]) -> Reading:
    """Stage a reading made elsewhere, once it is checked against the article's text.

    The same reading again is the one already stored.

    Raises:
        FindingsError, gate.Refused: if it cannot be stored, naming the place.
        ValueError: if this run has another reading of the article.
    """
    text = ArticleText.objects.get(pk=article.pk).text
    found = checked(data, text)
    earlier = Reading.objects.filter(run=run, article=article).first()
    if earlier is None:
        return _stage(run, article, text, found)
    if earlier.data != found:
        raise ValueError(f"another reading of article {article.uid} came before it in this file")
    return earlier


@cache
def config_hash() -> str:
    """Return the SHA-256 of the word lists and weights the engine reads with."""
    lists = Path(lexicon.__file__).parent
    weights = (lists.parent / "weights").iterdir()
    files = [*lists.glob("*.toml"), *(path for path in weights if path.suffix != ".md")]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _of_this_engine(tier: str | None) -> dict[str, Any]:
    return {
        "origin": Run.Origin.ENGINE,
        "engine": extract.ENGINE,
        "config_hash": config_hash(),
        "tier": best_tier(tier),
    }


@transaction.atomic
def _stage(run: Run, article: Article, text: str, data: dict[str, Any]) -> Reading:
    """Store what was read of a text, if that is still the article's."""
    digest = text_digest(text)
    row = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    check_text(row, ArticleText.objects.get(pk=row.pk).text, digest)
    fields = {"text_sha256": digest, "data": data, "fallbacks": len(data["fallbacks"])}
    reading, _ = Reading.objects.get_or_create(run=run, article=article, defaults=fields)
    return reading
