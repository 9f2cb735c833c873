"""On Record: rows, editors, readers, programs."""

__version__ = "0.1.0"
