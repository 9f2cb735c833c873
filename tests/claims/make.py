"""Builders of rows for tests: each makes one consistent row and whatever it cannot do without.

Nothing here is random: the same call gives the same row, apart from ids. Ask only for what the
test is about. `claim` marks words of an article that stand there; its rulings, if any, are
written as an editor's, so that its columns are what the product itself would have stored.
"""

import hashlib
import re
import uuid
from itertools import count

from django.contrib.auth.models import Group, Permission, User

from claims import columns, identity, rights
from claims.curation import identities
from claims.models import (
    Article,
    ArticleText,
    Attribution,
    Claim,
    ClaimTopic,
    Outlet,
    Placement,
    Ruling,
    Run,
    SourceFile,
    Speaker,
    Topic,
)

TEXT = (
    "Ferry counts rise at Saltmere\n\n"
    "The harbour office counted 3.74 million passengers in 2030, Lena Ortiz said on Tuesday.\n"
    "At least 1,200 of them travelled with a bicycle, she said.\n"
    "The city spent €412 million on 9 March 2031.\n"
)

_numbers = count(1)


def user(name="reader", **fields):
    """Return an account without rights; the same name again is the same account."""
    found, _ = User.objects.get_or_create(username=name, defaults=fields)
    return found


def editor(name="editor"):
    """Return a staff account with every right on the rows of this project."""
    found = user(name, is_staff=True)
    if not found.user_permissions.exists():
        found.user_permissions.set(Permission.objects.filter(content_type__app_label="claims"))
    return found


def member(role, name=None):
    """Return an account in the group of a role (`claims.rights`), with the rights of that group."""
    found = user(name or role, is_staff=role in rights.ON_STAFF)
    found.groups.set([Group.objects.get(name=role)])
    return User.objects.get(pk=found.pk)


def outlet(name="The Saltmere Courier", **fields):
    """Return an outlet; the same name again is the same row."""
    found, _ = Outlet.objects.get_or_create(name=name, defaults=fields)
    return found


def source_file(data=b"A text.\n", **fields):
    """Return a source file; its bytes are not kept."""
    fields = {
        "name": "file.txt",
        "media_type": "text/plain",
        "encoding": "utf-8",
        "size": len(data),
        "file": "sources/none",
    } | fields
    digest = hashlib.sha256(data).hexdigest()
    found, _ = SourceFile.objects.get_or_create(sha256=digest, defaults=fields)
    return found


def article(text=TEXT, *, outlet=None, visibility=Article.Visibility.PUBLIC, **fields):
    """Return an article with its text; `published` also fills the interval columns."""
    fields.setdefault("headline", text.partition("\n")[0].strip()[:500])
    if fields.get("published"):
        first, last = columns.bounds(fields["published"])
        fields = {"published_basis": Article.Basis.GIVEN} | fields
        fields |= {"published_earliest": first, "published_latest": last}
    digest = hashlib.sha256(text.encode()).hexdigest()
    made = Article.objects.create(
        text_sha256=digest, outlet=outlet, visibility=visibility, language="en", **fields
    )
    ArticleText.objects.create(article=made, text=text)
    return made


def placement(article, source_file, *, start=0, **fields):
    """Return the place of an article in a file, as one slice."""
    slices = [[start, start + len(article.body.text)]]
    return Placement.objects.create(
        article=article, source_file=source_file, start=start, slices=slices, **fields
    )


def run(**fields):
    """Return a finished-looking run of engine 1.0, light tier."""
    return Run.objects.create(
        **{"engine": "1.0", "config_hash": "0" * 64, "tier": "light", **fields}
    )


def speaker(name="Lena Ortiz", *, kind=Speaker.Kind.PERSON, article=None, **fields):
    """Return a speaker; the same name, kind and article again is the same row.

    With `article` it is one the engine read there, with the computed columns of both; it is in
    no cluster until a test judges (see `same`).
    """
    privacy = fields.get("privacy", Speaker.Privacy.UNKNOWN)
    computed = identity.columns_of(name, kind, privacy) | {"read_as": name if article else ""}
    found, _ = Speaker.objects.get_or_create(
        name=name, kind=kind, article=article, defaults=computed | fields
    )
    return found


def same(one, other, *, verdict="same", by=None):
    """Let an editor judge two speakers; the same by default."""
    identities.judge(one, other, verdict, actor=by or editor())
    one.refresh_from_db()
    other.refresh_from_db()


def topic(code="transport", *, scheme="on-record", **fields):
    """Return a topic; the same scheme and code again is the same row."""
    found, _ = Topic.objects.get_or_create(
        scheme=scheme, code=code, defaults={"label": code.capitalize(), **fields}
    )
    return found


def attribution(article, speaker, *, source=None, cue="said", parent=None, run=None, **fields):
    """Return an attribution whose source, cue and content stand in the article's text."""
    run = run or first_run()
    machine = attribution_on(
        article.body.text,
        speaker.name,
        kind=speaker.kind,
        n=article.attributions.count(),
        source=source,
        cue=cue,
        parent=parent.machine["n"] if parent else None,
    )
    names = ("manner", "source", "cue", "content", "mention", "resolved_by", "score")
    return Attribution.objects.create(
        **{name: machine[name] for name in names},
        **{"article": article, "speaker": speaker, "parent": parent, "tier": run.tier, **fields},
        machine=machine,
        anchor_key=_some_key(),
        first_run=run,
        last_run=run,
    )


