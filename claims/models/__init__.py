"""The tables, each module resting on those before it: article first, review and evidence last."""

from claims.models.account import Byline, SignInTry, TokenCard
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
from claims.models.desk import Assignment, SavedQueue
from claims.models.evidence import Evidence, Note
from claims.models.feed import FeedEntry, PublicChange
from claims.models.identity import Candidate, IdentityJudgement, NameKey
from claims.models.review import Change, Ruling
from claims.models.run import Reading, Run
from claims.models.sample import Coding, Sample, SampleItem
from claims.models.speaker import Alias, Role, Speaker
from claims.models.tombstone import Tombstone
from claims.models.topic import Topic
from claims.models.work import Job

__all__ = [
    "Alias",
    "Article",
    "ArticleText",
    "Assignment",
    "Attribution",
    "Byline",
    "Candidate",
    "Change",
    "Claim",
    "ClaimTopic",
    "ClaimVoice",
    "Coding",
    "Evidence",
    "FeedEntry",
    "IdentityJudgement",
    "Job",
    "NameKey",
    "Note",
    "Outlet",
    "Placement",
    "PublicChange",
    "Reading",
    "Role",
    "Ruling",
    "Run",
    "Sample",
    "SampleItem",
    "SavedQueue",
    "SignInTry",
    "SourceFile",
    "Speaker",
    "Succession",
    "TokenCard",
    "Tombstone",
    "Topic",
    "make_uid",
]
