"""Articles whose words go on in others, and claims that lead to their successors."""

import django.db.models.deletion
from django.db import migrations, models

from claims.migrations import _search


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0012_background_work"),
    ]

    operations = [
        migrations.RunPython(_search.drop, _search.create),
        migrations.AddField(
            model_name="article",
            name="superseded",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="Other articles hold its words now: a later version, or boundaries put right.",
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="successor",
            field=models.ForeignKey(
                editable=False,
                help_text="The same words in an article that took the place of this claim's.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="forebears",
                to="claims.claim",
            ),
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forebears",
                        to="claims.article",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="heirs",
                        to="claims.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("old", "new"), name="succession_once"),
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="succession_to_another",
                    ),
                ],
            },
        ),
        migrations.RunPython(_search.create, _search.drop),
    ]
