"""Requests to other machines: the one way out, with its rules.

TLS, no redirects, no proxy from the environment, one total deadline, a cap on what comes back, and
no way to this machine or its private network unless the operator opened it. A name is resolved
once and the connection goes to the very address that was looked at.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpcore2
import httpx2

InvalidAddress = httpx2.InvalidURL
"""No address at all, or one written so that readers disagree about it."""

LARGEST_REPLY = 1024 * 1024
PUBLIC_PORTS = frozenset({443, 8443})
CONNECT_WITHIN = 10.0
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class OutboundRefused(Exception):
    """Our own rules forbid this address, or the reply that came from it (``is_about_reply``).
    ``reason`` is for the operator."""

    def __init__(self, reason: str, *, is_about_reply: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_about_reply = is_about_reply


@dataclass(frozen=True)
class Deadline:
    """A moment on the monotonic clock by which everything has to be over."""

    at: float

    @classmethod
    def within(cls, seconds: float) -> Deadline:
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds, never less than 0."""
        return max(0.0, self.at - time.monotonic())

    def shortened(self, wished: float | None) -> float:
        """A wait that ends with the deadline. Raises ReadTimeout when it is over."""
        left = self.left
        if left <= 0:
            raise httpcore2.ReadTimeout("The total deadline is over.")
        return left if wished is None else min(wished, left)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """``is_trusted``: the operator wrote the address, so it may be private, on any port.
    ``private_hosts`` are names that the operator lets everyone use."""

    is_trusted: bool = False
    private_hosts: frozenset[str] = frozenset()

    def opens(self, host: str) -> bool:
        return self.is_trusted or host.lower() in self.private_hosts


def client(*, rules: Rules, deadline: Deadline) -> httpx2.Client:
    """A client for one exchange. It speaks to nobody that the rules don't allow."""
    return httpx2.Client(
        transport=_Transport(rules, deadline),
        follow_redirects=False,
        trust_env=False,
        timeout=httpx2.Timeout(deadline.left, connect=min(CONNECT_WITHIN, deadline.left)),
        headers={"Accept-Encoding": "identity"},
    )


@cache
def _trust() -> ssl.SSLContext:
    """Whom we believe; reading it takes longer than many a request."""
    return httpx2.create_ssl_context()


class _Transport(httpx2.BaseTransport):
    """Hands a request to a connection of our own making and reads the reply whole, capped."""

    def __init__(self, rules: Rules, deadline: Deadline) -> None:
        self._rules = rules
        self._backend = _Backend(rules, deadline)
        self._pool = httpcore2.ConnectionPool(ssl_context=_trust(), network_backend=self._backend)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        self._backend.is_plain = url.scheme == "http"
        sent = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.read(),
            extensions=request.extensions,
        )
        try:
            reply = self._pool.handle_request(sent)
            body = _read(reply)
        except httpcore2.TimeoutException as fault:
            raise httpx2.ReadTimeout(str(fault), request=request) from fault
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as fault:
            raise httpx2.ConnectError(str(fault), request=request) from fault
        return httpx2.Response(status_code=reply.status, headers=reply.headers, content=body)

    def close(self) -> None:
        self._pool.close()


def _read(reply: httpcore2.Response) -> bytes:
    """The whole body, or OutboundRefused: too long, or packed though we asked for it as it is."""
    try:
        if _is_packed(reply):
            says = "The reply came compressed, which we didn't ask for."
            raise OutboundRefused(says, is_about_reply=True)
        parts, size = [], 0
        for part in reply.iter_stream():
            size += len(part)
            if size > LARGEST_REPLY:
                raise OutboundRefused("The reply is longer than 1 MiB.", is_about_reply=True)
            parts.append(part)
        return b"".join(parts)
    finally:
        reply.close()


def _is_packed(reply: httpcore2.Response) -> bool:
    return any(
        name.lower() == b"content-encoding" and value.lower() not in (b"", b"identity")
        for name, value in reply.headers
    )


@dataclass
class _Backend(httpcore2.NetworkBackend):
    """Connects to addresses that were looked at, and times everything by one deadline."""

    rules: Rules
    deadline: Deadline
    is_plain: bool = False
    _inner: httpcore2.SyncBackend = field(default_factory=httpcore2.SyncBackend)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        address = allowed_address(
            host, port, rules=self.rules, deadline=self.deadline, is_plain=self.is_plain
        )
        stream = self._inner.connect_tcp(
            address,
            port,
            timeout=self.deadline.shortened(timeout),
            local_address=local_address,
            socket_options=socket_options,
        )
        return _Timed(stream, self.deadline)


@dataclass
class _Timed(httpcore2.NetworkStream):
    """A stream whose every wait ends with the deadline: one byte now and then doesn't help."""

    inner: httpcore2.NetworkStream
    deadline: Deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.deadline.shortened(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.deadline.shortened(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        wait = self.deadline.shortened(timeout)
        return _Timed(self.inner.start_tls(ssl_context, server_hostname, wait), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


def allowed_address(
    host: str, port: int, *, rules: Rules, deadline: Deadline, is_plain: bool
) -> str:
    """The address to connect to. Raises OutboundRefused, or httpcore2.ConnectError for no such
    name. Unencrypted requests go to private addresses only: a key must not cross the internet."""
    addresses = _resolved(host, port, deadline)
    public = [address for address in addresses if is_public(address)]
    if rules.opens(host):
        if is_plain and public:
            raise OutboundRefused("The address is public, so it has to begin with https://.")
        return addresses[0]
    if len(public) != len(addresses):
        raise OutboundRefused("The address is on a private network, which isn't opened for this.")
    if is_plain:
        raise OutboundRefused("The address has to begin with https://.")
    if port not in PUBLIC_PORTS:
        raise OutboundRefused("The address names a port other than 443 or 8443.")
    return public[0]


def is_public(address: str) -> bool:
    """Whether an address is on the internet, seen through the forms that hide another one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return ip.is_global and not ip.is_multicast


def _resolved(host: str, port: int, deadline: Deadline) -> list[str]:
    """Every address of a name. The resolver knows no time limit, so it runs beside us."""
    found: list[str] = []

    def look() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            return
        found.extend(dict.fromkeys(str(row[4][0]) for row in rows))

    resolver = threading.Thread(target=look, name="resolver", daemon=True)
    resolver.start()
    resolver.join(min(CONNECT_WITHIN, deadline.left))
    if not found:
        raise httpcore2.ConnectError(f"The name {host} leads nowhere.")
    return list(found)
