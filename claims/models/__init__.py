"""The tables, each module resting on those before it: article first, review and evidence last."""

from claims.models.account import Byline, SignInTry, TokenCard
from claims.models.article import Article, ArticleText, Outlet, Placement, SourceFile, make_uid
from claims.models.claim import Attribution, Claim, ClaimTopic, ClaimVoice
from claims.models.desk import Assignment, SavedQueue
from claims.models.evidence import Evidence, Note
from claims.models.identity import Candidate, IdentityJudgement, NameKey
from claims.models.review import Change, Ruling
from claims.models.run import Reading, Run
from claims.models.speaker import Alias, Role, Speaker
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
    "Evidence",
    "IdentityJudgement",
    "Job",
    "NameKey",
    "Note",
    "Outlet",
    "Placement",
    "Reading",
    "Role",
    "Ruling",
    "Run",
    "SavedQueue",
    "SignInTry",
    "SourceFile",
    "Speaker",
    "TokenCard",
    "Topic",
    "make_uid",
]
