"""Frames between our processes: a length, then JSON. Capped both ways."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

from grader.sandbox.codec.caps import MAX_FRAME, Unencodable, Unreadable

Frame = Any

_LENGTH = struct.Struct("<I")
_WRITE = json.JSONEncoder(separators=(",", ":")).encode
_READ = json.JSONDecoder().decode


def packed(frame: Frame, *, limit: int = MAX_FRAME) -> bytes:
    """The bytes of a frame. Raises Unencodable if they are more than the limit."""
    text = _WRITE(frame).encode("ascii")
    if len(text) > limit:
        raise Unencodable("a frame that is too large")
    return _LENGTH.pack(len(text)) + text


def unpacked(text: bytes) -> Frame:
    """The frame in these bytes. Raises Unreadable for anything but JSON in ASCII."""
    try:
        return _READ(str(text, "ascii"))
    except (ValueError, RecursionError) as problem:
        raise Unreadable(str(problem)[:80]) from None


def send(channel: socket.socket, frame: Frame, *, limit: int = MAX_FRAME) -> None:
    channel.sendall(packed(frame, limit=limit))


def receive(channel: socket.socket, *, limit: int = MAX_FRAME) -> Frame | None:
    """The next frame, None at the end of the stream. For a blocking socket."""
    length = _exactly(channel, _LENGTH.size)
    return None if length is None else _body(channel, length, limit=limit)


def receive_with(
    channel: socket.socket, *, most: int = 1, limit: int = MAX_FRAME
) -> tuple[Frame | None, list[int]]:
    """The next frame and up to so many open files that came with it."""
    length, descriptors, _, _ = socket.recv_fds(channel, _LENGTH.size, most)
    rest = _exactly(channel, _LENGTH.size - len(length)) if len(length) < _LENGTH.size else b""
    if not length or rest is None:
        return None, descriptors
    return _body(channel, length + rest, limit=limit), descriptors


def _body(channel: socket.socket, length: bytes, *, limit: int) -> Frame | None:
    size = _LENGTH.unpack(length)[0]
    if size > limit:
        raise Unreadable("a frame that is too large")
    text = _exactly(channel, size)
    return None if text is None else unpacked(text)


def _exactly(channel: socket.socket, count: int) -> bytes | None:
    received = channel.recv(count)
    if len(received) == count:
        return received
    return _rest(channel, bytearray(received), count) if received else None


def _rest(channel: socket.socket, received: bytearray, count: int) -> bytes | None:
    while len(received) < count:
        chunk = channel.recv(count - len(received))
        if not chunk:
            return None
        received += chunk
    return bytes(received)


class Inbox:
    """Bytes as they arrive, frames as they are complete. For a socket that never blocks."""

    def __init__(self, *, limit: int = MAX_FRAME) -> None:
        self._received = bytearray()
        self._limit = limit

    def __len__(self) -> int:
        """Bytes that have arrived and weren't taken."""
        return len(self._received)

    def feed(self, chunk: bytes) -> None:
        self._received += chunk

    def take(self) -> tuple[Frame] | None:
        """The next complete frame in a tuple (a frame may be None), or None."""
        if len(self._received) < _LENGTH.size:
            return None
        size = _LENGTH.unpack_from(self._received)[0]
        if size > self._limit:
            raise Unreadable("a frame that is too large")
        end = _LENGTH.size + size
        if len(self._received) < end:
            return None
        text = bytes(self._received[_LENGTH.size : end])
        del self._received[:end]
        return (unpacked(text),)
