"""The tables, by dependency: article; speaker, run, topic; identity and claim; review."""

from claims.models.article import (
    Article,
    ArticleText,
    Outlet,
    Placement,
    SourceFile,
    Succession,
    make_uid,
)
from claims.models.claim import Attribution, Claim, ClaimTopic, ClaimVoice
from claims.models.identity import Candidate, IdentityJudgement, NameKey
from claims.models.review import Change, Ruling
from claims.models.run import Reading, Run
from claims.models.sample import Coding, Sample, SampleItem
from claims.models.speaker import Alias, Role, Speaker
from claims.models.tombstone import Tombstone
from claims.models.topic import Topic

__all__ = [
    "Alias",
    "Article",
    "ArticleText",
    "Attribution",
    "Candidate",
    "Change",
    "Claim",
    "ClaimTopic",
    "ClaimVoice",
    "Coding",
    "IdentityJudgement",
    "NameKey",
    "Outlet",
    "Placement",
    "Reading",
    "Role",
    "Ruling",
    "Run",
    "Sample",
    "SampleItem",
    "SourceFile",
    "Speaker",
    "Succession",
    "Tombstone",
    "Topic",
    "make_uid",
]
