"""The whole site on one machine: broker, database, workers, dispatcher and web server."""

from __future__ import annotations

import fcntl
import http.client
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections

from countersign.common import clock
from countersign.grading.services import beats_since
from countersign.operations import demo_signins, embedded, parts, valkey, work
from countersign.operations.supervisor import Part, Supervisor
from grader.sandbox import SandboxUnavailable, open_sandbox

READY_WITHIN = 150.0  # a part that ends is told at once; this is for a machine that is busy
LONG, TOO_LONG = 15.0, 90.0  # how long workers may take to load, in seconds
LOOK_FOR_MODELS_EVERY = 5.0
LARGEST_LOG = 5 * 1024 * 1024
LOGS: Path = settings.VAR / "log"


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What was asked for on the command line."""

    host: str
    port: int
    demo: bool
    insecure: bool

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the site."""
        host = {"0.0.0.0": "localhost", "::": "localhost"}.get(self.host, self.host)  # noqa: S104
        return f"http://{_bracketed(host)}:{self.port}"

    @property
    def bind(self) -> str:
        return f"{_bracketed(self.host)}:{self.port}"


def run(wishes: Wishes) -> None:
    """Bring the site up, keep it up, and take it down on Ctrl-C or SIGTERM."""
    begun = time.monotonic()
    isolation = _isolation(wishes)
    _refuse_busy_port(wishes)
    supervisor = Supervisor(stands_still=work.stands_still, say=say)
    with _only_one(), supervisor.stopped_at_the_end():
        models = _start_everything(supervisor, wishes)
        say(f"\n{settings.BRAND} is ready at {wishes.address} ({time.monotonic() - begun:.1f} s)")
        say(isolation)
        _introduce_people(wishes)
        supervisor.keep(models.look)


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - this is a program for a terminal


def _start_everything(supervisor: Supervisor, wishes: Wishes) -> Models:
    environment = {**os.environ, **_environment(wishes)}
    if "BROKER_URL" not in os.environ:
        environment["BROKER_URL"] = _start_broker(supervisor)
    _fill_database(wishes)
    begun = clock.now()
    for part in _site(environment):
        supervisor.add(part)
    models = Models(supervisor, environment)
    models.look()
    _wait_until_it_answers(supervisor, wishes)
    _wait_for_workers(supervisor, since=begun)
    return models


def _environment(wishes: Wishes) -> dict[str, str]:
    """What the parts are told, unless the operator said otherwise."""
    names = ["localhost", "127.0.0.1", "[::1]", _bracketed(wishes.host), socket.gethostname()]
    unless_said = {
        "ALLOWED_HOSTS": ",".join(names),
        "SITE_URL": wishes.address,
        "WEB_DRAIN_SECONDS": "3",
    }
    told = {name: os.environ.get(name, value) for name, value in unless_said.items()}
    told["WEB_BIND"] = wishes.bind
    if wishes.insecure:
        told["GRADING_INSECURE"] = "true"
    return told


def _start_broker(supervisor: Supervisor) -> str:
    at = valkey.place(settings.VAR / embedded.BROKER)
    try:
        command = valkey.command(at, lasting=True)
        part = Part(name="broker", command=command, environment=os.environ, log=_log("broker"))
        valkey.wait_until_up(at, supervisor.add(part).process)
    except valkey.NoBroker as reason:
        raise CommandError(str(reason)) from reason
    return at.url


def _fill_database(wishes: Wishes) -> None:
    call_command("migrate", verbosity=0)
    call_command("sync_curriculum", verbosity=0)
    if wishes.demo:
        call_command("demo")
    connections.close_all()


def _site(environment: dict[str, str]) -> Iterator[Part]:
    yield parts.web(environment, log=_log("web"))
    yield parts.dispatcher(environment, log=_log("dispatcher"))
    slots = settings.GRADING_SLOTS
    yield from parts.workers(environment, queues=["grading"], slots=slots, log=_log)
    yield from parts.workers(environment, queues=["default"], slots=1, log=_log)


@dataclass
class Models:
    """Starts the workers that hold the model's key, once there is a model to ask: named in the
    environment at the start, or by an organisation later."""

    supervisor: Supervisor
    environment: dict[str, str]
    looked: float = 0.0
    started: bool = False

    def look(self) -> None:
        """Called twice a second; asks the database every few seconds until there is a model."""
        if self.started or time.monotonic() - self.looked < LOOK_FOR_MODELS_EVERY:
            return
        self.looked = time.monotonic()
        if not work.a_model_is_configured():
            return
        self.started = True
        slots = settings.LLM_SLOTS
        for part in parts.workers(self.environment, queues=["llm"], slots=slots, log=_log):
            self.supervisor.add(part)


