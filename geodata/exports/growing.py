"""A file that is handed on while it is written."""

import io


class GrowingFile(io.RawIOBase):
    """Takes what a writer writes, from front to back, and gives it away in parts."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()
        self._length = 0

    def writable(self) -> bool:
        """Return that it can be written."""
        return True

    def tell(self) -> int:
        """Return how many bytes have been written."""
        return self._length

    def write(self, content: bytes, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Keep the bytes until they are taken."""
        self._waiting += content
        self._length += len(content)
        return len(content)

    def taken(self) -> bytes:
        """Return what has been written since the last time."""
        content = bytes(self._waiting)
        self._waiting.clear()
        return content