def claim(
    article=None,
    words="3.74 million",
    *,
    voices=(),
    status=None,
    voice_status=None,
    rulings=None,
    by=None,
    run=None,
    nth=0,
    **finding,
):
    """Return a claim on the `nth` place where `words` stand in `article`.

    Other keywords are keys of the finding: `kind="money", value="412000000", unit="EUR"`.
    `voices` are attributions, nearest first: they make the claim attributed. `status`,
    `voice_status` and `rulings` are written as standing rulings of the editor `by`.
    """
    article = article or globals()["article"]()
    run = run or first_run()
    machine = finding_on(article.body.text, words, nth=nth, **finding)
    if voices:
        names = [voice.speaker.name for voice in voices]
        numbers = [voice.machine["n"] for voice in voices]
        machine |= {"voice": "attributed", "speaker": names[0], "chain": names}
        machine |= {"attribution": numbers[0], "voices": numbers}
    start, end = machine["sentence"]
    made = Claim(
        article=article,
        start=machine["start"],
        end=machine["end"],
        surface=machine["surface"],
        sentence_start=start,
        sentence_end=end,
        passage=article.body.text[start:end],
        anchor_key=_some_key(),
        machine=machine,
        machine_chain=[voice.pk for voice in voices],
        first_run=run,
        last_run=run,
    )
    ruled = dict(rulings or {})
    ruled |= {"status": status} if status else {}
    ruled |= {"voice_status": voice_status} if voice_status else {}
    columns.create([made])
    if ruled:
        rule(made, ruled, by=by)
        Claim.objects.filter(pk=made.pk).update(version=1)  # its rulings are how it was made
        made.public_changes.update(version=1)
    made.refresh_from_db()
    return made


def accepted(article=None, words="3.74 million", **fields):
    """Return a claim that an editor has accepted, voice unreviewed."""
    return claim(article, words, status=Claim.Status.ACCEPTED, **fields)


def rule(claim, fields, *, by=None):
    """Write an editor's rulings on a claim and recompute its columns."""
    batch = uuid.uuid4()
    if fields:
        by = by or editor()
    for field, value in fields.items():
        claim.rulings.standing().filter(field=field).update(standing=False)
        Ruling.objects.create(claim=claim, field=field, value=value, actor=by, batch=batch)
    columns.refresh([claim])
    claim.refresh_from_db()


def tag(claim, topic, origin=ClaimTopic.Origin.EDITOR):
    """Put a claim under a topic."""
    return ClaimTopic.objects.create(claim=claim, topic=topic, origin=origin)


def first_run():
    """Return the oldest run, made if there is none."""
    return Run.objects.order_by("id").first() or run()


def finding_on(text, words, *, nth=0, **fields):
    """Return a finding as the engine would write it, for words that stand in `text`."""
    start, end = span_of(text, words, nth=nth)
    kind = fields.get("kind", "count")
    value = None if kind == "date" or "low" in fields or "high" in fields else "3740000"
    first, last = columns.bounds(fields["edtf"]) if fields.get("edtf") else (None, None)
    return {
        "kind": kind,
        "start": start,
        "end": end,
        "surface": words,
        "value": value,
        "low": None,
        "high": None,
        "comparator": "=",
        "vague": False,
        "unit": None,
        "per": None,
        "change": None,
        "concept": "passengers" if kind == "count" else None,
        "concept_head": "passenger" if kind == "count" else None,
        "concept_span": None,
        "hedge_span": None,
        "scope": None,
        "edtf": None,
        "earliest": first,
        "latest": last,
        "anchor": None,
        "timex_type": "DATE" if kind == "date" else None,
        "timex_value": None,
        "unresolved": None,
        "modality": "asserted",
        "voice": "own",
        "attribution": None,
        "speaker": None,
        "chain": [],
        "voices": [],
        "candidates": [],
        "sentence": sentence_around(text, start, end),
        "rule": kind,
        "score": 0.9,
        "calendar": None,
    } | fields


def attribution_on(text, name, *, kind="person", n=0, source=None, cue="said", parent=None):
    """Return an attribution as the engine would write it, for a cue that stands in `text`."""
    words = source or name
    who = span_of(text, words) if words in text else None
    said = span_of(text, cue)
    return {
        "n": n,
        "manner": "indirect",
        "source": [who] if who else [],
        "cue": [said],
        "content": [sentence_around(text, *said)],
        "speaker": name,
        "speaker_kind": kind,
        "mention": who,
        "resolved_by": "name",
        "candidates": [],
        "parent": parent,
        "said_when": None,
        "said_when_span": None,
        "score": 0.9,
    }


def reading_of(text, claims=(), attributions=(), **fields):
    """Return a whole reading of `text` as JSON values, engine 1.0."""
    published = {"edtf": None, "earliest": None, "latest": None, "basis": "none"}
    return {
        "id": None,
        "schema": 1,
        "engine": "1.0",
        "tier": "light",
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "published": published | {"evidence": None, "confidence": 0.0},
        "attributions": list(attributions),
        "claims": list(claims),
        "designators": [],
        "flags": [],
        "unread": None,
    } | fields


def span_of(text, words, *, nth=0):
    """Return `[start, end]` of the `nth` place where `words` stand in `text`."""
    found = [[m.start(), m.end()] for m in re.finditer(re.escape(words), text)]
    assert len(found) > nth, f"{words!r} does not stand {nth + 1} times in {text!r}"
    return found[nth]


def sentence_around(text, start, end):
    """Return the line that holds `[start, end)`, without the blanks at its ends."""
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    line = text[left : right if right >= 0 else len(text)]
    return [left + len(line) - len(line.lstrip()), left + len(line.rstrip())]


def _some_key():
    """Return a key like an anchor's that no other row has."""
    return hashlib.sha256(str(next(_numbers)).encode()).hexdigest()