def _wait_until_it_answers(supervisor: Supervisor, wishes: Wishes) -> None:
    begun, warned = time.monotonic(), False
    while (waited := time.monotonic() - begun) < READY_WITHIN:
        _refuse_the_dead(supervisor)
        if _answers(wishes):
            return
        if waited > LONG and not warned:
            say("This machine is busy: the web server is still loading.")
            warned = True
        time.sleep(0.1)
    raise CommandError(f"The site didn't answer within {READY_WITHIN:.0f} s; see {LOGS}.")


def _wait_for_workers(supervisor: Supervisor, *, since: datetime) -> None:
    """Work that is handed in before a worker has loaded waits for it: say so when that is long."""
    names = {kept.part.name for kept in supervisor.kept if kept.part.does_work}
    begun, warned = time.monotonic(), False
    while missing := names - {name.partition("@")[0] for name in beats_since(since)}:
        _refuse_the_dead(supervisor)
        waited = time.monotonic() - begun
        if waited > TOO_LONG:
            say(f"Not loaded yet: {', '.join(sorted(missing))}. Work handed in now waits for them.")
            return
        if waited > LONG and not warned:
            say(f"This machine is busy: {len(missing)} of {len(names)} workers are still loading.")
            warned = True
        time.sleep(0.1)


def _refuse_the_dead(supervisor: Supervisor) -> None:
    for kept in supervisor.kept:
        if not kept.lives:
            raise CommandError(f"{kept.part.name} didn't start.\n\n{_last_words(kept.part)}")


def _answers(wishes: Wishes) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(wishes.host, wishes.host)  # noqa: S104
    connection = http.client.HTTPConnection(host, wishes.port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{wishes.port}"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _introduce_people(wishes: Wishes) -> None:
    signins = demo_signins.remembered() if wishes.demo else []
    if signins:
        say("\nSign in as")
    for signin in signins:
        say(f"  {signin.email:<28} {signin.password:<28} {signin.name}: {signin.does}")
    say(f"\nLogs are in {LOGS}. Ctrl-C stops everything.")


INSECURE = (
    "Isolation: NONE. Submitted code can read and change everything that you can. "
    "Let nobody in whom you don't trust."
)


def _isolation(wishes: Wishes) -> str:
    """One line on how grading is isolated; without any, nothing starts unless told to."""
    if wishes.insecure:
        return INSECURE
    try:
        sandbox = open_sandbox()
    except SandboxUnavailable as refusal:
        raise CommandError(
            f"{refusal}\n"
            "Submitted code would run with all your rights, so nothing is started.\n"
            "`python3 manage.py doctor` says what is missing. To go on without isolation, on a "
            "machine where only you hand in code, add --insecure-no-isolation."
        ) from refusal
    sandbox.close()
    return (
        f"Isolation: {sandbox.isolation.value}; nothing got out when it was opened. "
        "`python3 manage.py doctor` tries wall by wall."
    )


def _refuse_busy_port(wishes: Wishes) -> None:
    family = socket.AF_INET6 if ":" in wishes.host else socket.AF_INET
    try:
        with socket.socket(family) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((wishes.host, wishes.port))
    except OSError as fault:
        raise CommandError(
            f"{wishes.bind} can't be used: {os.strerror(fault.errno or 0)}. Stop the program "
            f"that listens there, or choose another port: "
            f"python3 manage.py up --port {wishes.port + 1}"
        ) from fault


@contextmanager
def _only_one() -> Iterator[None]:
    """Two runs on one folder would fight over the broker; the kernel forgets the lock with us."""
    settings.VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.VAR / "up.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise CommandError("The site is running already from this folder.") from fault
        yield


def _log(name: str) -> Path:
    """The part's log; one that has grown large is kept once as NAME.log.1."""
    file = LOGS / f"{name}.log"
    if file.exists() and file.stat().st_size > LARGEST_LOG:
        file.replace(file.with_suffix(".log.1"))
    return file


def _last_words(part: Part) -> str:
    if part.log is None or not part.log.exists():
        return ""
    return "\n".join(part.log.read_text("utf-8", "replace").splitlines()[-15:])


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
