"""Readings to rows by the batch writer against `bulk_create` of model objects: CPU time.

python -m tests.benchmarks.loading GENERATOR [--articles 400] [--runs 5]

Works on a database that `tests.benchmarks.synthetic` filled, and takes back all it writes. Both
ways hash the anchors of readings of new articles, compute the columns and store claims and their
voices with every index and the word index, in one transaction. Then whole articles: readings are
applied one by one, as `load_findings` does it, by each of the two writers.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from unittest.mock import patch

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
if not apps.ready:
    django.setup()

from django.db import connection, models, transaction

from claims import batch, columns
from claims.models import Article, ArticleText, Claim, Run
from claims.runs import apply, begin_run, store_reading
from claims.runs.anchors import Places
from claims.runs.attributions import store_attributions
from claims.runs.check import checked
from claims.runs.proposals import keyed, new_claim
from corpus.findings import text_digest
from tests.benchmarks.clock import milliseconds, tell
from tests.benchmarks.invented import News
from tests.benchmarks.synthetic import generated, news

LEAST = {"sqlite": 2.5, "postgresql": 2.0}
WHOLE = 10
"""Articles applied one by one: each takes as long as hundreds of claims stored together."""


def bulk_create(rows: Sequence[models.Model]) -> None:
    """Store rows as Django does."""
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)


def by(writer: Callable[..., None], work: Callable[[], object]) -> Callable[[], None]:
    """Return what does some work with a writer and takes it back."""

    def done() -> None:
        with patch.object(batch, "insert", writer), transaction.atomic():
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
        self.known = [(one, article, self._attributions(one, article)) for one, article in articles]

    def _attributions(self, one: News, article: Article) -> list[int]:
        found = checked(one.reading(), one.text)["attributions"]
        given = (self.run, article, one.text, one.sentences(), found)
        return store_attributions(*given, ruled_on=())

    def store(self) -> None:
        """Make the claims of all articles and store them."""
        made: list[Claim] = []
        for one, article, attributions in self.known:
            places = Places(one.text, one.sentences())
            findings = keyed(places, one.findings(), attributions)
            made += [new_claim(self.run, article, one.text, finding) for finding in findings]
        columns.create(made)


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
    whole = [(one, article) for one, article in articles[:WHOLE]]
    number = sum(len(one.claims) for one, _ in articles)
    work = {"whole articles": lambda: applied(run, whole)}
    claims = Claims(run, articles[WHOLE:])
    work["claims"] = claims.store
    times = milliseconds(
        {
            f"{name} by {writer.__name__}": by(writer, does)
            for name, does in work.items()
            for writer in (batch.insert, bulk_create)
        },
        runs,
    )
    print(f"{connection.vendor}, {Claim.objects.count()} claims there, {number} new")
    for name, time in times.items():
        print(f"{name}: {time:.0f} ms")
    for name in work:
        ratio = times[f"{name} by bulk_create"] / times[f"{name} by insert"]
        least = LEAST[connection.vendor] if name == "claims" else 1.0
        tell(f"{name}, batch writer", 1 / ratio, 1 / least, "the time of bulk_create")
        print(f"    that is {ratio:.2f} times as quick")


if __name__ == "__main__":
    sys.exit(main())
