import pytest
from claims.models import FeedEntry
from tests.claims import make


@pytest.mark.django_db(transaction=True)
def test_x():
    c = make.accepted()
    print(list(FeedEntry.objects.values()))
    c.article.delete()
    print(list(FeedEntry.objects.values()))
