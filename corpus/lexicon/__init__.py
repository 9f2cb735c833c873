"""Word lists: TOML files beside this one, loaded once and checked when they are loaded."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


class LexiconError(ValueError):
    """A word list is missing, malformed or says the same thing twice; names the file and entry."""


@cache
def load(name: str) -> dict[str, Any]:
    """Return the tables of `<name>.toml` in this package.

    Raises:
        LexiconError: if there is no such list, or it is not TOML.
    """
    source = files(__package__).joinpath(f"{name}.toml")
    if not source.is_file():
        raise LexiconError(f"no word list called {name!r}")
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{name}.toml: {error}") from error


@cache
def words(name: str, table: str) -> tuple[str, ...]:
    """Return the list of strings called `table` in `<name>.toml`.

    Raises:
        LexiconError: if it is no list of strings, holds an empty one, or holds one twice.
    """
    return check_words(load(name).get(table), f"{name}.toml: {table}")


@cache
def folded(name: str, table: str) -> frozenset[str]:
    """Return the same list as a set of lower-case words."""
    return frozenset(word.lower() for word in words(name, table))


@cache
def mapping(name: str, table: str) -> dict[str, str]:
    """Return the table `table` of lists as a mapping from each word to the list it stands in.

    Raises:
        LexiconError: if a word stands in two lists.
    """
    lists = load(name).get(table)
    if not isinstance(lists, dict):
        raise LexiconError(f"{name}.toml: {table} is not a table of lists")
    found: dict[str, str] = {}
    for key, entries in lists.items():
        for word in check_words(entries, f"{name}.toml: {table}.{key}"):
            if word in found:
                raise LexiconError(f"{name}.toml: {word!r} is both {found[word]} and {key}")
            found[word] = key
    return found


def check_words(entries: object, where: str) -> tuple[str, ...]:
    """Return `entries` as a tuple of strings; `where` is named in errors.

    Raises:
        LexiconError: if it is no list of strings, holds an empty one, or holds one twice.
    """
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise LexiconError(f"{where} is not a list of words")
    if any(not entry.strip() or entry != entry.strip() for entry in entries):
        raise LexiconError(f"{where} holds an empty or padded word")
    if len(set(entries)) != len(entries):
        twice = sorted({entry for entry in entries if entries.count(entry) > 1})
        raise LexiconError(f"{where} holds {', '.join(twice)} twice")
    return tuple(entries)
