"""Quotas: several windows at once, counted apart for each kind of work and each caller."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from claims.api import throttles
from tests.claims import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Let the test say what time it is."""

    class Clock:
        now = 1_000_000.0

        def time(self):
            return self.now

    clock = Clock()
    monkeypatch.setattr(throttles, "time", clock)
    return clock


RATES = [
    # rates, seconds and how many
    ("120/min", {60: 120}),
    ("2/second, 120/min,3000/hour,30000/day", {1: 2, 60: 120, 3600: 3000, 86400: 30000}),
    ("", {}),
]


@pytest.mark.parametrize(("rates", "read"), RATES)
def test_rates_are_read(rates, read):
    assert throttles.windows(rates) == read


@pytest.mark.parametrize("rate", ["120", "120/m", "many/min", "-1/min", "1/fortnight", "1/min x"])
def test_what_is_no_rate_is_refused_by_name(rate):
    with pytest.raises(ImproperlyConfigured, match=rate.split("/")[0]):
        throttles.windows(f"5/day,{rate}")


STEPS = [
    # seconds later, status, seconds to wait
    (0, 200, None),
    (1, 200, None),
    (1, 429, 58),  # two a minute
    (57.5, 429, 1),
    (0.5, 200, None),
    (0, 429, 3540),  # three an hour: the longest window that is full
    (60, 429, 3480),
    (3480, 200, None),
    (0, 200, None),
    (0, 429, 82800),  # five a day
    (82799.5, 429, 1),
    (0.5, 200, None),
]


def test_every_window_is_kept_and_the_longest_full_one_says_how_long_to_wait(
    client, settings, clock
):
    settings.API_RATES = {"read": {"anonymous": "2/min,3/hour,5/day", "user": ""}}
    for later, status, wait in STEPS:
        clock.now += later
        answer = client.get("/api/v1/topics/")
        assert (answer.status_code, answer.headers.get("Retry-After")) == (
            status,
            wait and str(wait),
        )


def test_work_of_another_kind_and_other_callers_count_apart(client, researcher, settings):
    settings.API_RATES = settings.API_RATES | {"read": {"anonymous": "1/min", "user": "2/min"}}
    assert [client.get("/api/v1/topics/").status_code for _ in range(2)] == [200, 429]
    assert client.get("/api/v1/claims.csv").status_code == 200
    elsewhere = Client(REMOTE_ADDR="10.1.1.1")
    assert elsewhere.get("/api/v1/topics/").status_code == 200
    assert [researcher.get("/api/v1/topics/").status_code for _ in range(3)] == [200, 200, 429]
    other = Client()
    other.force_login(make.user("another"))
    assert other.get("/api/v1/topics/").status_code == 200


def test_no_rate_is_no_limit(client, settings):
    settings.API_RATES = {"read": {"anonymous": "", "user": ""}}
    assert {client.get("/api/v1/topics/").status_code for _ in range(5)} == {200}
