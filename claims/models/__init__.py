"""The tables, by dependency: article, then speaker, run and topic, then claim, then review."""

from claims.models.article import Article, ArticleText, Outlet, Placement, SourceFile, make_uid
from claims.models.claim import Attribution, Claim, ClaimTopic, ClaimVoice
from claims.models.review import Change, Ruling
from claims.models.run import Reading, Run
from claims.models.speaker import Alias, Role, Speaker
from claims.models.topic import Topic

__all__ = [
    "Alias",
    "Article",
    "ArticleText",
    "Attribution",
    "Change",
    "Claim",
    "ClaimTopic",
    "ClaimVoice",
    "Outlet",
    "Placement",
    "Reading",
    "Role",
    "Ruling",
    "Run",
    "SourceFile",
    "Speaker",
    "Topic",
    "make_uid",
]
