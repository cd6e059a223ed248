"""The first page: one exercise to try, and the catalogue."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from countersign.courses.catalogue import Length, Wish, catalogue, open_exercise
from countersign.web.access import Door, door
from countersign.web.learn.guests import try_card


@require_safe
@door(Door.PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    """Let someone try one real exercise in under a minute without an account."""
    wish = _wish(request)
    card = try_card(request)
    place = None if card else open_exercise()
    context = {"wish": wish, "catalogue": catalogue(wish), "card": card, "place": place}
    return render(request, "public/home.html", context)


def _wish(request: HttpRequest) -> Wish:
    """What the filters say. Words we don't know are as if they weren't there."""
    length = request.GET.get("time", "")
    return Wish(
        competency=request.GET.get("skill", "")[:60],
        length=Length(length) if length in set(Length) else None,
        from_zero=request.GET.get("zero") == "on",
    )
