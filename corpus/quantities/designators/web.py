"""Addresses of the web, mail and telephone: their digits count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.quantities.base import Designator
from corpus.quantities.page import Page
from corpus.spans import Span

_WEB = re.compile(
    r"(?<!\w)(?:https?://|www\.)[^\s<>\"”]{1,400}|(?<![\w.])[\w.+-]{1,40}@[\w.-]{1,60}|"
    r"(?<!\w)[@#][A-Za-z]\w{1,40}",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.,-])(?:\+[0-9]{1,3}[ -])?(?:\([0-9]{2,5}\)[ -]?|[0-9]{2,5}[ -])[0-9]{3,4}"
    r"[ -][0-9]{3,4}(?![\w-]|[.,][0-9])|(?<![\w+])\+[0-9]{7,15}(?!\w)"
)


def find_addresses(page: Page) -> Iterator[Designator]:
    """Yield web and mail addresses with a digit in them, and telephone numbers."""
    for match in _WEB.finditer(page.text):
        if any("0" <= sign <= "9" for sign in match[0]):
            yield Designator(Span(*match.span()), "web address")
    for match in _PHONE.finditer(page.text):
        yield Designator(Span(*match.span()), "telephone number")
