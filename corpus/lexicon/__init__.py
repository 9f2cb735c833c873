"""Word lists as TOML files beside this module, and the one function that loads them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """Return the parsed `<name>.toml` of this package; the same object every time."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
