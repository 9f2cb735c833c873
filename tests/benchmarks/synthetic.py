"""Big invented data in our tables, for benchmarks: every span, anchor, voice and flag is true.

python -m tests.benchmarks.synthetic GENERATOR [--claims 20000] [--articles …] [--speakers …]

Fills the database of DATABASE_URL, which must hold no article yet and is brought up to date
first. GENERATOR is a Python file with `Synth(claims=…, articles=…, speakers=…).tables()`, which
yields batches of rows: outlets, topics, speakers, then chunks of articles with their attributions,
claims and topics. The same arguments give the same rows, uids included.

What an installation would hold comes about as there: each article has a speaker row of its own for
every voice in it, judged to be the same as the row that stands for the voice; accepted, rejected
and disputed claims rest on rulings, and the columns of every claim are computed by
`claims.columns`. One article in twenty is a draft, one withdrawn.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claims.settings")
if not apps.ready:
    django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction

from claims import columns, statistics
from claims.identity import columns_of
from claims.migrations import _search
from claims.models import (
    Article,
    ArticleText,
    Attribution,
    Claim,
    ClaimTopic,
    ClaimVoice,
    IdentityJudgement,
    Outlet,
    Ruling,
    Run,
    Speaker,
    Topic,
)
from claims.runs.anchors import Places, attribution_keys, claim_keys
from corpus.edtf import bounds
from corpus.findings import text_digest
from tests.benchmarks.invented import News
from tests.benchmarks.tables import NOW, Table, vacuum

POLICIES = (Outlet.TextPolicy.PASSAGE, Outlet.TextPolicy.FULL, Outlet.TextPolicy.PASSAGE)
VISIBILITIES = {0: Article.Visibility.DRAFT, 1: Article.Visibility.WITHDRAWN}


def news(synth: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield `outlet`, `topic` and `speaker` rows as generated, then chunks of `News`."""
    chunk: dict[int, News] = {}
    of_claim: dict[int, News] = {}
    for table, rows in synth.tables():
        if table == "article":
            chunk = {row[0]: News(row, synth.speaker_names) for row in rows}
        elif table == "attribution":
            for row in rows:
                chunk[row[1]].attributions.append(row)
        elif table == "claim":
            of_claim = {row[0]: chunk[row[1]] for row in rows}
            for row in rows:
                chunk[row[1]].claims.append(row)
        elif table == "claim_topic":
            for _, claim, topic in rows:
                of_claim[claim].topics.setdefault(claim, []).append(topic)
            yield "news", list(chunk.values())
        else:
            yield table, rows


