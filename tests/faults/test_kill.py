"""Every part is killed in turn while work streams in: nothing is lost, nothing counts twice."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest

from tests.faults.site import PARTS, Site, running_site
from tests.operations.watching import comes_true

LEARNERS = 12
WORK = 120
KILLS_OF_EACH_PART = 3
SEED = 20261123

RIGHT = "def ticket_price(age):\n    return 0\n"


@pytest.mark.faults
@pytest.mark.timeout(420)
def test_killing_every_part_loses_nothing_and_grades_nothing_twice(tmp_path: Path) -> None:
    with running_site(
        tmp_path,
        SUBMISSIONS_UNFINISHED="1000",
        SUBMISSIONS_AN_HOUR="1000",
        SUBMISSIONS_A_DAY="1000",
    ) as site:
        keys = site.learners(LEARNERS)
        exercise = site.exercise(keys[0], "ticket-price")
        stream = Stream(site, keys, exercise)
        kills = stream.run_beside(lambda: _kill_each_part(site))
        drained = comes_true(lambda: site.count()["unfinished"] == 0, within=90)
        counted = site.count()

    print(f"\nkills: {kills}; accepted {len(stream.accepted)}; {counted}")  # noqa: T201
    assert drained, counted
    assert all(kills[part] >= KILLS_OF_EACH_PART for part in PARTS), kills
    assert len(stream.accepted) == WORK
    assert set(counted["ids"]) == stream.accepted
    assert counted["states"] == {"graded": WORK}
    assert counted["results"] == {"1": WORK}
    assert counted["runs"] == {"done": WORK}
    assert counted["drift"] == 0


def _kill_each_part(site: Site) -> dict[str, int]:
    """Kill −9 every process of a part, part after part, at random moments."""
    chance = random.Random(SEED)
    kills = dict.fromkeys(PARTS, 0)
    for part in [part for _ in range(KILLS_OF_EACH_PART) for part in PARTS]:
        time.sleep(chance.uniform(0.3, 1.2))
        comes_true(lambda part=part: bool(site.pids(part)), within=30)  # type: ignore[misc]
        killed = [pid for pid in site.pids(part) if _kill(pid)]
        kills[part] += bool(killed)
    return kills


def _kill(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


class Stream:
    """Learners who hand in at once and repeat each request until it is taken."""

    def __init__(self, site: Site, keys: list[str], exercise: str) -> None:
        self.site, self.keys, self.exercise = site, keys, exercise
        self.accepted: set[str] = set()
        self._todo = iter(range(WORK))
        self._lock = threading.Lock()

    def run_beside(self, chaos):  # type: ignore[no-untyped-def]
        """Stream the work while the chaos goes on; answers what the chaos says."""
        threads = [threading.Thread(target=self._hand_in_all) for _ in range(3)]
        for thread in threads:
            thread.start()
        found = chaos()
        for thread in threads:
            thread.join(180)
            assert not thread.is_alive()
        return found

    def _hand_in_all(self) -> None:
        while (number := self._next()) is not None:
            self._hand_in(number)
            time.sleep(0.25)

    def _next(self) -> int | None:
        with self._lock:
            return next(self._todo, None)

    def _hand_in(self, number: int) -> None:
        key = self.keys[number % len(self.keys)]
        body = {"exercise": self.exercise, "files": {"solution.py": f"# {number}\n{RIGHT}"}}
        idempotency = str(uuid4())
        for _ in range(300):
            try:
                status, found = self.site.call(
                    "/api/v1/submissions/", key, body=body, idempotency=idempotency
                )
            except OSError:
                status, found = 0, None
            if status == 202:
                self.accepted.add(found["id"])
                return
            time.sleep(0.2)
        raise TimeoutError(f"submission {number} was never taken: {status} {found!r}")
