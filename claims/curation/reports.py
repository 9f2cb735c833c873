"""Reports of readers: taken in, few from one place, and dealt with by editors."""

from datetime import timedelta
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims import gate
from claims.curation import records
from claims.curation.rulings import Outcome
from claims.history import Batch, Stale, record
from claims.models import Article, Claim, Report, Speaker

LONGEST: Final = 4000
"""Letters of one report."""

MOST: Final = 5
"""Reports from one address, and from one account, within `WHILE`."""

WHILE: Final = timedelta(hours=1)


class TooMany(ValueError):
    """So many reports came from one address or account that no more are taken for a while."""

    def __init__(self) -> None:
        super().__init__(
            f"{MOST} reports came from here within the hour; please try again later. "
            "Nothing was stored."
        )


@transaction.atomic
def receive(
    target: Claim | Speaker | Article,
    kind: str,
    text: str,
    *,
    name: str = "",
    contact: str = "",
    address: str,
    account: User | None,
) -> Report:
    """Store a report on a claim, speaker or article; nobody but editors sees it.

    `address` is where it came from; what is stored of it is a digest under the site's key.

    Raises:
        Refused: for what is no text, is empty or too long.
        TooMany: if enough came from that address or account.
    """
    row = Report(
        kind=kind,
        text=gate.text("text", text.strip(), longest=LONGEST),
        name=gate.line("name", name, longest=100),
        contact=gate.line("contact", contact, longest=200),
        sender=salted_hmac("claims.report", address, algorithm="sha256").hexdigest(),
        account=account,
    )
    if kind not in Report.Kind.values:
        raise gate.Refused(f"kind: {kind[:40]!r} is neither an error nor a reply")
    if not row.text:
        raise gate.Refused("text: it cannot be empty")
    setattr(row, target._meta.model_name or "", target)
    lately = Report.objects.filter(created__gt=timezone.now() - WHILE)
    if lately.filter(sender=row.sender).count() >= MOST:
        raise TooMany
    if account and lately.filter(account=account).count() >= MOST:
        raise TooMany
    row.save(force_insert=True)
    return row


@transaction.atomic
def settle(report: Report, state: str, *, note: str, actor: User, version: int) -> Outcome:
    """Say what became of a report: answered, published, dismissed; or new again.

    Raises:
        Stale: if the row no longer has `version`.
        Refused: without the right; for a reply without a name or an error that shall be
            published; without a reason for what is dismissed.
    """
    stored = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    note = gate.line("note", note)
    wanted = {
        "state": state,
        "note": note,
        "handled_by_id": None if state == Report.State.NEW else actor.pk,
    }
    if stored.version != version:
        raise Stale(stored, {"state": (state, stored.state)})
    _check(stored, state, note, actor)
    batch = Batch.begin(f"report {state}", actor)
    names = [*wanted, "version"]
    before = {name: getattr(stored, name) for name in names}
    records.write(stored, wanted)
    record([batch.entry(stored, before, {name: getattr(stored, name) for name in names})])
    return Outcome(batch.uid, 1, 0)


def _check(report: Report, state: str, note: str, actor: User) -> None:
    if state not in Report.State.values:
        raise gate.Refused(f"state: {state[:40]!r} is none of them")
    if not actor.has_perm("claims.change_report"):
        raise gate.Refused("state: only editors deal with reports")
    publishes = Report.State.PUBLISHED in {state, report.state}
    if publishes and not actor.has_perm("claims.publish_report"):
        raise gate.Refused("state: only chief editors publish replies, or take them back")
    if state == Report.State.PUBLISHED:
        if report.kind != Report.Kind.REPLY:
            raise gate.Refused("state: only a reply can be published")
        if not report.name:
            raise gate.Refused("state: a reply without a name cannot be published")
    if state == Report.State.DISMISSED and not note:
        raise gate.Refused("note: say why it is dismissed")
