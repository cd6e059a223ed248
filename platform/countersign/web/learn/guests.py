"""Visitors who try the open exercise without an account.

A visitor becomes a guest with the first thing they hand in: a person nobody can sign in as, with
a place in the cohort that anyone may learn in. The session remembers the guest; whoever then
signs up or signs in takes the guest's work over.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from countersign.accounts.models import User
from countersign.accounts.services import make_guest
from countersign.cohorts.models import Enrolment
from countersign.cohorts.services import open_place
from countersign.courses.catalogue import open_exercise
from countersign.courses.models import ExercisePlace
from countersign.learning.services import recompute
from countersign.submissions.models import Attempt
from countersign.submissions.services import adopt_guest_work
from countersign.web.learn.desk import Addresses, Desk
from countersign.web.learn.workspace import card_context

REMEMBERED_AS = "guest"
GUESTS_AN_HOUR = 20
"""From one address: a class of learners behind one router gets in, a script doesn't get far."""


class TooManyGuests(Exception):
    """This address has made as many guests as an hour allows."""


def guest_of(request: HttpRequest) -> User | None:
    """The guest that this browser's session remembers."""
    known = request.session.get(REMEMBERED_AS)
    return User.objects.filter(pk=UUID(known), is_guest=True).first() if known else None


@transaction.atomic
def become_guest(request: HttpRequest) -> User:
    """This session's guest, made now if there is none. Raises TooManyGuests."""
    known = guest_of(request)
    if known is not None:
        return known
    _count_guest(request)
    guest = make_guest()
    open_place(guest)
    request.session[REMEMBERED_AS] = str(guest.pk)
    return guest


def _count_guest(request: HttpRequest) -> None:
    key = f"guests:{get_adapter().get_client_ip(request)}"
    cache.add(key, 0, timeout=60 * 60)
    if cache.incr(key) > GUESTS_AN_HOUR:
        raise TooManyGuests


def adopt(request: HttpRequest, user: User) -> int:
    """Give this session's guest's work to the person who has just signed in.

    Answers how many attempts moved. A guest without work leaves no place behind.
    """
    guest = guest_of(request)
    request.session.pop(REMEMBERED_AS, None)
    if guest is None or not Attempt.objects.visible_to(guest).exists():
        return 0
    return _hand_over(guest, user)


@transaction.atomic
def _hand_over(guest: User, user: User) -> int:
    place = _place_for(user)
    moved = adopt_guest_work(guest=guest, enrolment=place)
    recompute(place)
    for left in Enrolment.objects.visible_to(guest).of(guest):
        recompute(left)
    return moved


def _place_for(user: User) -> Enrolment:
    """Where the person already studies the open exercise's course, else a new place."""
    spot = open_exercise()
    course = spot.lesson.module.course.slug if spot else ""
    held: Enrolment | None = Enrolment.objects.visible_to(user).of(user).studying(course).first()
    return held or open_place(user)


def guest_desk(request: HttpRequest, *, card: bool = False) -> Desk | None:
    """Where a visitor tries the open exercise; None when there is none to try.

    ``card`` is for a desk inside another page: its answers hold the result alone.
    """
    spot = open_exercise()
    return _desk(spot, guest_of(request), card=card) if spot else None


def desk_for(guest: User, desk: Desk, *, card: bool) -> Desk:
    """The same desk, now with someone at it."""
    spot = open_exercise()
    return _desk(spot, guest, card=card) if spot else desk


def _desk(spot: ExercisePlace, guest: User | None, *, card: bool) -> Desk:
    place: Enrolment | None = None
    if guest is not None:
        place = Enrolment.objects.visible_to(guest).of(guest).current().first()
    return Desk(
        learner=guest,
        place=place,
        version=spot.version,
        urls=_addresses(has_place=place is not None, card=card),
    )


def _addresses(*, has_place: bool, card: bool) -> Addresses:
    query = "?card=1" if card else ""
    return Addresses(
        exercise=reverse("try"),
        submit=reverse("try_submit") + query,
        status=reverse("try_status") + query,
        draft=reverse("try_draft") if has_place and not card else "",
        hint=reverse("try_hint"),
        stop=reverse("try_stop") + query,
        again=reverse("try_again") + query,
        attempts="",
        after=reverse("account_signup"),
    )


def try_card(request: HttpRequest) -> dict[str, Any] | None:
    """Context of ``learn/try_card.html``: the open exercise with its editor and result.

    None when there is nothing to try in place: the page then links to ``/try/``.
    """
    desk = guest_desk(request, card=True)
    if desk is None or desk.version.kind != "code" or request.user.is_authenticated:
        return None
    return card_context(desk) | {"key": uuid4()}
