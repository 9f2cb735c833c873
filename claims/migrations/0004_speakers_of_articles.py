"""Each speaker read in articles gets a row for each of them; shared rows become their clusters.

Until here all articles with one name shared one row. That row keeps everything people did to it:
name, kind, privacy, aliases, roles, rulings that name it, its log. What the engine attributed to
it in an article goes to a new row of that article, which a judgement by rule makes the same: a
cluster with the old row at its head. A row that the engine made moves into the article it was
made for. Nothing is lost, and going back leaves the new rows as they are.
"""

from collections import defaultdict

from django.db import migrations
from django.db.models import F

from corpus.speakers.compare import full_name, stated_name

_AT_ONCE = 500


def split(apps, schema_editor):
    """Give every machine-read attribution a speaker of its own article."""
    Speaker = apps.get_model("claims", "Speaker")
    Alias = apps.get_model("claims", "Alias")
    Change = apps.get_model("claims", "Change")
    Speaker.objects.filter(article__isnull=False).update(read_as=F("name"))
    _part_twins(Speaker)
    for row in Speaker.objects.iterator(chunk_size=_AT_ONCE):
        Speaker.objects.filter(pk=row.pk).update(**_columns(row.name, row.kind, row.privacy))
    for alias in Alias.objects.select_related("speaker").iterator(chunk_size=_AT_ONCE):
        key = stated_name(alias.form, alias.speaker.kind)[:400]
        Alias.objects.filter(pk=alias.pk).update(name_key=key)
    made = Change.objects.filter(object_type="speaker", action="create")
    by_people = set(made.values_list("object_id", flat=True))
    shared = Speaker.objects.filter(article__isnull=True).order_by("pk")
    for pk in list(shared.values_list("pk", flat=True)):
        _split_row(apps, Speaker.objects.get(pk=pk), by_people)


def _columns(name, kind, privacy):
    key, person = full_name(name, kind)[:400], kind == "person"
    public = not person or privacy == "public"
    return {"name_key": key, "compared": not (key or person), "is_public": public}


def _part_twins(Speaker):
    """Keep two rows of one article, name and kind apart: an editor renamed one of them."""
    first = {}
    for row in Speaker.objects.filter(article__isnull=False).order_by("pk"):
        kept = first.setdefault((row.article_id, row.read_as, row.kind), row.pk)
        if kept != row.pk:
            Speaker.objects.filter(pk=row.pk).update(read_as=f"{row.read_as} {row.uid}"[-200:])


def _split_row(apps, speaker, by_people):
    """Move what the engine gave to a shared row to rows of the articles."""
    Attribution = apps.get_model("claims", "Attribution")
    Ruling = apps.get_model("claims", "Ruling")
    ruled = Ruling.objects.filter(standing=True, field="speaker", attribution__speaker=speaker)
    ruled = set(ruled.values_list("attribution", flat=True))
    places = defaultdict(list)
    found = Attribution.objects.filter(speaker=speaker).order_by("pk")
    for pk, article, machine in found.values_list("pk", "article", "machine"):
        if pk not in ruled:
            name = " ".join((machine.get("speaker") or speaker.name).split())[:200]
            places[article, name].append(pk)
    for (article, name), pks in places.items():
        if speaker.article_id is None and speaker.pk not in by_people and name == speaker.name:
            speaker.article_id, speaker.read_as = article, name
            speaker.save(update_fields=["article", "read_as"])
            continue
        row = _row_of(apps, speaker, article, name)
        Attribution.objects.filter(pk__in=pks).update(speaker=row)
        _move_claims(apps, speaker, article)


def _row_of(apps, speaker, article, name):
    """Return the row of an article for a name, judged the same as the shared row."""
    Speaker = apps.get_model("claims", "Speaker")
    IdentityJudgement = apps.get_model("claims", "IdentityJudgement")
    columns = _columns(name, speaker.kind, speaker.privacy) | {"compared": True}
    row, _ = Speaker.objects.get_or_create(
        article_id=article,
        read_as=name,
        kind=speaker.kind,
        defaults={"name": name, **columns},
    )
    if row.canonical_id is None:
        Speaker.objects.filter(pk=row.pk).update(canonical=speaker, is_public=columns["is_public"])
        IdentityJudgement.objects.create(
            one_id=min(speaker.pk, row.pk),
            other_id=max(speaker.pk, row.pk),
            verdict="same",
            origin="rule",
            score=1.0,
            reasons=["one row before each article had its own"],
        )
    return row


def _move_claims(apps, speaker, article):
    """Let claims follow the attributions they rest on, unless an editor set their voices."""
    Attribution = apps.get_model("claims", "Attribution")
    Claim = apps.get_model("claims", "Claim")
    ClaimVoice = apps.get_model("claims", "ClaimVoice")
    Ruling = apps.get_model("claims", "Ruling")
    ruled = Ruling.objects.filter(standing=True, field="chain", claim__article=article)
    heard = Attribution.objects.filter(article=article, speaker__isnull=False)
    speakers = dict(heard.values_list("pk", "speaker"))
    claims = Claim.objects.filter(article=article, voices__speaker=speaker).distinct()
    for claim in claims.exclude(pk__in=ruled.values("claim")):
        voices = list(ClaimVoice.objects.filter(claim=claim).order_by("position"))
        before = [voice.speaker_id for voice in voices]
        after = [speakers[pk] for pk in claim.machine_chain if pk in speakers]
        if len(before) != len(after):
            continue
        for voice, now in zip(voices, after, strict=True):
            ClaimVoice.objects.filter(pk=voice.pk).update(speaker=now)
        columns = {"ultimate": after[-1]}
        if claim.speaker_id in before:
            columns["speaker"] = after[before.index(claim.speaker_id)]
        Claim.objects.filter(pk=claim.pk).update(**columns)


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_identity")]

    operations = [migrations.RunPython(split, migrations.RunPython.noop)]
