"""A model's server that answers from a script, over real HTTP on this machine.

A script is a list of moves; each request takes the next one, and the last repeats. A move writes
its answer to the handler. Every request is kept, so that a test can look for what must not be
sent. The same script gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USAGE = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}


@dataclass(frozen=True)
class Request:
    """What a client sent: its path, headers and JSON body."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]
    text: str

    @property
    def said(self) -> list[str]:
        return [message["content"] for message in self.body["messages"]]


Move = Callable[["Handler", Request], None]


def completion(content: Any, *, finish: str = "stop", usage: Any = USAGE, **message: Any) -> Any:
    """A reply of the protocol."""
    said = {"role": "assistant", "content": content, **message}
    reply: dict[str, Any] = {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": said, "finish_reason": finish}],
    }
    return reply | ({} if usage is None else {"usage": usage})


def says(content: Any, **options: Any) -> Move:
    """A proper reply."""
    return answers(completion(content, **options))


def says_json(value: Any, **options: Any) -> Move:
    return says(json.dumps(value), **options)


def answers(value: Any, code: int = 200, **headers: str) -> Move:
    """Any JSON value as the body."""
    return sends(json.dumps(value).encode(), code, **headers)


def sends(body: bytes, code: int = 200, kind: str = "application/json", **headers: str) -> Move:
    """Any bytes as the body. ``Retry_After`` is sent as Retry-After."""

    def move(handler: Handler, request: Request) -> None:
        del request
        handler.reply(code, body, kind, {k.replace("_", "-"): v for k, v in headers.items()})

    return move


def refuses(code: int, **headers: str) -> Move:
    """An error of the protocol."""
    return answers({"error": {"message": "scripted", "type": "scripted"}}, code, **headers)


def hangs(handler: Handler, request: Request) -> None:
    """Take the request and never answer."""
    del request
    handler.owner.stopped.wait(60)


def resets(handler: Handler, request: Request) -> None:
    """Cut the connection before any byte."""
    del request
    handler.cut()


def breaks_off(handler: Handler, request: Request) -> None:
    """Promise more than is sent, then cut."""
    del request
    body = json.dumps(completion("x" * 200)).encode()
    handler.head(200, "application/json", {"Content-Length": str(len(body))})
    handler.wfile.write(body[: len(body) // 2])
    handler.cut()


def drips(handler: Handler, request: Request) -> None:
    """A byte now and then, for good: no single wait is long."""
    del request
    handler.head(200, "application/json", {"Content-Length": "100000"})
    for _ in range(3000):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        if handler.owner.stopped.wait(0.02):
            return


def floods(handler: Handler, request: Request) -> None:
    """64 MiB without saying so."""
    del request
    handler.head(200, "application/json", {"Transfer-Encoding": "chunked"})
    block = b"10000\r\n" + b" " * 65536 + b"\r\n"
    for _ in range(1024):
        handler.wfile.write(block)
    handler.wfile.write(b"0\r\n\r\n")


def bomb(handler: Handler, request: Request) -> None:
    """A small archive with 64 MiB inside."""
    del request
    body = gzip.compress(json.dumps(completion("A" * (64 * 1024 * 1024))).encode(), 1)
    handler.reply(200, body, "application/json", {"Content-Encoding": "gzip"})


def streams(*, whole: bool) -> Move:
    """A stream that nobody asked for, to its end or cut before it."""

    def move(handler: Handler, request: Request) -> None:
        del request
        handler.head(200, "text/event-stream", {"Connection": "close"})
        for part in ("a", "b"):
            piece = {"choices": [{"index": 0, "delta": {"content": part}}]}
            handler.wfile.write(b"data: " + json.dumps(piece).encode() + b"\n\n")
        if whole:
            handler.wfile.write(b"data: [DONE]\n\n")
        handler.cut()

    return move


def echoes(handler: Handler, request: Request) -> None:
    """The model repeats all it was told: what it could give away is what it was sent."""
    body = json.dumps(completion("\n".join(request.said))).encode()
    handler.reply(200, body, "application/json", {})


@dataclass
class ModelServer:
    """A running server. ``url`` is its base URL; ``requests`` what came, in order."""

    script: Sequence[Move] = (says("{}"),)
    requests: list[Request] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)
    url: str = ""
    _at: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def plays(self, *script: Move) -> None:
        """Begin this script."""
        with self._lock:
            self.script, self._at = script, 0
            self.requests.clear()

    def next_move(self, request: Request) -> Move:
        with self._lock:
            self.requests.append(request)
            move = self.script[min(self._at, len(self.script) - 1)]
            self._at += 1
            return move


class Handler(BaseHTTPRequestHandler):
    """One connection. ``owner`` is the server whose script is played."""

    protocol_version = "HTTP/1.1"
    owner: ModelServer

    def do_GET(self) -> None:
        body = json.dumps({"object": "list", "data": [{"id": "scripted", "object": "model"}]})
        self.reply(200, body.encode(), "application/json", {})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        text = sent.decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, json.loads(text), text)
        try:
            self.owner.next_move(request)(self, request)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def reply(self, code: int, body: bytes, kind: str, headers: Mapping[str, str]) -> None:
        self.head(code, kind, {"Content-Length": str(len(body)), **headers})
        self.wfile.write(body)

    def head(self, code: int, kind: str, headers: Mapping[str, str]) -> None:
        self.send_response(code)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def cut(self) -> None:
        self.wfile.flush()
        now = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, now)
        self.connection.close()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def model_server(*script: Move) -> Iterator[ModelServer]:
    """A server on a port of its own while the block runs."""
    owner = ModelServer(script or (says("{}"),))
    handler = type("OwnedHandler", (Handler,), {"owner": owner})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    owner.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield owner
    finally:
        owner.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def free_port() -> int:
    """A port where nobody listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def slowly(move: Move, seconds: float) -> Move:
    """The same answer, later."""

    def late(handler: Handler, request: Request) -> None:
        time.sleep(seconds)
        move(handler, request)

    return late
