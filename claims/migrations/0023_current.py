"""Indexes of all that is asked of claims, for editors too, and none that misleads.

Dropping and making an index rebuilds no table, so the triggers of the feed stay.
"""

from django.db import migrations, models
from django.db.models import Q

ASKED = (
    *("published_earliest", "published_latest", "kind", "unit", "number_low", "number_high"),
    *("status", "voice_status", "outlet", "date_earliest", "date_latest"),
    *("scope_earliest", "scope_latest"),
)
VALUED = Q(is_public=True, number_low__isnull=False)
UNDATED = Q(published_earliest=None, published_latest=None)

NEW = {
    "claim_public": (["id", "is_public", *ASKED], Q(is_public=True)),
    "claim_current": (["id", "gone", *ASKED], Q(gone=False)),
    "claim_undated": (["published_earliest", "published_latest"], UNDATED),
    "claim_by_value_of_kind": (["kind", "number_low", "id"], VALUED),
}


class Migration(migrations.Migration):
    dependencies = [("claims", "0022_indexes")]

    operations = [
        migrations.RemoveIndex("claim", "claim_public"),
        migrations.RemoveIndex("claim", "claim_by_value_of_kind"),
        migrations.RemoveIndex("claimtopic", "topic_claim"),
        *(
            migrations.AddIndex("claim", models.Index(fields=fields, name=name, condition=of))
            for name, (fields, of) in NEW.items()
        ),
        migrations.AddIndex(
            "claimtopic",
            models.Index(fields=["topic", "claim", "removed"], name="topic_claim"),
        ),
    ]
