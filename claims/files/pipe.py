"""A file that is sent while it is written, for writers that want a file."""

import io
from typing import Any


class Pipe(io.RawIOBase):
    """A file that is taken away piece by piece while it is written."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.written

    def write(self, data: Any) -> int:
        self.pieces.append(bytes(data))
        self.written += len(self.pieces[-1])
        return len(self.pieces[-1])

    def drained(self) -> bytes:
        """Take away what was written since the last time."""
        piece = b"".join(self.pieces)
        self.pieces.clear()
        return piece
