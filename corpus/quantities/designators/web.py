"""Addresses of the web, mail and telephone: their digits count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.patterns import ending, starting
from corpus.quantities.base import Designator
from corpus.quantities.page import Page
from corpus.spans import Span

_LINK = re.compile(
    r"[hHwW@#](?:(?<=#)[A-Za-z]\w{1,40}|(?<=@)(?:[A-Za-z]\w{1,40})?"
    r"|(?<!\w[hHwW])(?:[tT]{2}[pP][sS]?://|[wW]{2}\.)[^\s<>\"”]{1,400})"
)
_MAIL_BEFORE = ending(r"(?<![\w.])[\w.+-]{1,40}", flags=0)
_MAIL_AFTER = starting(r"@[\w.-]{1,60}")
_PHONE = starting(
    r"(?<![\w.,-])(?:\+[0-9]{1,3}[ -])?(?:\([0-9]{2,5}\)[ -]?|[0-9]{2,5}[ -])[0-9]{3,4}"
    r"[ -][0-9]{3,4}(?![\w-]|[.,][0-9])|(?<![\w+])\+[0-9]{7,15}(?!\w)"
    r"|(?<![\w.,-])(?:1-)?[0-9]{3}-[0-9]{3}-[0-9]{4}(?![\w-]|[.,][0-9])"
)
_ID = starting(r"(?<![\w.,/-])[0-9]{1,6}(?:-[0-9]{1,8}){2,6}(?![\w/-]|[.,][0-9])")
_NO_ID = starting(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9-])|[0-9]{1,2}(?:-[0-9]{1,2}){2}(?![0-9-])"
    r"|[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}(?![0-9-])"
)


def find_addresses(page: Page) -> Iterator[Designator]:
    """Yield web and mail addresses with a digit in them, and telephone numbers."""
    for match in _LINK.finditer(page.text):
        span = _address(page.text, match)
        if span and any("0" <= sign <= "9" for sign in span.cut(page.text)):
            yield Designator(span, "web address")
    for figure in page.written():
        start = figure.span.start
        opened = start - page.text.startswith(("+", "("), start - 1)
        if phone := _PHONE.match(page.text, max(0, opened)):
            yield Designator(Span(*phone.span()), "telephone number")
        elif (code := _ID.match(page.text, start)) and not _NO_ID.match(page.text, start):
            yield Designator(Span(*code.span()), "number of a document or account")


def _address(text: str, match: re.Match[str]) -> Span | None:
    """Return a link, a name after "@" or "#", or the whole of a mail address."""
    start, end = match.span()
    if text[start] not in "@#":
        return Span(start, end)
    before = text[max(0, start - 41) : start]
    if text[start] == "@" and (before[-1:].isalnum() or before[-1:] in tuple("_.+-")):
        name, mail = _MAIL_BEFORE.search(before), _MAIL_AFTER.match(text, start)
        if name and mail:
            return Span(start - len(name[0]), mail.end())
    joined = before[-1:].isalnum() or before[-1:] == "_"
    return None if joined or end - start < 3 else Span(start, end)
