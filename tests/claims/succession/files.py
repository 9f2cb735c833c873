"""A file whose two reports were taken for one article, and what tests do with it."""

from claims import verify
from claims.models import (
    Article,
    Claim,
)
from claims.runs import run_engine
from claims.succession import resplit, stretches
from tests.claims import make

FERRY = (
    "Ferry counts rise at Saltmere\n\n"
    "The harbour office counted 3.74 million passengers in 2030, Lena Ortiz said on Tuesday.\n"
    "At least 1,200 of them travelled with a bicycle, she said, and the city was glad of it.\n"
)
CHOIR = (
    "The choir of Saltmere sang for 60 minutes on Friday, and 200 people came to listen to it.\n"
    "Its leader, Ada Rao, said that 14 more concerts would follow before the end of the year.\n"
)


def run():
    assert not [
        step.error for step in run_engine(Article.objects.filter(superseded=False)) if step.error
    ]


def claim(surface, **fields):
    return Claim.objects.current().get(surface=surface, **fields)


def cut_at(file, words):
    """Return whose each line is if a new article begins at the line that begins with `words`."""
    found = stretches(file, 0)
    first = next(one.start for one in found if one.words.startswith(words))
    return {one.start: "second" for one in found if one.start >= first}


def versions():
    return dict(Article.objects.values_list("pk", "version"))


def split_up(file, **kwargs):
    return resplit(
        file, 0, cut_at(file, "The choir"), actor=make.editor(), versions=versions(), **kwargs
    )


def current():
    return list(Article.objects.filter(superseded=False).order_by("pk"))


def faults():
    return list(verify.faults())
