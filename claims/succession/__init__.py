"""Successors of articles: words that go on in other articles, with all that people ruled on them.

The old article is kept, withdrawn and hidden; its uids lead to its successors, and undoing the
action brings it to the fore again.
"""

from claims.succession.carry import Carried
from claims.succession.places import differences
from claims.succession.resplit import Owner, Plan, Stretch, plan, resplit, stretches
from claims.succession.supersede import supersede

__all__ = [
    "Carried",
    "Owner",
    "Plan",
    "Stretch",
    "differences",
    "plan",
    "resplit",
    "stretches",
    "supersede",
]
