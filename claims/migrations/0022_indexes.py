"""Indexes for big installations: one of all that readers ask of public claims, none twice.

The indexes of foreign keys are dropped one by one: altering the columns would make SQLite write
every table anew.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Index

import django.db.models.deletion

TWICE = {
    "attribution": ("article", "first_run"),
    "candidate": ("one",),
    "claim": ("article", "attribution", "first_run", "outlet", "speaker", "successor"),
    "claimtopic": ("claim", "topic"),
    "claimvoice": ("claim", "speaker"),
    "identityjudgement": ("one",),
    "speaker": ("article",),
}

ASKED = (
    *("kind", "unit", "number_low", "number_high", "voice_status"),
    *("published_earliest", "published_latest", "date_earliest", "date_latest"),
    *("scope_earliest", "scope_latest"),
)


def drop(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the indexes that Django made for the columns alone."""
    for name, fields in TWICE.items():
        model = apps.get_model("claims", name)
        named = {index.name for index in model._meta.indexes}
        for field in fields:
            column = model._meta.get_field(field).column
            for index in editor._constraint_names(
                model, [column], index=True, type_=Index.suffix, exclude=named
            ):
                editor.execute(editor._delete_index_sql(model, index))


def create(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make them again."""
    for name, fields in TWICE.items():
        model = apps.get_model("claims", name)
        for field in fields:
            editor.execute(editor._create_index_sql(model, fields=[model._meta.get_field(field)]))


class Migration(migrations.Migration):
    dependencies = [("claims", "0021_measurements")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop, create)],
            state_operations=[
                migrations.AlterField(
                    model_name="attribution",
                    name="article",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attributions",
                        to="claims.article",
                    ),
                ),
                migrations.AlterField(
                    model_name="attribution",
                    name="first_run",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.run",
                    ),
                ),
                migrations.AlterField(
                    model_name="candidate",
                    name="one",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposed_first",
                        to="claims.speaker",
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="article",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="claims.article",
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="attribution",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="claims",
                        to="claims.attribution",
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="first_run",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.run",
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="outlet",
                    field=models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.outlet",
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="speaker",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="claims.speaker",
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="successor",
                    field=models.ForeignKey(
                        db_index=False,
                        editable=False,
                        help_text="The same words in an article that took the place of this claim's.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="forebears",
                        to="claims.claim",
                    ),
                ),
                migrations.AlterField(
                    model_name="claimtopic",
                    name="claim",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topic_links",
                        to="claims.claim",
                    ),
                ),
                migrations.AlterField(
                    model_name="claimtopic",
                    name="topic",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claim_links",
                        to="claims.topic",
                    ),
                ),
                migrations.AlterField(
                    model_name="claimvoice",
                    name="claim",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voices",
                        to="claims.claim",
                    ),
                ),
                migrations.AlterField(
                    model_name="claimvoice",
                    name="speaker",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="claims.speaker",
                    ),
                ),
                migrations.AlterField(
                    model_name="identityjudgement",
                    name="one",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judged_first",
                        to="claims.speaker",
                    ),
                ),
                migrations.AlterField(
                    model_name="speaker",
                    name="article",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        help_text="Where the engine read the name; empty for rows that editors made.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="speakers_read",
                        to="claims.article",
                    ),
                ),
            ],
        ),
        migrations.RemoveIndex("claim", "claim_public"),
        migrations.RemoveIndex("claim", "claim_value"),
        migrations.RemoveIndex("claim", "claim_published"),
        migrations.RemoveIndex("claim", "claim_date"),
        migrations.RemoveIndex("claim", "claim_scope"),
        migrations.AddIndex(
            "claim",
            models.Index(
                condition=models.Q(is_public=True), fields=["id", *ASKED], name="claim_public"
            ),
        ),
        migrations.AddIndex(
            "claim",
            models.Index(
                fields=["unit", "kind", "number_low", "number_high", "is_public", "gone"],
                name="claim_value",
            ),
        ),
        migrations.AddIndex(
            "claim",
            models.Index(
                condition=models.Q(successor__isnull=False),
                fields=["successor"],
                name="claim_successor",
            ),
        ),
    ]
