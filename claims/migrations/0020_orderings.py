"""Indexes in the orders that public lists are asked for in."""

from django.db import migrations, models
from django.db.models import Q


def public(name, *fields):
    return models.Index(condition=Q(is_public=True), fields=fields, name=name)


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_reports")]

    operations = [
        migrations.AddIndex("claim", public("claim_by_published", "published_earliest", "id")),
        migrations.AddIndex("claim", public("claim_by_value_in_unit", "unit", "number_low", "id")),
        migrations.AddIndex("claim", public("claim_by_value_of_kind", "kind", "number_low", "id")),
        migrations.AddIndex(
            "article",
            models.Index(
                fields=["visibility", "published_earliest", "id"], name="article_by_published"
            ),
        ),
    ]
