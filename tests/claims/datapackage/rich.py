"""A random database with a bit of everything, made by what the product itself would do."""

import random

from claims.curation import articles as article_rulings
from claims.models import (
    Alias,
    Article,
    Claim,
    ClaimTopic,
    Evidence,
    Note,
    Outlet,
    Role,
    Speaker,
)
from corpus.speakers.compare import stated_name
from tests.claims import make

NAMES = ("Lena Ortiz", "Tom Brandt", "Mara Voss", "=Ivo Kern", "Jana “J” Holt", "Ülo Mägi")
WORDS = ("passengers", "=ferries", "boats, small", 'the "big" ones', "crates\u00a0of cod", "ﬁsh")


def fill(seed, *, articles=7):
    """Fill the database; the same seed gives the same rows, apart from uids."""
    dice = random.Random(seed)
    outlets = [
        make.outlet(f"Outlet {policy}", text_policy=policy, country="GB", domain="x.example")
        for policy in Outlet.TextPolicy.values
    ]
    topics = [make.topic(code) for code in ("a", "b")]
    topics.append(make.topic("under", parent=topics[0]))
    heads = [make.speaker(name, privacy=dice.choice(Speaker.Privacy.values)) for name in NAMES] + [
        make.speaker("Harbour office", kind=Speaker.Kind.ORGANISATION)
    ]
    for head in heads[:3]:
        form = f"@{head.name}"
        key = stated_name(form, head.kind)
        Alias.objects.create(speaker=head, form=form, kind=Alias.Kind.SPELLING, name_key=key)
        Role.objects.create(speaker=head, title="+Mayor", held="2019/2024")
    for number in range(articles):
        _article(dice, number, dice.choice([None, *outlets]), heads, topics)


def _article(dice, number, outlet, heads, topics):
    names = [dice.choice(heads) for _ in range(4)]
    lines = [f"Head {number}"]
    for place, head in enumerate(names):
        value, word = dice.randrange(2, 9999), dice.choice(WORDS)
        lines.append(f"{value} {word} in line {place} of {number}, {head.name} said{place}.")
    text = ("\r\n" if number % 2 else "\n").join(lines) + "\n"
    visibility = dice.choice([Article.Visibility.PUBLIC] * 3 + [Article.Visibility.DRAFT])
    fields = {"published": dice.choice(["2031-05", "", "2030/..", "-0043"])}
    fields |= {"url": "https://x.example/1", "byline": "-By"} if number % 2 else {}
    fields["parts"] = [{"role": "headline", "start": 0, "end": len(lines[0])}]
    article = make.article(text, outlet=outlet, visibility=visibility, **fields)
    made = [
        _claim(dice, article, line, place, head, heads)
        for place, (line, head) in enumerate(zip(lines[1:], names, strict=True))
        if dice.random() < 0.8
    ]
    for claim in made:
        _around(dice, claim, topics)
    if made:
        role = {"origin": Role.Origin.MACHINE, "article": article, "start": 0, "end": 4}
        Role.objects.create(speaker=names[0], title="Pilot", **role)
    if not Claim.objects.queue().filter(article=article).exists() and dice.random() < 0.7:
        article_rulings.correct(
            article, {"complete": True}, actor=make.editor(), version=article.version
        )
    Article.objects.filter(pk=article.pk).update(
        claim_count=Claim.objects.current().filter(article=article).count()
    )


def _claim(dice, article, line, place, head, heads):
    words = line.split(" in line")[0]
    voices = []
    if dice.random() < 0.8:
        said = [head, dice.choice(heads)] if dice.random() < 0.4 else [head]
        voices = [_voice(dice, article, one, f"said{place}") for one in said]
    status = dice.choice(["accepted", "accepted", "accepted", "rejected", None])
    finding = dice.choice(
        [
            {"value": words.split()[0]},
            {"kind": "share", "value": "1/3", "comparator": "~<"},
            {"kind": "money", "low": "2.50", "high": "1000000.07", "unit": "EUR", "per": "week"},
            {"kind": "date", "edtf": "1980~", "modality": "planned"},
            {"kind": "date", "edtf": None, "unresolved": "needs a date"},
            {"vague": True, "low": "100", "change": {"direction": "increase", "from": "3.1"}},
        ]
    )
    scope = {"edtf": "2030-01/2030-03", "place": "Saltmere", "span": None}
    finding |= {"scope": scope} if dice.random() < 0.3 else {}
    voice_status = "confirmed" if dice.random() < 0.7 and status else None
    rulings = {"second": "awaited"} if status == "accepted" and dice.random() < 0.1 else {}
    if voices and dice.random() < 0.2 and status:
        rulings["chain"] = [dice.choice(heads).pk]
    made = make.claim(
        article, words, voices=voices, status=status, voice_status=voice_status, rulings=rulings,
        concept=dice.choice(WORDS), score=dice.random(), **finding,
    )  # fmt: skip
    if len(voices) == 2 and dice.random() < 0.5:  # the nearest voice is merely the outlet
        made.machine["speaker"] = made.machine["chain"][1]
        made.save(update_fields=["machine"])
        make.rule(made, {})
    return made


def _voice(dice, article, head, cue):
    """Return an attribution to a voice, under a row of the article's own or a merged one."""
    name = head.name
    if dice.random() < 0.4:
        name = f"{head.name.split()[-1]} {article.pk}"
        row = make.speaker(name, kind=head.kind, article=article)
        if row.canonical_id is None:
            make.same(row, head)
        head = row
    return make.attribution(article, head, source=name, cue=cue)


def _around(dice, claim, topics):
    for topic in topics:
        if dice.random() < 0.3:
            make.tag(claim, topic, dice.choice(ClaimTopic.Origin.values))
    by = {"author": make.editor(), "approved_by": make.editor(), "byline": "@Desk"}
    if dice.random() < 0.3:
        page = {"url": "https://x.example/2", "retrieved": "2031-06-01", "quotation": "-1 said"}
        Evidence.objects.create(claim=claim, relation="supports", **page, **by)
    if dice.random() < 0.3:
        words = {"start": claim.start, "end": claim.end, "quotation": claim.surface}
        Evidence.objects.create(
            claim=claim, relation="context", article=claim.article, **words, **by
        )
    if dice.random() < 0.2:
        Note.objects.create(claim=claim, text="=Two\nlines", **by)
