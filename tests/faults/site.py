"""A whole site of its own folder and port, and programs that talk to it from outside."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.operations.watching import comes_true, descendants

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "web": "gunicorn",
    "worker": "-Q grading",
    "dispatcher": "manage.py dispatcher",
    "broker": "valkey-server",
}
"""Words in the command line of each part's processes."""

MAKE_LEARNERS = """
import json, sys
from django.core.management import call_command
from countersign.accounts.models import User
from countersign.accounts.services import make_api_token
from countersign.cohorts.services import open_place
learners = [User.objects.create_user(f"l{n}@example.org", name=f"L{n}") for n in range(%d)]
for learner in learners:
    open_place(learner)
print(json.dumps([make_api_token(user=learner, name="load") for learner in learners]))
"""

COUNT = """
import json
from collections import Counter
from django.db.models import Count
from countersign.cohorts.models import Enrolment
from countersign.grading.models import Result, Run
from countersign.learning.services import differences
from countersign.submissions.models import Submission
rows = Submission.objects.unscoped()
print(json.dumps({
    "states": dict(Counter(rows.values_list("state", flat=True))),
    "ids": [str(pk) for pk in rows.values_list("pk", flat=True)],
    "results": dict(Counter(
        rows.annotate(many=Count("results")).values_list("many", flat=True)
    )),
    "unfinished": Run.objects.unscoped().filter(state__in=["queued", "running"]).count(),
    "runs": dict(Counter(Run.objects.unscoped().values_list("state", flat=True))),
    "claims": sum(Run.objects.unscoped().values_list("claims", flat=True)),
    "drift": sum(differences(place) for place in Enrolment.objects.unscoped()),
}))
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True)
class Site:
    """A running `manage.py up`."""

    process: subprocess.Popen[bytes]
    address: str
    environment: Mapping[str, str]
    log: Path

    def pids(self, part: str) -> set[int]:
        """The living processes of a part, its children included."""
        words = PARTS[part]
        return {pid for pid in descendants(self.process.pid) if words in _command(pid)}

    def ask(self, script: str) -> Any:
        """Run a script inside the site's Django and read the JSON it prints last."""
        found = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert found.returncode == 0, found.stderr
        return json.loads(found.stdout.strip().splitlines()[-1])

    def learners(self, many: int) -> list[str]:
        """Keys of fresh learners with a place in the open cohort."""
        keys: list[str] = self.ask(MAKE_LEARNERS % many)
        return keys

    def count(self) -> dict[str, Any]:
        counted: dict[str, Any] = self.ask(COUNT)
        return counted

    def call(
        self, path: str, key: str, *, body: Mapping[str, Any] | None = None, idempotency: str = ""
    ) -> tuple[int, Any]:
        """One request with a person's key. Raises OSError when the site doesn't answer."""
        request = urllib.request.Request(
            path if path.startswith("http") else self.address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
                "Idempotency-Key": idempotency or str(uuid4()),
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read()

    def exercise(self, key: str, slug: str) -> str:
        """The id of an exercise of the first course, by its folder's name."""
        _, courses = self.call("/api/v1/courses/", key)
        _, outline = self.call(f"/api/v1/courses/{courses['results'][0]['slug']}/", key)
        for module in outline["modules"]:
            for lesson in module["lessons"]:
                for exercise in lesson["exercises"]:
                    if exercise["slug"] == slug:
                        found: str = exercise["id"]
                        return found
        raise LookupError(slug)


def _command(pid: int) -> str:
    try:
        return (
            Path(f"/proc/{pid}/cmdline")
            .read_bytes()
            .replace(b"\0", b" ")
            .decode("utf-8", "replace")
        )
    except OSError:
        return ""


@contextmanager
def running_site(folder: Path, **settings: str) -> Iterator[Site]:
    """Start `manage.py up` in a folder of its own; stop it and see that nothing is left."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "BROKER_URL", "SECRET_KEY", "DEBUG", "TEST_SERVICES"}
    }
    environment |= {"COUNTERSIGN_VAR": str(folder), "BOOTSTRAP": "off", **settings}
    log = folder / "up.log"
    with log.open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--no-demo", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    environment |= {"SECRET_KEY": "of-the-tests-" + "x" * 40}
    site = Site(process, f"http://127.0.0.1:{port}", environment, log)
    try:
        ready = comes_true(lambda: b"is ready at" in log.read_bytes(), within=90)
        assert ready, log.read_text()
        yield site
    finally:
        children = descendants(process.pid)
        process.terminate()
        process.wait(30)
        gone = comes_true(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))
        assert gone, [_command(pid) for pid in children]


def wait_for_final(site: Site, key: str, url: str, *, within: float = 60) -> dict[str, Any]:
    """The status of a submission once it is final."""
    deadline = time.monotonic() + within
    path = re.sub(r"^https?://[^/]+", "", url)
    while time.monotonic() < deadline:
        status, body = site.call(path, key)
        if status == 200 and body["final"]:
            found: dict[str, Any] = body
            return found
        time.sleep(0.2)
    raise TimeoutError(f"{url} was not final within {within} s: {body}")
