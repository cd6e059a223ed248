"""Children that wait, confined and ready, for the next program.

A child is ordered from its template and costs nothing until it is taken: it is born, builds its
walls and says so while we do something else.
"""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from grader.sandbox.base import HarnessBroken
from grader.sandbox.supervise.child import Child
from grader.sandbox.supervise.template import Template

Use = Literal["calls", "script", "tests"]


@dataclass(frozen=True, kw_only=True)
class _Ordered:
    """Our ends of what a child that was ordered will speak and print into."""

    channel: socket.socket
    output: int

    def close(self) -> None:
        self.channel.close()
        os.close(self.output)


class Spares:
    """The children of one template that wait. All stand behind the same walls."""

    def __init__(self, template: Template, *, folder: str) -> None:
        self._template = template
        self._folder = folder
        self.use: Use = "calls"
        """What the next ones will probably be for, as the last one was: they rehearse that."""
        self._walls: Mapping[str, Any] = {}
        self._waiting: deque[_Ordered] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self, walls: Mapping[str, Any]) -> Child:
        """A child behind these walls: one that waited, or a new one."""
        self.provide(walls, count=1)
        return self._handed_over(self._waiting.popleft())

    def provide(self, walls: Mapping[str, Any], *, count: int) -> None:
        """See that so many wait behind these walls; those behind others are let go."""
        if walls != self._walls:
            self._let_go()
            self._walls = walls
        while len(self._waiting) < count:
            self._waiting.append(self._order())

    def forget(self) -> None:
        """Close what was ordered: the template is about to end, and its children with it."""
        while self._waiting:
            self._waiting.popleft().close()

    def _let_go(self) -> None:
        while self._waiting:
            with suppress(HarnessBroken):
                self._handed_over(self._waiting.popleft()).bury()

    def _order(self) -> _Ordered:
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        ordered = _Ordered(channel=ours, output=reading)
        order = {
            "streams": ["speak", "out"],
            "folder": self._folder,
            "walls": self._walls,
            "use": self.use,
        }
        try:
            self._template.order(order, (theirs.fileno(), writing))
        except HarnessBroken:
            ordered.close()
            raise
        finally:
            theirs.close()
            os.close(writing)
        return ordered

    def _handed_over(self, ordered: _Ordered) -> Child:
        try:
            born = self._template.born()
        except HarnessBroken:
            ordered.close()
            raise
        return Child(born, template=self._template, channel=ordered.channel, output=ordered.output)
