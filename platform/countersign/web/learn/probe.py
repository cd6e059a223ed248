"""The probe box of a prompt exercise: an input goes in, what the function should give comes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from countersign.common import clock
from countersign.grading.models import Probe, ProbeState
from countersign.grading.services import probing
from countersign.web.learn.desk import Desk

STOP_POLLING = 286
QUICK = timedelta(seconds=3)


def probe_context(desk: Desk, *, refusal: str = "") -> dict[str, object]:
    """What the box shows; nothing for exercises without one."""
    if not desk.version.shown.get("probe"):
        return {}
    probes = probing.newest(desk.attempt) if desk.attempt else []
    first = desk.version.shown["probe"]["first"]
    done = sum(probe.state == ProbeState.DONE for probe in probes)
    return {
        "probes": probes,
        "probe_pace": _pace(probes),
        "probe_refusal": refusal,
        "probes_first": max(0, first - done),
        "typed": probes[0].typed if probes else {},
    }


def _pace(probes: Sequence[Probe]) -> str:
    """How often the page asks: quickly at first, then every two seconds; empty when all is said."""
    waiting = [clock.now() - probe.at for probe in probes if probe.state == ProbeState.WAITING]
    if not waiting:
        return ""
    return "300ms" if min(waiting) < QUICK else "2s"


def ask(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Have what was typed tried."""
    shown = desk.version.shown.get("probe")
    if not shown:
        raise Http404
    typed = {
        each["name"]: request.POST.get(f"probe.{each['name']}", "") for each in shown["inputs"]
    }
    try:
        probing.ask(desk.begun(), typed)
    except probing.TooManyProbes:
        words = _("That were many inputs in a minute. Look at what came back, then go on.")
        return _box(request, desk, status=429, refusal=words)
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{desk.urls.exercise}#probe")
    return _box(request, desk)


def part(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The answers so far. The one that ends the waiting says so with 286."""
    if not desk.version.shown.get("probe"):
        raise Http404
    context = {"desk": desk, "version": desk.version, **probe_context(desk)}
    status = 200 if context["probe_pace"] else STOP_POLLING
    return render(request, "learn/prompt/probed.html", context, status=status)


def _box(request: HttpRequest, desk: Desk, *, status: int = 200, refusal: str = "") -> HttpResponse:
    context = {"desk": desk, "version": desk.version, **probe_context(desk, refusal=refusal)}
    return render(request, "learn/prompt/probed.html", context, status=status)
