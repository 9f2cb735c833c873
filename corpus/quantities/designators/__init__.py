"""Numbers that only name: "Unit 731", "Article 14", "Boeing 737", "World War II", a score, a page.

They are kept with a reason and are never claims; their rules run before all others.
"""

from __future__ import annotations

from corpus.quantities.designators.codes import find_codes, find_parted, find_refused
from corpus.quantities.designators.lists import find_enumerators
from corpus.quantities.designators.names import (
    find_airliners,
    find_capitalised,
    find_events,
    find_laws,
    find_models,
    find_named,
    find_ordinal_names,
    find_points,
    find_services,
    find_streets,
    find_verses,
    find_wars,
)  # fmt: skip
from corpus.quantities.designators.scores import find_scores
from corpus.quantities.designators.web import find_addresses

FIRST = (
    find_parted,
    find_addresses,
    find_enumerators,
    find_wars,
    find_verses,
    find_laws,
    find_events,
    find_services,
    find_points,
    find_ordinal_names,
    find_named,
    find_streets,
    find_scores,
)
"""Rules that come before dates and figures."""

LAST = (find_airliners, find_codes, find_capitalised, find_models, find_refused)
"""Rules for what dates, money and measures have left."""
