"""The kinds of arrays that the light reader works on, and their product on one thread."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

BLOCK = 16


def product(rows: Floats, weights: Floats) -> Floats:
    """Return `rows @ weights`, made a few rows at a time.

    So the matrix library starts no threads, which on small matrices and busy cores cost ten times
    the work, and a row gives the same whatever stands beside it.
    """
    whole = len(rows) - len(rows) % BLOCK
    made: Floats = np.empty((len(rows), weights.shape[1]), np.float32)
    blocks = made[:whole].reshape(-1, BLOCK, weights.shape[1])
    np.matmul(rows[:whole].reshape(-1, BLOCK, rows.shape[1]), weights, out=blocks)
    np.matmul(rows[whole:], weights, out=made[whole:])
    return made
