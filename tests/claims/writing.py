"""Every way in which what lists show is changed, each as something to do at random."""

import hashlib
from itertools import count

from django.db import transaction

from claims import gate
from claims.curation import articles, identities, records, review, topics, undo
from claims.curation.bulk import rule_on
from claims.history import Stale
from claims.models import (
    Article,
    Attribution,
    Change,
    Claim,
    IdentityJudgement,
    Outlet,
    Reading,
    Speaker,
    Topic,
)
from claims.redaction import redact_name, redact_text
from claims.runs import apply
from claims.succession import supersede
from tests.claims import make

NAMES = ("Lena Ortiz", "Ada Rao", "Tom Vance")
REFUSALS = (gate.Refused, Stale, undo.CannotUndo)
_numbers = count(1)


def text_of(number):
    return (
        f"Notes {number} of the harbour\n\n"
        f"The office counted {1000 + number} boats on the river, Lena Ortiz said.\n"
        f"About {20 + number} crews were paid, Ada Rao said.\n"
        f"At least {3000 + number} people came, and Tom Vance was glad.\n"
    )


def fill(number=4):
    """Store some articles with claims of each speaker."""
    for n in range(number):
        outlet = make.outlet(f"Outlet {n % 2}")
        article = make.article(text_of(n), outlet=outlet)
        for name, words in zip(NAMES, (1000 + n, 20 + n, 3000 + n), strict=True):
            speaker = make.speaker(name, article=article, privacy="public")
            cue = "said" if name != "Tom Vance" else "was"
            told = attribution(article, speaker, cue)
            make.claim(article, str(words), voices=[told], value=str(words))
    make.topic()


def attribution(article, speaker, cue="said"):
    """Return an attribution as the engine stores it: what it found names its tier."""
    made = make.attribution(article, speaker, cue=cue)
    made.machine["tier"] = made.tier
    made.save()
    return made


