"""Speakers across articles: identical full names linked by rule, all else proposed to editors."""

from claims.matching.rounds import AT_ONCE, Matched, match, match_new

__all__ = ["AT_ONCE", "Matched", "match", "match_new"]
