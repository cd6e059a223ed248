"""Pages that say what is true of this site: grading, access, privacy."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from countersign.web.access import Door, door


@require_safe
@door(Door.PUBLIC)
def how_grading_works(request: HttpRequest) -> HttpResponse:
    return render(request, "public/how_grading_works.html")


@require_safe
@door(Door.PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "public/accessibility.html", {"contact": settings.CONTACT_EMAIL})


@require_safe
@door(Door.PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "public/privacy.html", {"contact": settings.CONTACT_EMAIL})
