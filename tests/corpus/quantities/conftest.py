"""Fixtures of the quantity tests: a text in, its quantities or designators out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.quantities import Found, read
from corpus.quantities.base import Quantity
from corpus.sentences import sentences


@pytest.fixture
def found() -> Callable[[str], Found]:
    """Read a text that is all body."""
    return lambda text: read(text, sentences(text))


@pytest.fixture
def only(found) -> Callable[..., Quantity]:
    """Return the one quantity of some kind in a text, whose words must be as given."""

    def only_one(text: str, words: str, *kinds: str) -> Quantity:
        quantities = [item for item in found(text).quantities if item.kind in kinds]
        assert [item.span.cut(text) for item in quantities] == [words]
        return quantities[0]

    return only_one


@pytest.fixture
def kinds(found) -> Callable[[str], list[str]]:
    """Return the kinds of what a text holds."""
    return lambda text: [item.kind for item in found(text).quantities]
