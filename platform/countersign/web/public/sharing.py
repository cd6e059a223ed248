"""What each employer can see of oneself: change it, and see who looked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.cohorts import services as cohorts
from countersign.cohorts.looks import Look, looks
from countersign.cohorts.models import Enrolment, Sharing, SharingChoice
from countersign.web.access import Door, door, person
from countersign.web.public import sharing_words


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One choice of the past, in words."""

    choice: SharingChoice
    title: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """One cohort as the sharing page shows it."""

    place: Enrolment
    title: str
    means: str
    options: list[dict[str, object]]
    history: tuple[Chosen, ...]
    looks: tuple[Look, ...]


@require_safe
@door(Door.SIGNED_IN)
def sharing(request: HttpRequest) -> HttpResponse:
    own = Enrolment.objects.visible_to(person(request)).of(person(request)).current()
    cards = [_card(place) for place in own.with_an_employer().order_by("-joined_at")]
    return render(request, "public/sharing.html", {"cards": cards})


def _card(place: Enrolment) -> Card:
    level = Sharing(place.sharing)
    return Card(
        place=place,
        title=sharing_words.title(level),
        means=sharing_words.means(level),
        options=sharing_words.options(level),
        history=tuple(
            Chosen(choice=choice, title=sharing_words.title(Sharing(choice.level)))
            for choice in place.choices.all()
        ),
        looks=tuple(looks(place)),
    )


@require_POST
@door(Door.SIGNED_IN)
def choose_sharing(request: HttpRequest, enrolment: UUID) -> HttpResponse:
    """Nobody but the learner can open this: others' places are not found."""
    own = Enrolment.objects.visible_to(person(request)).of(person(request)).current()
    place = get_object_or_404(own.with_an_employer(), pk=enrolment)
    chosen = request.POST.get("sharing", "")
    if chosen not in Sharing.values:
        messages.error(request, _("Choose one of the three. Nothing was changed."))
    elif chosen != place.sharing:
        cohorts.choose_sharing(enrolment=place, level=Sharing(chosen), method="sharing_page")
        words = _("Saved. It holds for %(cohort)s from now on.")
        messages.success(request, words % {"cohort": place.cohort.name})
    return redirect("sharing")
