"""The names editors sign with in public: chosen by themselves, each one's own, logged."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims import gate
from claims.history import Batch, record
from claims.models import Byline, Evidence, Note


def choose(user: User, name: str) -> str:
    """Choose the byline of an account, or take it away with an empty name; return it as stored.

    What was approved keeps the byline it was approved under.

    Raises:
        Refused: for what is no line of text, or a name that another editor signs with, or signed
            something with that readers see.
    """
    name = gate.line("byline", name, longest=100)
    try:
        with transaction.atomic():
            _choose(user, name)
    except IntegrityError as problem:  # somebody else chose it at the same moment
        raise gate.Refused("byline: another editor signs with this name") from problem
    return name


def of(user: int) -> str:
    """Return the byline of an account; empty if it has none."""
    return Byline.objects.filter(user=user).values_list("name", flat=True).first() or ""


def _choose(user: User, name: str) -> None:
    User.objects.select_for_update().get(pk=user.pk)
    earlier = of(user.pk)
    if name == earlier:
        return
    if name and _is_anothers(user, name):
        raise gate.Refused("byline: another editor signs with this name")
    if name:
        Byline(user=user, name=name).save()
    else:
        Byline.objects.filter(user=user).delete()
    said = [{"byline": one} for one in (earlier, name)]
    record([Batch.begin("choose byline", user).entry(user, *said)])


def _is_anothers(user: User, name: str) -> bool:
    """Tell whether another editor has the byline, or left it under what readers see."""
    key = Byline.key_of(name)
    if Byline.objects.filter(name_key=key).exclude(user=user).exists():
        return True
    others = [rows.objects.approved().exclude(author=user) for rows in (Evidence, Note)]
    signed = {one for rows in others for one in rows.values_list("byline", flat=True).distinct()}
    return key in map(Byline.key_of, signed)
