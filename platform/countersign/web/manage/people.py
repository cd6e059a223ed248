"""Everyone who can sign in, and the roles of each."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from countersign.accounts.models import User
from countersign.operations import erasure
from countersign.web.access import Door, door, person
from countersign.web.staff import page

PAGE_SIZE = 50


@door(Door.OPERATE)
@require_safe
def manage_people(request: HttpRequest) -> HttpResponse:
    """People by name, found by part of a name or address. Guests are counted, not listed."""
    asked = request.GET.get("q", "").strip()
    everyone = User.objects.filter(is_guest=False)
    found = everyone.filter(Q(name__icontains=asked) | Q(email__icontains=asked))
    rows = found.annotate(roles=Count("memberships")).order_by("name", "email")
    return page(
        request,
        "manage/people.html",
        door=Door.OPERATE,
        rows=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        everyone=everyone.count(),
        guests=User.objects.filter(is_guest=True).count(),
        asked=asked,
    )


@door(Door.OPERATE)
@require_safe
def manage_person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One person's account and roles; nothing of what they learn."""
    user = get_object_or_404(User, pk=user_id, is_guest=False)
    roles = user.memberships.select_related("organisation").order_by("organisation__name", "role")
    return page(
        request,
        "manage/person.html",
        door=Door.OPERATE,
        someone=user,
        roles=roles,
        erasure=erasure.asked_for(user),
    )


@door(Door.OPERATE)
@require_POST
def manage_erase(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Ask for somebody's erasure on their behalf, once their address is typed out, or take it
    back. They see it and can take it back too."""
    user = get_object_or_404(User, pk=user_id, is_guest=False)
    if "keep" in request.POST:
        erasure.take_back(user=user, actor=person(request))
        messages.success(request, _("Nothing will be erased."))
    elif request.POST.get("address", "").strip().lower() != user.email:
        messages.error(request, _("That isn’t this person’s address, so nothing was asked for."))
    else:
        _ask(request, user)
    return redirect("manage_person", user.pk)


def _ask(request: HttpRequest, user: User) -> None:
    try:
        asked = erasure.ask(user=user, actor=person(request))
    except erasure.StillNeeded as reason:
        needed = (
            _("Nobody else runs this site.")
            if reason.role == "operator"
            else (_("Nobody else owns %(name)s.") % {"name": reason.where})
        )
        messages.error(request, needed)
    else:
        day = formats.date_format(asked.due_at, "j F Y")
        messages.success(request, _("The account will be erased on %(day)s.") % {"day": day})
