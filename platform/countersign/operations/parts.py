"""The processes that make up a running site, and what each of them may know."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.conf import settings

from countersign.operations.supervisor import Part

# Learners' code runs below the grading worker: it holds no model key and no mail password. The
# model's key goes to the workers of the queue `llm` alone.
NOT_FOR_GRADING = ("LLM_", "OPENAI_", "EMAIL_URL")
FOR_MODELS_ONLY = ("OPENAI_API_KEY",)
QUEUES = ("default", "grading", "llm")
# Celery would run Django's checks in each worker, and load every page and the API for it.
FOR_WORKERS = {"CELERY_SKIP_CHECKS": "true"}


def web(environment: Mapping[str, str], *, log: Path | None = None) -> Part:
    """The web server; WEB_BIND in the environment says where it listens."""
    module = "countersign.operations.webserver"
    command = [sys.executable, "-m", "gunicorn", "-c", f"python:{module}"]
    return Part(
        name="web",
        command=[*command, "countersign.wsgi:application"],
        environment=_with_paths(_without_key(environment)),
        log=log,
    )


def dispatcher(environment: Mapping[str, str], *, log: Path | None = None) -> Part:
    """Rings for work that waits."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "dispatcher"]
    known = _with_paths(_without_key(environment))
    return Part(name="dispatcher", command=command, environment=known, log=log)


def workers(
    environment: Mapping[str, str],
    *,
    queues: list[str],
    slots: int,
    log: Callable[[str], Path] | None = None,
) -> Iterator[Part]:
    """One Celery worker process per slot for these queues; ``log`` names their files.

    Each does its work itself (the pool is "solo"): one process less per worker, and nothing
    between the message and the work that could take the one and not hand on the other.
    """
    known = _known(environment, queues)
    for slot in range(1, slots + 1):
        name = worker_name(queues, slot)
        yield Part(
            name=name,
            command=worker_command("countersign.celery", queues=queues, name=name),
            environment=_with_paths({**known, **FOR_WORKERS}),
            log=log(name) if log else None,
            does_work=True,
        )


def worker_command(application: str, *, queues: list[str], name: str) -> list[str]:
    """How a worker of a Celery application is started."""
    command = [sys.executable, "-m", "celery", "-A", application, "--quiet", "worker"]
    command += ["-Q", ",".join(queues), "--pool", "solo", "-n", f"{name}@%h"]
    return [*command, "--without-gossip", "--without-mingle", "--loglevel", "WARNING"]


def worker_name(queues: list[str], slot: int) -> str:
    """What a worker is called in logs and where it shows that it lives."""
    return f"worker-{'-'.join(queues)}-{slot}"


def _known(environment: Mapping[str, str], queues: list[str]) -> Mapping[str, str]:
    if "grading" in queues:
        return _for_grading(environment)
    return environment if queues == ["llm"] else _without_key(environment)


def _without_key(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value for name, value in environment.items() if not name.startswith(FOR_MODELS_ONLY)
    }


def _for_grading(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value for name, value in environment.items() if not name.startswith(NOT_FOR_GRADING)
    }


def _with_paths(environment: Mapping[str, str]) -> dict[str, str]:
    root = str(settings.ROOT)
    paths = [str(settings.ROOT / "platform"), root, os.environ.get("PYTHONPATH", "")]
    return {**environment, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
