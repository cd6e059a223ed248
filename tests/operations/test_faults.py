"""Parts are killed in turn while work streams in: nothing is lost, nothing is graded twice."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

from tests.operations import running
from tests.operations.watching import comes_true, descendants

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]

MAKE_LEARNERS = """
import json
from countersign.accounts.services import make_api_token
from tests import cast
people = cast.gather()
tokens = [make_api_token(user=user, name="faults") for user in (people.ada, people.zoe)]
print(json.dumps({"exercise": str(people.version.exercise_id), "tokens": tokens}))
"""
COUNT = """
import json
from django.db.models import Count
from countersign.grading.models import Result, Run
from countersign.submissions.models import Submission
states = Submission.objects.unscoped().values_list("id", "state")
twice = Result.objects.unscoped().values("submission").annotate(n=Count("pk")).filter(n__gt=1)
print(json.dumps({
    "states": {str(pk): state for pk, state in states},
    "twice": twice.count(),
    "results": Result.objects.unscoped().count(),
    "wrong": Result.objects.unscoped().exclude(status="passed").count(),
    "claims": sum(Run.objects.unscoped().values_list("claims", flat=True)),
}))
"""
WANTED = 150
KILLS = ["grading", "broker", "web", "dispatcher", "grading", "web child", "default"] * 2
DRAINED_WITHIN = 60.0


@dataclass
class Client:
    """Hands work in and repeats each request, with its key, until it is taken."""

    url: str
    token: str
    exercise: str
    taken: set[str] = field(default_factory=set)
    refusals: set[int] = field(default_factory=set)

    def hand_in(self, number: int) -> None:
        code = f"# {number}\ndef price(age):\n    return 5 if age <= 12 else 9\n"
        body = json.dumps({"exercise": self.exercise, "files": {"solution.py": code}})
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid4()),
        }
        while (pk := self._post(body.encode(), headers)) is None:
            time.sleep(0.2)
        self.taken.add(pk)

    def _post(self, body: bytes, headers: dict[str, str]) -> str | None:
        address = f"{self.url}/api/v1/submissions/"
        request = urllib.request.Request(address, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return str(json.load(answer)["id"])
        except urllib.error.HTTPError as refusal:
            self.refusals.add(refusal.code)
            return None
        except (OSError, ValueError, http.client.HTTPException):
            return None  # cut off before or in the middle of the answer


def test_kill_9_of_every_part_in_turn_loses_nothing_and_grades_nothing_twice(
    tmp_path: Path,
) -> None:
    site = running.start(
        tmp_path,
        SUBMISSIONS_UNFINISHED="100000",
        SUBMISSIONS_AN_HOUR="100000",
        SUBMISSIONS_A_DAY="100000",
    )
    try:
        site.wait_until_up()
        made = site.ask(MAKE_LEARNERS)
        clients = [Client(site.url, token, made["exercise"]) for token in made["tokens"]]
        threads = [threading.Thread(target=_stream, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        killed = [_kill(site, name) for name in KILLS]
        for thread in threads:
            thread.join()
        taken = set().union(*(client.taken for client in clients))
        drained = comes_true(lambda: _is_drained(site), within=DRAINED_WITHIN)
        count = site.ask(COUNT)
    finally:
        left = descendants(site.process.pid)
        site.end(signal.SIGKILL)

    assert len(taken) == WANTED
    assert set().union(*(client.refusals for client in clients)) <= {500, 502, 503}
    assert taken <= set(count["states"]), "accepted, and not there"
    assert drained, count
    assert set(count["states"].values()) == {"graded"}
    assert (count["results"], count["twice"], count["wrong"]) == (WANTED, 0, 0)
    assert comes_true(lambda: running.all_gone(left))
    assert all(killed), list(zip(KILLS, killed, strict=True))


def _stream(client: Client) -> None:
    for number in range(WANTED // 2):
        client.hand_in(number)
        time.sleep(0.15)


def _kill(site: running.Site, name: str) -> bool:
    """Kill a part, or one of its children, once it is there. False when it never came."""
    part, _, child = name.partition(" ")
    if not comes_true(lambda: len(site.part(part)) > (1 if child else 0), within=90):
        return False
    os.kill(site.part(part)[1 if child else 0], signal.SIGKILL)
    time.sleep(1.5)
    return True


def _is_drained(site: running.Site) -> bool:
    return set(site.ask(COUNT)["states"].values()) <= {"graded", "platform_error"}
