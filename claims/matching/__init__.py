"""Speakers across articles: identical full names linked by rule, all else proposed to editors."""

from claims.matching.rounds import Matched, match, match_new

__all__ = ["Matched", "match", "match_new"]