def one(chance, rows):
    """Return one row at random; some there must be."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=chance.choice(keys))


def some(chance, rows):
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.filter(pk__in=chance.sample(keys, chance.randint(1, min(5, len(keys)))))


def editor():
    return make.user("editor")


def accept(chance):
    review.accept(some(chance, Claim.objects.all()), actor=editor(), voice=chance.random() < 0.6)


def reject(chance):
    review.reject(some(chance, Claim.objects.all()), actor=editor())


def reopen(chance):
    review.reopen(some(chance, Claim.objects.all()), actor=editor())


def bulk(chance):
    rows = some(chance, Claim.objects.all())
    seen = dict(rows.values_list("pk", "version"))
    rule_on(lambda claims: review.accept(claims, actor=editor()), seen)


def correct(chance):
    claim = one(chance, Claim.objects.all())
    fields = chance.choice(
        [
            {"value": str(chance.randint(1, 99)), "low": "", "high": ""},
            {"concept": f"things {chance.randint(1, 9)}"},
            {"chain": [one(chance, Speaker.objects.filter(article=claim.article_id)).pk]},
            {"voice": chance.choice(["own", "attributed"])},
            {"voice_status": chance.choice(["confirmed", "unreviewed"])},
        ]
    )
    review.correct(claim, fields, actor=editor(), version=claim.version)


def take_back(chance):
    last = list(Change.objects.filter(actor=editor()).values_list("batch", flat=True)[:5])
    if last:
        undo.undo(chance.choice(last), actor=editor())


def read_again(chance):
    """Apply a reading of another engine, which finds some of it, and some of it elsewhere."""
    article = one(chance, Article.objects.readable())
    text = article.body.text
    figures = [word for word in text.split() if word.isdigit()]
    found = [make.finding_on(text, word, value=word) for word in set(figures)]
    kept = chance.sample(found, chance.randint(0, len(found)))
    data = make.reading_of(text, kept)
    digest = hashlib.sha256(text.encode()).hexdigest()
    run = make.run(engine=f"1.{chance.randint(1, 9)}")
    apply(Reading.objects.create(run=run, article=article, text_sha256=digest, data=data))


def publish(chance):
    article = one(chance, Article.objects.all())
    fields = {"visibility": chance.choice(["public", "public", "draft", "withdrawn"])}
    articles.correct(article, fields, actor=editor(), version=article.version)


def put_right(chance):
    article = one(chance, Article.objects.all())
    fields = chance.choice(
        [
            {"headline": f"Heading {chance.randint(1, 9)}"},
            {"published": f"20{chance.randint(10, 30)}-05"},
            {"outlet": one(chance, Outlet.objects.all()).pk},
            {"complete": True},
        ]
    )
    articles.correct(article, fields, actor=editor(), version=article.version)


def edit_outlet(chance):
    row = one(chance, Outlet.objects.all())
    fields = chance.choice(
        [
            {"text_policy": chance.choice(Outlet.TextPolicy.values)},
            {"name": f"Outlet {chance.random()}"},
        ]
    )
    records.edit(row, fields, actor=editor(), version=row.version)


def edit_speaker(chance):
    row = one(chance, Speaker.objects.all())
    fields = chance.choice(
        [{"privacy": chance.choice(Speaker.Privacy.values)}, {"name": chance.choice(NAMES)}]
    )
    records.edit(row, fields, actor=editor(), version=row.version)


def merge(chance):
    pair = list(some(chance, Speaker.objects.filter(kind="person")))[:2]
    if len(pair) == 2:
        identities.judge(*pair, chance.choice(["same", "same", "different"]), actor=editor())


def part(chance):
    rows = IdentityJudgement.objects.standing()
    if rows.exists():
        row = one(chance, rows)
        identities.revoke(row, actor=editor(), version=row.version)


def tag(chance):
    act = chance.choice([topics.add_topic, topics.remove_topic])
    act(some(chance, Claim.objects.all()), one(chance, Topic.objects.all()), actor=editor())


def edit_topic(chance):
    row = one(chance, Topic.objects.all())
    fields = {"code": f"code-{chance.randint(1, 9)}"}
    records.edit(row, fields, actor=editor(), version=row.version)


def give_words(chance):
    row = one(chance, Attribution.objects.filter(gone=False))
    speaker = one(chance, Speaker.objects.filter(article=row.article_id))
    review.set_speaker_of_attribution(row, speaker, actor=editor(), version=row.version)


def take_its_place(chance):
    old = one(chance, Article.objects.readable())
    text = old.body.text + f"Later, {next(_numbers)} more came.\n"
    new = make.article(text, outlet=old.outlet)
    versions = {old.pk: old.version, new.pk: new.version}
    supersede(old, new, actor=editor(), versions=versions)


def remove_text(chance):
    if chance.random() < 0.2:
        article = one(chance, Article.objects.readable())
        redact_text(article, reason="order", actor=editor(), version=article.version)


def remove_name(chance):
    if chance.random() < 0.2:
        redact_name([chance.choice(NAMES)], reason="order", actor=editor())


def bring_in(chance):
    number = 100_000 + next(_numbers) * 1000 + chance.randint(0, 999)
    article = make.article(text_of(number), outlet=one(chance, Outlet.objects.all()))
    speaker = make.speaker("Lena Ortiz", article=article, privacy="public")
    make.claim(article, str(1000 + number), voices=[attribution(article, speaker)])


ACTIONS = (
    *(accept, accept, accept, reject, reopen, bulk, correct, correct, take_back, read_again),
    *(publish, put_right, edit_outlet, edit_speaker, merge, merge, part, tag, edit_topic),
    *(give_words, take_its_place, remove_text, remove_name, bring_in),
)


def at_random(chance, actions=ACTIONS):
    """Do something, all or nothing; return its name, or that it was refused."""
    act = chance.choice(actions)
    try:
        with transaction.atomic():
            act(chance)
    except REFUSALS:
        return "refused"
    return act.__name__
