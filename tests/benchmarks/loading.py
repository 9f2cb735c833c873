"""Readings to rows by the product against model objects and `bulk_create`: CPU time.

python -m tests.benchmarks.loading GENERATOR [--articles 400] [--runs 5]

Works on a database that `tests.benchmarks.synthetic` filled, and takes back all it writes. Both
ways take the same readings of new articles, hash the anchors, compute the columns and store claims
and their voices with every index, the word index and the numbers of the feed, in one transaction.
Then whole articles: readings are applied one by one, as `load_findings` does it, by each of the two
writers.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
if not apps.ready:
    django.setup()

from django.db import connection, models, transaction

from claims import batch, columns
from claims.models import Article, ArticleText, Attribution, Claim, ClaimVoice, Run
from claims.runs import apply, begin_run, store_reading
from claims.runs.anchors import Places
from claims.runs.attributions import store_attributions
from claims.runs.check import checked
from claims.runs.proposals import Finding, keyed, new_claim
from corpus.findings import text_digest
from tests.benchmarks.clock import milliseconds, tell
from tests.benchmarks.invented import News
from tests.benchmarks.synthetic import generated, news

LEAST = {"sqlite": 2.5, "postgresql": 2.0}
WHOLE = 10
"""Articles applied one by one: each takes as long as hundreds of claims stored together."""


def by_bulk_create(work: Callable[[], object]) -> Callable[[], None]:
    """Return what does some work with Django's writer in place of the product's."""

    def insert(rows: Sequence[models.Model]) -> None:
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)

    def done() -> None:
        with patch.object(batch, "insert", insert):
            work()

    return done


def taken_back(work: Callable[[], object]) -> Callable[[], None]:
    """Return what does some work in a transaction and takes it back."""

    def done() -> None:
        with transaction.atomic():
            work()
            transaction.set_rollback(True)

    return done


def stored(one: News) -> Article:
    """Store the text of an article that was generated."""
    digest = text_digest(one.text)
    article = Article.objects.create(text_sha256=digest, headline=one.row[3], language="en")
    ArticleText.objects.create(article=article, text=one.text)
    return article


class Claims:
    """The claims of articles whose attributions are stored, made from their readings."""

    def __init__(self, run: Run, articles: Sequence[tuple[News, Article]]) -> None:
        self.run = run
        self.known = [
            (article, one.text, one.sentences(), one.findings(), self._attributions(one, article))
            for one, article in articles
        ]

    def _attributions(self, one: News, article: Article) -> list[int]:
        found = checked(one.reading(), one.text)["attributions"]
        given = (self.run, article, one.text, one.sentences(), found)
        return store_attributions(*given, ruled_on=())

    def _keyed(self) -> Iterator[tuple[Article, str, Finding]]:
        for article, text, sentences, findings, attributions in self.known:
            for finding in keyed(Places(text, sentences), findings, attributions):
                yield article, text, finding

    def store(self) -> None:
        """Make the claims of all articles and store them, as the product does."""
        columns.create([new_claim(self.run, *given) for given in self._keyed()])

    def store_models(self) -> None:
        """Make and store them as Django does."""
        said = {pk for *_, attributions in self.known for pk in attributions}
        heard = Attribution.objects.filter(pk__in=said, speaker__isnull=False)
        speakers = dict(heard.values_list("pk", "speaker"))
        made = []
        for article, text, finding in self._keyed():
            chain = [speakers[pk] for pk in finding.chain if pk in speakers]
            made.append((self._model(article, text, finding, chain), chain))
        Claim.objects.bulk_create(claim for claim, _ in made)
        ClaimVoice.objects.bulk_create(
            ClaimVoice(claim=claim, position=position, speaker_id=speaker)
            for claim, chain in made
            if claim.voice == Claim.Voice.ATTRIBUTED
            for position, speaker in enumerate(chain)
        )

    def _model(self, article: Article, text: str, finding: Finding, chain: Sequence[int]) -> Claim:
        start, end = finding.data["sentence"]
        read: Any = SimpleNamespace(
            machine=finding.data, machine_chain=finding.chain, newer=None, missing=False
        )
        return Claim(
            article=article,
            passage=text[start:end],
            anchor_key=finding.key,
            machine=finding.data,
            machine_chain=finding.chain,
            first_run=self.run,
            last_run=self.run,
            **columns.effective(read, article, {}, chain),
        )


def applied(run: Run, articles: Sequence[tuple[News, Article]]) -> None:
    """Store and apply the reading of each article."""
    for one, article in articles:
        apply(store_reading(run, article, one.reading()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print how many rows come in a second and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("generator", help="a Python file with a class Synth")
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    synth = generated(options.generator, 10 * options.articles, options.articles)
    texts = [one for table, rows in news(synth) if table == "news" for one in rows]
    with transaction.atomic():
        compare(texts, options.runs)
        transaction.set_rollback(True)
    return 0


def compare(texts: Sequence[News], runs: int) -> None:
    """Print the figures of both ways for new articles with these texts."""
    run = begin_run("light")
    articles = [(one, stored(one)) for one in texts if one.claims]
    whole, others = articles[:WHOLE], articles[WHOLE:]
    claims = Claims(run, others)
    ways = {
        "whole articles": lambda: applied(run, whole),
        "whole articles by bulk_create": by_bulk_create(lambda: applied(run, whole)),
        "claims": claims.store,
        "claims by bulk_create": claims.store_models,
    }
    times = milliseconds({name: taken_back(way) for name, way in ways.items()}, runs)
    number = sum(len(one.claims) for one, _ in others)
    print(f"{connection.vendor}, {Claim.objects.count()} claims there, {number} new")
    for name, time in times.items():
        print(f"{name}: {time:.0f} ms")
    for name, least in (("whole articles", 1.0), ("claims", LEAST[connection.vendor])):
        ratio = times[f"{name} by bulk_create"] / times[name]
        tell(name, 1 / ratio, 1 / least, "the time of bulk_create")
        print(f"    that is {ratio:.2f} times as quick")


if __name__ == "__main__":
    sys.exit(main())