def generated(path: str, claims: int, articles: int = 0, speakers: int = 0) -> Any:
    """Return the generator of `path` for so many rows."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Synth(
        claims=claims, articles=articles or claims // 10, speakers=speakers or claims // 40
    )


class Filling:
    """Writes invented rows into the tables, in the order of their foreign keys."""

    def __init__(self) -> None:
        models = (Outlet, Topic, Speaker, Article, ArticleText, Attribution, Claim, ClaimVoice)
        others = (ClaimTopic, Ruling, IdentityJudgement)
        self.tables = {model: Table(model) for model in (*models, *others)}
        self.editor, _ = User.objects.get_or_create(
            username="synthetic", is_staff=True, is_superuser=True
        )
        run = {"engine": "1.0", "config_hash": "0" * 64, "tier": "light", "ended": NOW}
        self.run = Run.objects.create(**run, state=Run.State.APPLIED)
        self.heads: dict[int, str] = {}

    def add(self, table: str, rows: list[Any]) -> None:
        """Write one batch."""
        {
            "outlet": self._outlet,
            "topic": self._topic,
            "speaker": self._speaker,
            "news": self._news,
        }[table](rows)
        with transaction.atomic():
            for one in self.tables.values():
                one.flush()

    def _put(self, model: Any, **values: Any) -> int:
        return self.tables[model].put(values)

    def _outlet(self, rows: list[Any]) -> None:
        for pk, name in rows:
            hidden = Outlet.TextPolicy.NONE
            policy = hidden if pk % 25 == 24 else POLICIES[pk % len(POLICIES)]
            self._put(Outlet, id=pk, name=name, kind="newspaper", text_policy=policy)

    def _topic(self, rows: list[Any]) -> None:
        for pk, label, code in rows:
            self._put(Topic, id=pk, scheme="on-record", code=code, label=label)

    def _speaker(self, rows: list[Any]) -> None:
        for pk, name, _ in rows:
            privacy = "unknown" if pk % 10 == 9 else "public"
            self.heads[pk] = privacy
            self._voice(name, id=pk, privacy=privacy, is_public=privacy == "public")

    def _voice(self, name: str, **values: Any) -> int:
        key = columns_of(name, "person")["name_key"]
        return self._put(Speaker, name=name, kind="person", name_key=key, compared=True, **values)

    def _news(self, rows: list[News]) -> None:
        for one in rows:
            self._article(one)

    def _article(self, one: News) -> None:
        pk, outlet, _, headline, url, text = one.row
        first, last = bounds(one.day)
        visibility = VISIBILITIES.get(pk % 20, Article.Visibility.PUBLIC)
        body = {"role": "body", "start": len(headline) + 2, "end": len(text)}
        self._put(
            Article, id=pk, outlet_id=outlet, outlet_basis="given", headline=headline, url=url,
            language="en", parts=[{"role": "headline", "start": 0, "end": len(headline)}, body],
            text_sha256=text_digest(text), published=one.day, published_earliest=first,
            published_latest=last, published_basis="given", published_confidence=1.0,
            visibility=visibility, claim_count=len(one.claims),
        )  # fmt: skip
        self._put(ArticleText, article_id=pk, text=text)
        article = SimpleNamespace(
            outlet_id=outlet, published_earliest=first, published_latest=last,
            visibility=visibility, superseded=False,
        )  # fmt: skip
        self._claims(one, article, self._attributions(one))

    def _attributions(self, one: News) -> list[tuple[int, int]]:
        """Write the attributions of an article; return the id and speaker of each."""
        article, text, sentences = one.row[0], one.text, one.sentences()
        found = [one.said(n) for n in range(len(one.attributions))]
        keys = attribution_keys(Places(text, sentences), sentences, text, found)
        heads = dict.fromkeys(row[2] for row in one.attributions)
        local = {head: self._local(article, head, one.names[head - 1]) for head in heads}
        written = []
        for row, said, key in zip(one.attributions, found, keys, strict=True):
            names = ("manner", "source", "cue", "content", "mention", "resolved_by", "score")
            pk = self._put(
                Attribution, id=row[0], article_id=article, speaker_id=local[row[2]],
                tier="light", anchor_key=key, machine=said, first_run_id=self.run.pk,
                last_run_id=self.run.pk, **{name: said[name] for name in names},
            )  # fmt: skip
            written.append((pk, local[row[2]]))
        return written

    def _local(self, article: int, head: int, name: str) -> int:
        """Write the row an article has for a voice, and that it is that voice."""
        public = self.heads[head] == "public"
        pk = self._voice(
            name, article_id=article, read_as=name, canonical_id=head, is_public=public
        )
        pair = {"one_id": head, "other_id": pk, "score": 1.0}
        self._put(IdentityJudgement, verdict="same", origin="rule", **pair)
        return pk

    def _claims(self, one: News, article: Any, attributions: Sequence[tuple[int, int]]) -> None:
        places, findings = Places(one.text, one.sentences()), one.findings()
        keys = claim_keys(places, findings)
        for row, finding, key in zip(one.claims, findings, keys, strict=True):
            chain = [attributions[n] for n in finding["voices"]]
            ruled = _ruled(row[0], row[15])
            seen = SimpleNamespace(
                machine=finding, machine_chain=[pk for pk, _ in chain], newer=None, missing=False
            )
            voices = [speaker for _, speaker in chain]
            start, end = finding["sentence"]
            self._put(
                Claim, id=row[0], article_id=one.row[0], passage=one.text[start:end],
                anchor_key=key, machine=finding, machine_chain=seen.machine_chain,
                first_run_id=self.run.pk, last_run_id=self.run.pk,
                **columns.effective(seen, article, ruled, voices),
            )  # fmt: skip
            self._of_claim(row[0], one, voices, ruled)

    def _of_claim(
        self, claim: int, one: News, voices: Sequence[int], ruled: Mapping[str, str]
    ) -> None:
        for position, speaker in enumerate(voices):
            self._put(ClaimVoice, claim_id=claim, position=position, speaker_id=speaker)
        for topic in one.topics.get(claim, ()):
            self._put(ClaimTopic, claim_id=claim, topic_id=topic, origin="rule")
        for name, value in ruled.items():
            self._put(
                Ruling, claim_id=claim, field=name, value=value, batch=uuid.UUID(int=one.row[0]),
                actor_id=self.editor.pk,
            )  # fmt: skip


def fill(synth: Any) -> dict[str, int]:
    """Fill an empty database; return how many rows each table has.

    The word indexes are made when all rows are there: that takes a fraction of the time.
    """
    if Article.objects.exists():
        raise SystemExit("The database holds articles already; give an empty one.")
    with connection.schema_editor() as editor:
        _search.drop(apps, editor)
    filling = Filling()
    for table, rows in news(synth):
        filling.add(table, rows)
    with connection.schema_editor() as editor:
        _search.create(apps, editor)
    for table in filling.tables.values():
        table.finish()
    statistics.refresh(changed=0)
    vacuum()
    return {model._meta.db_table: table.written for model, table in filling.tables.items()}


def _ruled(pk: int, status: str) -> dict[str, str]:
    """Return the standing rulings of a claim."""
    if status in {"proposed", "rejected"}:
        return {"status": status} if status == "rejected" else {}
    second = {"second": "disputed"} if status == "disputed" else {}
    voice = {"voice_status": "confirmed"} if pk % 3 else {}
    return {"status": "accepted"} | second | voice


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill the database and say with what."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("generator", help="a Python file with a class Synth")
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--articles", type=int, default=0, help="default: a tenth of the claims")
    parser.add_argument("--speakers", type=int, default=0, help="default: a fortieth")
    options = parser.parse_args(arguments)
    begun = time.process_time()
    call_command("migrate", verbosity=0)
    given = (options.generator, options.claims, options.articles, options.speakers)
    for name, number in fill(generated(*given)).items():
        print(f"{name}: {number}")
    print(f"{time.process_time() - begun:.1f} s of CPU")
    return 0


if __name__ == "__main__":
    sys.exit(main())
