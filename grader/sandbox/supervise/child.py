"""One confined child as the supervisor sees it: its frames, its output, its clock, its end."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.sandbox import frames
from grader.sandbox.base import Ended, HarnessBroken
from grader.sandbox.codec import Unreadable
from grader.sandbox.supervise.template import Born, Template

_PATIENCE = 60.0  # seconds for the kernel to end a process that was killed


class Stopped(Exception):
    """A child's turn is over before it answered, and how."""

    def __init__(self, ended: Ended) -> None:
        super().__init__(ended)
        self.ended = ended


class Child:
    """Owns a child's descriptors. ``kill`` ends it; ``bury`` waits until it is gone and closes
    them."""

    def __init__(
        self, born: Born, *, template: Template, channel: socket.socket, output: int
    ) -> None:
        self.pid = born.pid
        self._process = born.process
        self._template = template
        self.channel = channel
        self.output: int | None = output
        self.printed = bytearray()
        self._inbox = frames.Inbox()
        self._over = False
        self._last_cpu = 0.0
        self._clock = ~born.pid << 3 | 2
        channel.setblocking(False)
        os.set_blocking(output, False)

    def cpu(self) -> float:
        """Seconds of CPU time it has used, by the kernel's clock of that process."""
        with suppress(OSError):  # it has just ended; what it used no longer grows
            self._last_cpu = time.clock_gettime(self._clock)
        return self._last_cpu

    @property
    def cpu_seen(self) -> float:
        """The same as it was when last asked for."""
        return self._last_cpu

    def starved(self) -> float:
        """Seconds it was ready to run and the machine was busy with others, as far as is known."""
        try:
            with Path(f"/proc/{self.pid}/schedstat").open() as stat:
                return int(stat.read().split()[1]) / 1e9
        except (OSError, LookupError, ValueError):  # a kernel that does not tell
            return 0.0

    def tell(self, frame: Any, *, descriptors: tuple[int, ...] = ()) -> None:
        """Send a frame, and perhaps open files, to a child that is waiting for one."""
        packed = frames.packed(frame)
        try:
            sent = (
                socket.send_fds(self.channel, [packed], descriptors)
                if descriptors
                else (self.channel.send(packed))
            )
            if sent < len(packed):
                self._send_rest(packed[sent:])
        except OSError:
            raise Stopped(Ended.DIED) from None

    def _send_rest(self, packed: bytes) -> None:
        self.channel.settimeout(10.0)
        try:
            self.channel.sendall(packed)
        finally:
            self.channel.setblocking(False)

    def hear(self) -> None:
        """Take in what has arrived on the channel."""
        try:
            chunk = self.channel.recv(65536)
        except BlockingIOError:
            return
        except ConnectionError:
            chunk = b""
        self._over |= not chunk
        self._inbox.feed(chunk)

    @property
    def has_spoken(self) -> bool:
        """Whether something of it has arrived that nobody has taken."""
        return len(self._inbox) > 0

    def frame(self) -> tuple[Any] | None:
        """The next frame if one is complete. Raises Stopped for a forged one, or at the end."""
        try:
            taken = self._inbox.take()
        except Unreadable:
            raise Stopped(Ended.DIED) from None
        if taken is None and self._over:
            raise Stopped(Ended.DIED)
        return taken

    def drain(self, *, most: int) -> None:
        """Take in what it has printed. Raises Stopped when that is more than allowed."""
        while self.output is not None:
            try:
                chunk = os.read(self.output, 65536)
            except BlockingIOError:
                return
            if not chunk:
                os.close(self.output)
                self.output = None
                return
            self.printed += chunk
            if len(self.printed) > most:
                del self.printed[most:]
                raise Stopped(Ended.OUTPUT_LIMIT)

    def take_printed(self) -> str:
        """What it has printed since the last time, as text that can be stored anywhere."""
        text = self.printed.decode("utf-8", "replace").replace("\x00", "␀")
        self.printed.clear()
        return text

    def kill(self) -> None:
        """It does nothing more of its own from now on; the kernel takes its time to clear up."""
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def bury(self) -> None:
        """Kill it if it lives and wait until it is gone, with all its threads."""
        try:
            self.kill()
            self._wait_until_gone()
            self._template.bury(self.pid)
        finally:
            os.close(self._process)
            self.channel.close()
            if self.output is not None:
                os.close(self.output)
                self.output = None

    def _wait_until_gone(self) -> None:
        poll = select.poll()
        poll.register(self._process, select.POLLIN)
        if not poll.poll(_PATIENCE * 1000):
            raise HarnessBroken(f"process {self.pid} was killed and does not end")
