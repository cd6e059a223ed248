"""How the site is, line by line: what the operator's page shows."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from countersign.common import clock
from countersign.courses.models import Release
from countersign.events.models import Delivery
from countersign.grading import services as grading
from countersign.grading.services.breaker import paused_exercises
from countersign.grading.services.operating import (
    WorkerAtWork,
    all_set_aside,
    isolation_lately,
    workers_lately,
)
from countersign.llm import books
from countersign.llm.connections import is_anything_configured
from countersign.operations import trials, worker_life
from countersign.operations.health import Check, checks
from countersign.operations.models import Trial

LITTLE_DISK = 0.10
LATE_AFTER = timedelta(minutes=2)
"""A disk with less than this share free, and a message due for so long, are worth a word."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One part: is it well (None: nobody has tried), what it says, when it last went well."""

    part: str
    name: str
    is_good: bool | None
    says: str
    last_success: datetime | None = None
    href: str = ""


@dataclass(frozen=True)
class State:
    """The whole site. ``walls`` and ``isolation`` belong to the sandbox's line."""

    lines: tuple[Line, ...]
    workers: tuple[WorkerAtWork, ...]
    sandbox: Trial | None
    isolation: tuple[tuple[str, int], ...]

    @property
    def troubles(self) -> int:
        return sum(line.is_good is False for line in self.lines)


def state() -> State:
    """Everything the health page shows, read now; the costly trials as they last went."""
    known = {check.name: check for check in checks()}
    queue = grading.health()
    workers = workers_lately()
    lines = (
        _queue(queue),
        _dispatcher(queue, known["dispatcher"]),
        _workers(queue, workers),
        _exercises(),
        _plain("broker", _("Broker"), known["broker"]),
        _plain("database", _("Database"), known["database"]),
        _tried(trials.SANDBOX, _("Sandbox")),
        _tried(trials.MAIL, _("Mail")),
        _model(),
        _messages(),
        _disk(),
        _release(),
    )
    return State(lines, tuple(workers), trials.newest(trials.SANDBOX), tuple(isolation_lately()))


def _queue(queue: grading.Health) -> Line:
    said = _("%(waiting)s wait, %(running)s run.") % {
        "waiting": queue.waiting,
        "running": queue.running,
    }
    if queue.oldest_wait:
        said += " " + _("The oldest has waited for %(n)s s.") % {"n": round(queue.oldest_wait)}
    aside = all_set_aside().count()
    if aside:
        said += " " + ngettext("%(n)s run is set aside.", "%(n)s runs are set aside.", aside) % {
            "n": aside
        }
    return Line(
        part="queue",
        name=_("Queue"),
        is_good=not queue.is_stalled and not aside,
        says=said,
        last_success=queue.last_claim_at,
        href="manage_runs" if aside else "",
    )


def _dispatcher(queue: grading.Health, check: Check) -> Line:
    lives = _("It rings for work that waits.")
    return Line(
        part="dispatcher",
        name=_("Dispatcher"),
        is_good=check.is_good,
        says=lives if check.is_good else _("Not seen for more than eight seconds."),
        last_success=queue.dispatcher_at,
    )


def _workers(queue: grading.Health, workers: list[WorkerAtWork]) -> Line:
    if idle := _out_of_work():
        return Line(part="workers", name=_("Workers"), is_good=False, says=" ".join(idle))
    said = ngettext(
        "%(n)s took work within the last hour.", "%(n)s took work within the last hour.",
        len(workers),
    ) % {"n": len(workers)}  # fmt: skip
    if not workers:
        said = _("None took work within the last hour; they show themselves only by working.")
    return Line(
        part="workers",
        name=_("Workers"),
        is_good=False if queue.is_stalled else (True if workers else None),
        says=said,
        last_success=queue.last_claim_at,
    )


def _out_of_work() -> list[str]:
    """Workers that live and take no work, each with its reason."""
    notes = grading.beats_since(clock.now() - LATE_AFTER)
    return [
        f"{worker}: {note}."
        for worker, note in sorted(notes.items())
        if note.startswith((worker_life.NO_SANDBOX, worker_life.RESTS))
    ]


def _exercises() -> Line:
    """Those that nobody can get a result for at the moment."""
    titles = paused_exercises()
    said = _("None is paused.")
    if titles:
        said = _(
            "Paused after five set-aside runs in a row: %(titles)s. Work handed in waits. Mend the "
            "cause, then run one of the set-aside runs again."
        ) % {"titles": ", ".join(titles)}
    return Line(
        part="exercises",
        name=_("Exercises"),
        is_good=not titles,
        says=said,
        href="manage_runs" if titles else "",
    )


def _plain(part: str, name: str, check: Check) -> Line:
    said = _("It answers.") if check.is_good else _("It doesn’t answer: %(why)s.")
    return Line(part=part, name=name, is_good=check.is_good, says=said % {"why": check.says})


def _tried(part: str, name: str) -> Line:
    trial = trials.newest(part)
    if trial is None:
        return Line(part=part, name=name, is_good=None, says=_("Nobody has tried it here yet."))
    return Line(
        part=part,
        name=name,
        is_good=trial.went_well,
        says=trial.says,
        last_success=trial.went_well_at,
    )


def _model() -> Line:
    """The language models, from what calls met. Without one the site works in full."""
    found = books.outlook()
    if not is_anything_configured():
        said = _("None is configured. Everything works; the practice model plays its part.")
        return Line(part="model", name=_("Language model"), is_good=None, says=said)
    said = ngettext("%(n)s call today.", "%(n)s calls today.", found.calls_today)
    said %= {"n": found.calls_today}
    if found.is_well is None:
        said = _("It is configured, and nobody has asked it yet: manage.py llm_check tries it.")
    if found.resting:
        said += " " + _("It rests after failures (%(why)s).") % {"why": found.trouble}
    return Line(
        part="model",
        name=_("Language model"),
        is_good=found.is_well,
        says=said,
        last_success=found.last_success_at,
        href="manage_models",
    )


def _messages() -> Line:
    """The outbox: what one part tells another after a change."""
    lost = Delivery.objects.exclude(gave_up_at=None).count()
    open_ones = Delivery.objects.filter(told_at=None, gave_up_at=None)
    late = open_ones.filter(next_try_at__lt=clock.now() - LATE_AFTER).exists()
    said = _("%(open)s on their way, %(lost)s given up.") % {
        "open": open_ones.count(),
        "lost": lost,
    }
    return Line(
        part="messages",
        name=_("Messages between parts"),
        is_good=not lost and not late,
        says=said,
    )


def _disk() -> Line:
    disk = shutil.disk_usage(settings.VAR if settings.VAR.exists() else settings.ROOT)
    share = disk.free / disk.total
    said = _("%(free)s GB free of %(total)s GB (%(share)s%%).") % {
        "free": f"{disk.free / 1e9:.1f}",
        "total": f"{disk.total / 1e9:.1f}",
        "share": f"{100 * share:.0f}",
    }
    return Line(part="disk", name=_("Disk"), is_good=share >= LITTLE_DISK, says=said)


def _release() -> Line:
    release = Release.objects.current()
    if release is None:
        said = _("None: run manage.py sync_curriculum.")
        return Line(part="release", name=_("Curriculum release"), is_good=False, says=said)
    said = _("Release %(n)s%(git)s.") % {
        "n": release.number,
        "git": f" ({release.git_sha[:10]})" if release.git_sha else "",
    }
    return Line(
        part="release",
        name=_("Curriculum release"),
        is_good=True,
        says=said,
        last_success=release.made_at,
    )
