"""Keeps the parts of a running site alive: by their exits, and by whether work goes on.

A worker can be alive and do nothing (its connection to the broker is lost for good, its children
could not start). So it is also started anew when something has waited for a while and nothing was
claimed meanwhile.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from countersign.operations import processes

SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
SETTLED_AFTER = 30.0  # a part that ran this long starts again at once
PATIENCE, LONGEST_PATIENCE = 45.0, 300.0  # a worker is not judged while it starts
ROUND = 0.5
LOOK_EVERY = 2.0
STOPS_WITHIN, RESTARTS_WITHIN = 8.0, 4.0
LEFT_WITHIN = 3.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, kw_only=True)
class Part:
    """A process to keep alive. ``does_work``: it is started anew when work stands still."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    log: Path | None = None
    does_work: bool = False


@dataclass
class Kept:
    """A part and its present process."""

    part: Part
    process: processes.Process
    since: float
    pause: float = SHORTEST_PAUSE
    again_at: float | None = None

    @property
    def lives(self) -> bool:
        return self.process.poll() is None


@dataclass
class Supervisor:
    """``stands_still`` answers whether work waits that nobody takes; ``say`` tells the operator."""

    stands_still: Callable[[], bool]
    say: Callable[[str], None]
    drain: float = STOPS_WITHIN
    kept: list[Kept] = field(default_factory=list)
    patience: float = PATIENCE
    _looked: float = 0.0

    @contextmanager
    def stopped_at_the_end(self) -> Iterator[None]:
        """Ctrl-C, SIGTERM and a closed terminal end the block quietly; its parts end with it.

        For a process that lives for nothing else: at the end every child of it is ended.
        """
        for name in SIGNALS:
            if signal.getsignal(name) is not signal.SIG_IGN or name != signal.SIGHUP:
                signal.signal(name, _interrupt)
        try:
            yield
        except KeyboardInterrupt:
            self.say("stopping")
        finally:
            for name in SIGNALS:
                signal.signal(name, signal.SIG_IGN)
            processes.adopt_orphans()
            self.stop()
            processes.outlive_children(within=LEFT_WITHIN)

    def keep(self, beat: Callable[[], None] = lambda: None) -> NoReturn:
        """Look after the parts for good; ``beat`` after each round in which all of them lived."""
        while True:
            time.sleep(ROUND)
            self.look()
            if all(kept.lives for kept in self.kept):
                beat()

    def add(self, part: Part) -> Kept:
        """Start a part and keep it from now on."""
        kept = Kept(part, _start(part), time.monotonic())
        self.kept.append(kept)
        return kept

    def look(self) -> None:
        """One round: start what ended, and the workers if work stands still."""
        now = time.monotonic()
        for kept in self.kept:
            self._keep(kept, now)
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            self._look_at_work(now)

    def stop(self) -> None:
        """End every part, the newest first, all within ``drain`` seconds."""
        parts = [kept.process for kept in reversed(self.kept)]
        processes.stop(*parts, within=self.drain)
        self.kept.clear()

    def _keep(self, kept: Kept, now: float) -> None:
        if kept.lives:
            return
        if kept.again_at is None:
            self._plan(kept, now)
        elif now >= kept.again_at:
            kept.process, kept.since, kept.again_at = _start(kept.part), now, None

    def _plan(self, kept: Kept, now: float) -> None:
        processes.end_group(kept.process)
        settled = now - kept.since >= SETTLED_AFTER
        kept.pause = SHORTEST_PAUSE if settled else min(2 * kept.pause, LONGEST_PAUSE)
        kept.again_at = now + kept.pause
        where = f" ({kept.part.log})" if kept.part.log else ""
        self.say(
            f"{kept.part.name} ended with {kept.process.returncode}; "
            f"starting it again in {kept.pause:.0f} s{where}"
        )

    def _look_at_work(self, now: float) -> None:
        workers = [kept for kept in self.kept if kept.part.does_work and kept.lives]
        judged = [kept for kept in workers if now - kept.since >= self.patience]
        if not judged:
            return
        if not self.stands_still():
            self.patience = PATIENCE
            return
        # On a machine so busy that starting takes longer than our patience, starting anew again
        # and again would be what keeps the work from going on.
        self.patience = min(2 * self.patience, LONGEST_PATIENCE)
        self.say("Work waits and nobody takes it; starting the workers anew")
        processes.stop(*(kept.process for kept in judged), within=RESTARTS_WITHIN)
        for kept in judged:
            kept.process, kept.since = _start(kept.part), time.monotonic()


def _start(part: Part) -> processes.Process:
    return processes.start(part.command, environment=part.environment, log=part.log)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
