"""The matcher against gold speakers: who is linked by rule, proposed, missed or wrongly linked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from claims import matching
from claims.identity import heads_of, pair
from claims.models import Article, ArticleText, Candidate
from claims.runs.voices import speakers_of
from corpus.edtf import bounds
from corpus.findings import text_digest
from corpus.voices_gold import GoldArticle, Speaker
from corpus.voices_score import Judge, identity_pairs

SAME, PROPOSED, APART = "same", "propose", "apart"


@dataclass(slots=True)
class Identities:
    """How many pairs of one voice, and of two, are the same, proposed or apart to the matcher."""

    one: Counter[str] = field(default_factory=Counter)
    two: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"one voice: {self.one[SAME]} linked by rule, {self.one[PROPOSED]} proposed, "
            f"{self.one[APART]} missed; two voices: {self.two[SAME]} linked, "
            f"{self.two[PROPOSED]} proposed, {self.two[APART]} apart"
        )


def score_matching(articles: Sequence[GoldArticle]) -> Identities:
    """Match the speakers of marked articles and compare; nothing is stored.

    Speakers that are stored already are matched against too, as they would be.
    """
    result = Identities()
    with transaction.atomic():
        judge = _matched(articles)
        transaction.set_rollback(True)
    for one, other, same in identity_pairs(articles):
        verdict = judge(one, other)
        (result.one if same else result.two)[verdict] += 1
        if verdict == (APART if same else SAME):
            relation = "is" if same else "is not"
            result.errors.append(f"{one.name} {relation} {other.name}: {verdict}")
    return result


def _matched(articles: Iterable[GoldArticle]) -> Judge:
    """Store the articles and their speakers, match them, and return what became of each pair."""
    rows = {id(speaker): pk for article in articles for speaker, pk in _stored(article)}
    for _ in matching.match_new():
        pass
    candidates = list(Candidate.objects.waiting().values_list("one", "other"))
    heads = heads_of({*rows.values(), *(pk for ends in candidates for pk in ends)})
    proposed = {pair(heads[one], heads[other]) for one, other in candidates}

    def judge(one: Speaker, other: Speaker) -> str:
        ends = pair(heads[rows[id(one)]], heads[rows[id(other)]])
        return SAME if ends[0] == ends[1] else PROPOSED if ends in proposed else APART

    return judge


def _stored(article: GoldArticle) -> Iterable[tuple[Speaker, int]]:
    first, last = bounds(article.published) if article.published else (None, None)
    row = Article.objects.create(
        text_sha256=text_digest(article.text), published_earliest=first, published_latest=last
    )
    ArticleText.objects.create(article=row, text=article.text)
    found = speakers_of(row, article.text, [(one.name, one.kind) for one in article.speakers])
    return [(one, found[one.name, one.kind]) for one in article.speakers]
