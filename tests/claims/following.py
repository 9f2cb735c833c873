"""Somebody who follows the changes feed, and what the lists hold, to compare the two.

Run as a program it lets eight threads write at random for some seconds, over connections of their
own to an empty database, while each kind of reader follows; it fails unless all end with exactly
what the lists hold. `python -m tests.claims.following SECONDS SEED`.
"""

import random
import sys
import threading
import time
from collections import Counter

KINDS = ("articles", "claims", "speakers")
EVERY_STATUS = "status=accepted&status=proposed&status=rejected"
EVERY_VISIBILITY = "visibility=public&visibility=draft&visibility=withdrawn"
ASKED = {
    "everybody": {},
    "researcher": {"claims": "status=accepted&status=proposed"},
    "editor": {"claims": f"{EVERY_STATUS}&{EVERY_VISIBILITY}", "articles": EVERY_VISIBILITY},
}
"""What each kind of reader asks the lists, to get all that he may see."""

WRITERS = 8


class Follower:
    """A program that puts each row in the place of the one before and takes out what is gone."""

    def __init__(self, client):
        self.client, self.since, self.rows, self.events = client, 0, {}, []

    def step(self, size=50):
        """Read one page; tell whether there is more."""
        found = self.client.get(f"/api/v1/changes/?since={self.since}&page_size={size}").json()
        numbers = [one["seq"] for one in found["results"]]
        assert numbers == sorted(set(numbers))
        assert all(number > self.since for number in numbers)
        for one in found["results"]:
            self.events.append((one["kind"], one["uid"], one["event"]))
            key = (f"{one['kind']}s", one["uid"])
            if one["row"] is None:
                self.rows.pop(key, None)
            else:
                self.rows[key] = one["row"]
        self.since = found["seq"]
        return found["more"]

    def catch_up(self, size=50):
        """Read all there is now."""
        while self.step(size):
            pass
        return self


def listed(client, audience):
    """Return all rows of the lists, by list and uid."""
    rows = {}
    for name in KINDS:
        asked = ASKED[audience].get(name, "")
        address = f"/api/v1/{name}/?page_size=200&{asked}"
        while address:
            found = client.get(address).json()
            rows |= {(name, row["uid"]): row for row in found["results"]}
            address = found["next"]
    return rows


def main(seconds, seed):
    """Let writers write and readers follow, and compare."""
    import django

    django.setup()
    from django.db import connections
    from django.test import Client

    from tests.claims import make, writing

    clients = {name: Client(SERVER_NAME="127.0.0.1") for name in ASKED}
    clients["researcher"].force_login(make.user("researcher"))
    clients["editor"].force_login(make.editor())
    writing.fill()
    until, done, failed = time.monotonic() + seconds, Counter(), []
    followers = {name: Follower(client) for name, client in clients.items()}

    def write(number):
        chance = random.Random(f"{seed}-{number}")
        work(lambda: done.update([writing.at_random(chance)]))

    def follow(name):
        chance = random.Random(f"{seed}-{name}")
        work(lambda: followers[name].step(chance.randint(1, 60)))

    def work(step):
        try:
            while time.monotonic() < until and not failed:
                step()
        except BaseException as error:
            failed.append(error)
            raise
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(WRITERS)]
    threads += [threading.Thread(target=follow, args=[name]) for name in followers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed
    for name, follower in followers.items():
        follower.catch_up()
        there = listed(clients[name], name)
        assert follower.rows == there, f"{name}: {differing(follower.rows, there)}"
        again = Follower(clients[name]).catch_up(200)
        assert again.rows == there, f"{name}, from the start: {differing(again.rows, there)}"
        done[f"read by {name}"] = len(follower.events)
        done[f"rows of {name}"] = len(there)
    sys.stdout.write(f"{dict(sorted(done.items()))}\n")


def differing(one, other):
    """Return the keys under which two tables differ."""
    return sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))[:9]


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2])
