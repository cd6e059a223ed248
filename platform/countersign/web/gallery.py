"""The component gallery: every part in every state, for developers and for the access tests.

Only where DEBUG is on. What is shown comes from `gallery_samples`; nothing here reads the database.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from countersign.web import gallery_samples as samples
from countersign.web.access import Door, door
from countersign.web.panel import State

View = Callable[..., HttpResponseBase]


def developers_only(view: View) -> View:
    """Answer 404 unless DEBUG is on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return door(Door.PUBLIC)(guarded)


@developers_only
def parts(request: HttpRequest) -> HttpResponse:
    """All parts on one page."""
    page = Paginator(range(60), 20).get_page(request.GET.get("page", 2))
    return render(request, "gallery/parts.html", samples.parts() | {"page": page})


@developers_only
def workspace(request: HttpRequest, state: str) -> HttpResponse:
    """A code exercise with the result panel in one state."""
    if state not in set(State):
        raise Http404
    context = samples.workspace(State(state), pane=request.GET.get("pane", "work"))
    return render(request, "gallery/workspace.html", context)


@developers_only
def live(request: HttpRequest, step: int) -> HttpResponse:
    """A run that moves on by one step each time it is asked about, like a real one's address."""
    shown = samples.live_run(step)
    if request.headers.get("HX-Request"):
        return render(request, "result/region.html", {"run": shown})
    context = samples.workspace(State.QUEUED, pane="result") | {"run": shown}
    return render(request, "gallery/workspace.html", context)


@developers_only
def draft(request: HttpRequest) -> JsonResponse:
    """Takes any draft and says so; nothing is stored."""
    return JsonResponse({"revision": f"kept-{len(request.POST)}"})


@developers_only
def quiz(request: HttpRequest, name: str) -> HttpResponse:
    """A quiz question in the workspace: `choose`, `choose-after` and so on."""
    questions = samples.questions()
    if name not in questions:
        raise Http404
    context = samples.workspace(State.BEFORE, pane="work") | {"question": questions[name]}
    return render(request, "gallery/quiz.html", context)


@developers_only
def public(request: HttpRequest) -> HttpResponse:
    """A page in the public shell: text, rows, a form with errors."""
    return render(request, "gallery/public.html", samples.public())


@developers_only
def dashboard(request: HttpRequest) -> HttpResponse:
    """A page in the app shell: figures and charts."""
    return render(request, "gallery/dashboard.html", samples.dashboard())


@developers_only
def failure(request: HttpRequest, page: str) -> HttpResponse:
    """One of the whole-page errors, with status 200 so that tests can look at it."""
    if page not in samples.FAILURES:
        raise Http404
    return render(request, f"{page}.html", {"reference": "K7-4410"})


urls: list[URLPattern] = [
    path("", parts, name="gallery"),
    path("workspace/<str:state>/", workspace, name="gallery_workspace"),
    path("quiz/<str:name>/", quiz, name="gallery_quiz"),
    path("live/<int:step>/", live, name="gallery_live"),
    path("draft/", draft, name="gallery_draft"),
    path("public/", public, name="gallery_public"),
    path("dashboard/", dashboard, name="gallery_dashboard"),
    path("failure/<str:page>/", failure, name="gallery_failure"),
]
