"""Samples and what editors make of them; articles that are complete."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from claims.migrations import _search


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0013_succession"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(_search.drop, _search.create),
        migrations.AddField(
            model_name="article",
            name="complete",
            field=models.BooleanField(
                default=False,
                help_text="An editor ruled on every proposal and looked for what the engine missed.",
            ),
        ),
        migrations.CreateModel(
            name="Sample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                (
                    "seed",
                    models.PositiveIntegerField(
                        help_text="The same seed over the same claims draws the same ones."
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="How many were asked for.")),
                (
                    "drawn_from",
                    models.PositiveIntegerField(help_text="How many there were to draw from."),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("count", "count"),
                            ("money", "money"),
                            ("percent", "percent"),
                            ("share", "share"),
                            ("ordinal", "ordinal"),
                            ("measure", "measure"),
                            ("duration", "duration"),
                            ("date", "date"),
                        ],
                        help_text="Only these.",
                        max_length=10,
                    ),
                ),
                (
                    "engine",
                    models.CharField(
                        blank=True,
                        help_text="Only what this version of the engine found last.",
                        max_length=40,
                    ),
                ),
                ("drawn", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "outlet",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.outlet",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="SampleItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("kind", models.CharField(max_length=10)),
                ("machine", models.JSONField(help_text="The finding that is judged.")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sampled",
                        to="claims.claim",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="claims.sample",
                    ),
                ),
            ],
            options={
                "ordering": ["sample", "position"],
            },
        ),
        migrations.CreateModel(
            name="Coding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "figure",
                    models.CharField(
                        choices=[
                            ("right", "Right"),
                            ("wrong", "Wrong"),
                            ("unclear", "cannot tell"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "voice",
                    models.CharField(
                        choices=[
                            ("right", "Right"),
                            ("wrong", "Wrong"),
                            ("unclear", "cannot tell"),
                        ],
                        max_length=10,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                ("settles", models.BooleanField(default=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="codings",
                        to="claims.sampleitem",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.UniqueConstraint(fields=("sample", "claim"), name="sampled_once"),
        ),
        migrations.AddConstraint(
            model_name="sampleitem",
            constraint=models.UniqueConstraint(
                fields=("sample", "position"), name="sample_position_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.UniqueConstraint(fields=("item", "actor"), name="coded_once_by_each"),
        ),
        migrations.AddConstraint(
            model_name="coding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settles", True)), fields=("item",), name="coding_settled_once"
            ),
        ),
        migrations.RunPython(_search.create, _search.drop),
    ]
